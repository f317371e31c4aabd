import { adjectives, bounds, followers, labels, months, nouns, particles, units, verbs } from './english.ts';
import { numberAt, type Word, wordsOf } from './numbers.ts';

/**
 * A whole number that a text says, and what it is a number of, as far as the words around it tell:
 * so many servers, so many at once, the size that something is to have, or anything else.
 */
export interface SaidFigure {
  readonly value: number;
  readonly of: 'servers' | 'batch' | 'size' | 'other';
}

/**
 * The figures in a sentence such as a step's name. Percents, times, dates, and numbers that tell one thing from another (`node 4`, `step 2`, `v2`) are none.
 * `names` are words by which the fleet calls its servers, in small letters.
 */
export function saidFigures(text: string, names: ReadonlySet<string>): readonly SaidFigure[] {
  const words = wordsOf(text.replace(enumeration, ''));
  const figures: SaidFigure[] = [];
  for (let i = 0; i < words.length; i++) {
    const found = numberAt(words[i], words[i + 1]);
    if (found === undefined) continue;
    const around = {
      before: words.slice(Math.max(0, i - 4), i),
      after: found.ends ? [] : phrase(words, i + found.words),
    };
    i += found.words - 1;
    if (isMeasure(around)) continue;
    const of = kindOf(around, names);
    // "One by one", "the one that is slow": it is a figure only where it says of what.
    if (found.value !== 1 || found.digits || countsServers(around.after, names))
      figures.push({ value: found.value, of });
  }
  return figures;
}

/** The whole percentages in a sentence that are so much of the servers: `Drain 2% of web`, `Restart 10% at a time`. */
export function saidPercents(text: string, names: ReadonlySet<string>): readonly SaidFigure[] {
  const words = wordsOf(text);
  return words.flatMap((word, i): readonly SaidFigure[] => {
    const [, digits, sign] = /^(\d{1,6})(%?)$/.exec(word.text) ?? [];
    const apart = sign === '' && !word.ends && percentWords.has(words[i + 1]?.text ?? '');
    if (digits === undefined || (sign === '' && !apart)) return [];
    const last = apart ? (words[i + 1] ?? word) : word;
    const before = words.slice(Math.max(0, i - 4), i);
    const after = last.ends ? [] : phrase(words, i + (apart ? 2 : 1));
    const of = kindOf({ before, after: after[0]?.text === 'of' ? after.slice(1) : after }, names);
    return [{ value: Number(digits), of }];
  });
}

const percentWords = new Set(['%', 'percent', 'pct']);

/** The words up to the next punctuation. */
function phrase(words: readonly Word[], from: number): readonly Word[] {
  const end = words.findIndex(({ ends }, i) => i >= from && ends);
  return words.slice(from, end < 0 ? words.length : end + 1);
}

/** The number of a step in the step's own name: `Step 3: …`, `2) …`. */
const enumeration =
  /^\s*(?:(?:step|phase|part|stage|no\.?)\s*#?\d+(?:\.\d+)*\s*[.):\u2013\u2014-]?\s|#?\d+(?:\.\d+)*\s*[.):]\s)/i;

interface Around {
  readonly before: readonly Word[];
  /** Up to the next punctuation. */
  readonly after: readonly Word[];
}

/** A length of time, a percent, a date, a name: no figure of anything that could be counted in servers. */
function isMeasure({ before, after }: Around): boolean {
  const last = before.at(-1);
  const next = after[0]?.text;
  if (next !== undefined && (units.has(next) || months.has(next))) return true;
  if (next === 'per' && after[1]?.text === 'cent') return true;
  return last !== undefined && !last.ends && (labels.has(last.text) || months.has(last.text));
}

function kindOf(around: Around, names: ReadonlySet<string>): SaidFigure['of'] {
  const { before, after } = around;
  const last = before.at(-1);
  const counts = countsServers(after, names);
  if (isBatch(after)) return 'batch';
  if (isOfEach(after)) return 'other';
  if (last?.text === 'to' && !last.ends) return before.at(-2)?.text === 'up' && before.length > 1 ? 'other' : 'size';
  if (last !== undefined && !last.ends && bounds.has(last.text)) return 'other';
  if (counts) return 'servers';
  const next = after[0]?.text;
  const ofAll = next === 'of' && numberAt(after[1], after[2]) !== undefined;
  return followsVerb(before) && (next === undefined || ofAll || followers.has(next)) ? 'servers' : 'other';
}

/** Whether what follows, perhaps after some adjectives, is a word for servers: the common ones, or a name of the fleet. */
function countsServers(after: readonly Word[], names: ReadonlySet<string>): boolean {
  const at = after.findIndex(({ text }) => !names.has(text) && !adjectives.has(text));
  const last = at < 0 ? after.at(-1) : after[at - 1];
  const named = last !== undefined && names.has(last.text);
  const next = after[at]?.text;
  return next === undefined ? named : nouns.has(next) || (named && followers.has(next));
}

/** "2 pods per node", "2 nodes stay": not how many go. */
function isOfEach(after: readonly Word[]): boolean {
  return after.slice(0, 3).some(({ text }) => /^(?:per|stays?|remains?|left)$/.test(text));
}

/** "… at a time", "… at once", "… in parallel", also behind what is counted. */
function isBatch(after: readonly Word[]): boolean {
  const next = after
    .slice(0, 6)
    .map(({ text }) => text)
    .join(' ');
  return /^(?:[\w-]+ ){0,3}?(?:at a time|at once|in parallel|at the same time|per batch|each|apiece|concurrently)\b/.test(
    next,
  );
}

function followsVerb(before: readonly Word[]): boolean {
  for (const { text, ends } of before.toReversed()) {
    if (ends) return false;
    if (verbs.has(text)) return true;
    if (!particles.has(text)) return false;
  }
  return false;
}
