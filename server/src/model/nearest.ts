import { distance } from 'fastest-levenshtein';

/** Names that a word may have been meant for. */
export interface Nearest {
  /** The nearest name; the first of several at the same distance. */
  readonly name: string;
  /** Exactly one name is one slip of the key away, and not another one's name: it may be put in unseen. */
  readonly certain: boolean;
}

const farthest = 2;
const longest = 64;

/** The nearest of the names that are at most two slips of the key away, or that differ in case and separators only. */
export function nearest(word: string, names: Iterable<string>): Nearest | undefined {
  if (word === '' || word.length > longest) return undefined;
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  let oneSlip = 0;
  for (const name of names) {
    if (name === word || name.length > longest || Math.abs(name.length - word.length) > longest / 4) continue;
    const far = Math.abs(name.length - word.length) > farthest ? farthest + 1 : distance(word, name);
    if (far === 1) oneSlip += 1;
    const counted = far > 1 ? Math.min(far, likeness(word, name)) : far;
    if (counted < least && counted <= farthest && isAlike(word, name, counted) && mayStandFor(word, name)) {
      least = counted;
      best = name;
    }
  }
  if (best === undefined) return undefined;
  return { name: best, certain: least === 1 && oneSlip === 1 && !areBrothers(word, best) };
}

/** Whether the name can be put in the word's place as it is: with `web:` or what nobody sees, another text would come of it. */
function mayStandFor(word: string, name: string): boolean {
  return !needsQuotes.test(name) || needsQuotes.test(word);
}

const needsQuotes = /:(?=\s|$)|\s#|[,[\]{}"'`]|[^\S ]|\p{C}|^[!&*#|>@%]/u;

/** Whether they differ in what tells names apart: `web-a` and `web-b`, `dc1` and `dc2`, `eu-uk` and `eu-us`. */
function areBrothers(word: string, name: string): boolean {
  if (word.toLowerCase() === name.toLowerCase()) return false;
  if (word.replace(/\d/g, '') === name.replace(/\d/g, '')) return true;
  const [a, b] = [word.split(/[-_./]/), name.split(/[-_./]/)];
  const at = a.findIndex((part, i) => part !== b[i]);
  return a.length > 1 && a.length === b.length && Math.max(a[at]?.length ?? 0, b[at]?.length ?? 0) <= 2;
}

/** `old` is two slips from `pod`, and nobody means it. */
function isAlike(word: string, name: string, far: number): boolean {
  return far < Math.min(word.length, name.length) && far * 2 <= Math.max(3, word.length, name.length);
}

/** How far apart are two words that differ by a swap of neighbours, or in case and separators only. */
function likeness(word: string, name: string): number {
  if (oneSlip(word, name)) return 1.25;
  return plain(word) === plain(name) ? 1.5 : Number.POSITIVE_INFINITY;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_.\s]/g, '');
}

/** Whether one insertion, deletion, change or swap of neighbours makes one of the other. */
export function oneSlip(a: string, b: string): boolean {
  // Of one letter any other is a slip.
  if (a === b || Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 2) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from += 1;
  const restA = a.slice(from);
  const restB = b.slice(from);
  return (
    restA.slice(1) === restB.slice(1) ||
    restA === restB.slice(1) ||
    restA.slice(1) === restB ||
    (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
  );
}
