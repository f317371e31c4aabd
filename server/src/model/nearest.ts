import { distance } from 'fastest-levenshtein';

/** Names that a word may have been meant for. */
export interface Nearest {
  /** The nearest name; the first of several at the same distance. */
  readonly name: string;
  /** Exactly one name is one slip of the key away: it may be put in unseen. */
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
    const counted = far > 1 && plain(word) === plain(name) ? 1.5 : far;
    if (counted < least && counted <= farthest && counted < Math.min(word.length, name.length)) {
      least = counted;
      best = name;
    }
  }
  return best === undefined ? undefined : { name: best, certain: least === 1 && oneSlip === 1 };
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_.\s]/g, '');
}
