import { mostBatchings } from '../limits.ts';
import type { Work } from '../work.ts';
import { splits } from './splits.ts';

/** Servers that a restart takes, batch by batch, unknown which of them when. */
export interface Batches {
  /** By position: servers that are due. */
  readonly due: readonly number[];
  /** Servers that go in all, and in each batch but the last. */
  readonly left: number;
  readonly batch: number;
}

type Weight = (position: number) => number;

/** What so many of the servers weigh at most. */
export function heaviest({ due }: Batches, servers: number, weight: Weight): number {
  let sum = 0;
  let left = servers;
  for (const { each, count } of byWeight(due, weight)) {
    const taken = Math.min(left, count);
    sum += taken * each;
    left -= taken;
  }
  return sum;
}

/** What so many of the servers weigh at least. */
export function lightest(batches: Batches, servers: number, weight: Weight): number {
  return 0 - heaviest(batches, servers, (position) => -weight(position));
}

/** What no way to put the batches together can do with less than, in its heaviest batch; exact where the servers weigh the same or nothing. */
export function evenest(
  { due, left, batch }: Batches,
  weight: Weight,
): { readonly sum: number; readonly isExact: boolean } {
  const rounds = Math.ceil(left / batch);
  const kinds = byWeight(due, weight);
  const [only, another] = kinds.filter(({ each }) => each > 0);
  const idle = kinds.reduce((sum, { each, count }) => sum + (each > 0 ? 0 : count), 0);
  const must = Math.max(0, left - idle);
  if (only === undefined || must === 0) return { sum: 0, isExact: true };
  if (another !== undefined) {
    return { sum: Math.ceil(lightest({ due, left, batch }, left, weight) / rounds), isExact: false };
  }
  const last = left - (rounds - 1) * batch;
  let each = Math.ceil(must / rounds);
  while ((rounds - 1) * Math.min(each, batch) + Math.min(each, last) < must) each += 1;
  return { sum: each * only.each, isExact: true };
}

function byWeight(
  due: readonly number[],
  weight: Weight,
): readonly { readonly each: number; readonly count: number }[] {
  const counts = new Map<number, number>();
  for (const [position, count] of due.entries())
    counts.set(weight(position), (counts.get(weight(position)) ?? 0) + count);
  return [...counts].map(([each, count]) => ({ each, count })).sort((a, b) => b.each - a.each);
}

/** What servers weigh in some respects. */
export type Sums = readonly number[];

/** A batch that goes: what it weighs, and how long it is out. */
export interface Gone {
  readonly sums: Sums;
  readonly lasts: number;
}

/** What is looked at while a batch is out. */
export interface Watched {
  /** What a server of the position weighs, and how long a batch is out at least that it is in. */
  readonly weights: (position: number) => Sums;
  readonly lasts: (position: number) => number;
  /** How long after one batch is back the next goes. */
  readonly pause: number;
  /** What is read while the batch is out that goes so long after the first; `before` are those before it that matter yet. */
  readonly value: (batch: Gone, before: readonly Gone[], start: number) => number;
  /** What matters of the batches so far when the next goes. */
  readonly remembered: (batch: Gone, before: readonly Gone[]) => readonly Gone[];
  /** From when on it does not matter any more how long ago the first batch went. */
  readonly horizon: number;
  /** What no way can do better than, or what is good enough: a way that reaches it ends the search. */
  readonly enough: number;
  /** How low all that is lower may be said to be. */
  readonly floor: number;
}

/** A batch that may go next, and what is read then. */
interface Candidate {
  readonly taken: readonly number[];
  readonly batch: Gone;
  readonly low: number;
  /** How far it is from being made up as all that is left is. */
  readonly uneven: number;
}

/**
 * The highest that what is read can be kept while all batches pass, if they are put together as well as can be.
 * Undefined where there are more ways than are followed.
 */
export function bestKept(
  { due, left, batch: most }: Batches,
  { weights, lasts, pause, value, remembered, horizon, enough, floor }: Watched,
  work: Work,
): number | undefined {
  const alike = new Map<string, { readonly sums: Sums; readonly lasts: number; count: number }>();
  for (const [position, count] of due.entries()) {
    if (count === 0) continue;
    const own = { sums: weights(position), lasts: lasts(position) };
    const key = `${own.sums.join()}@${own.lasts}`;
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { ...own, count });
    else known.count += count;
  }
  const kinds = [...alike.values()];
  const known = new Map<string, number>();
  const isTimed = horizon > 0;
  let tries = 0;
  const counts = kinds.map(({ count }) => count);
  const best = from(counts, left, [], 0);
  work.done += tries >> 2;
  return tries > mostBatchings ? undefined : best;

  function from(counts: readonly number[], left: number, before: readonly Gone[], start: number): number {
    if (left === 0) return Number.POSITIVE_INFINITY;
    const key = `${counts}/${before.map((gone) => `${gone.sums}@${gone.lasts}`).join(';')}/${Math.min(start, horizon)}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const going = Math.min(most, left);
    let highest = Number.NEGATIVE_INFINITY;
    for (const { taken, batch, low } of candidates(counts, going, before, start)) {
      if (low <= highest || highest >= enough || tries > mostBatchings) break;
      const rest = counts.map((count, kind) => count - (taken[kind] ?? 0));
      const next = start + batch.lasts + pause;
      highest = Math.max(highest, Math.min(low, from(rest, left - going, remembered(batch, before), next)));
    }
    known.set(key, highest);
    return highest;
  }

  /**
   * The best first. Of those that are good enough the heaviest, so that what is left is light;
   * and where it matters how long they last, what is made up as all that is left, so that the others can be like it.
   */
  function candidates(counts: readonly number[], going: number, before: readonly Gone[], start: number): Candidate[] {
    const all: Candidate[] = [];
    for (const taken of splits(counts, going)) {
      if (++tries > mostBatchings) break;
      const batch = goneWith(taken);
      const low = value(batch, before, start);
      if (low >= floor) all.push({ taken, batch, low, uneven: isTimed ? unevenness(taken, counts) : 0 });
    }
    const isEnough = (low: number) => low >= enough;
    return all.sort((a, b) =>
      isEnough(a.low) && isEnough(b.low) ? a.uneven - b.uneven || a.low - b.low : b.low - a.low || a.uneven - b.uneven,
    );
  }

  function unevenness(taken: readonly number[], counts: readonly number[]): number {
    const [some, all] = [taken, counts].map((own) => own.reduce((sum, count) => sum + count, 0));
    return counts.reduce((sum, count, i) => sum + Math.abs((taken[i] ?? 0) * (all ?? 0) - count * (some ?? 0)), 0);
  }

  function goneWith(taken: readonly number[]): Gone {
    const sums = (kinds[0]?.sums ?? []).map((_, respect) =>
      kinds.reduce((sum, kind, i) => sum + (taken[i] ?? 0) * (kind.sums[respect] ?? 0), 0),
    );
    return {
      sums,
      lasts: kinds.reduce((most, kind, i) => ((taken[i] ?? 0) > 0 ? Math.max(most, kind.lasts) : most), 0),
    };
  }
}
