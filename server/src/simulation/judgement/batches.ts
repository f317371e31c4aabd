import { mostPlacings } from '../limits.ts';
import type { Work } from '../work.ts';
import { splits } from '../worlds/splits.ts';

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
    const all = due.reduce((sum, count) => sum + count, 0);
    const lightest = heaviest({ due, left, batch }, all, weight) - heaviest({ due, left, batch }, all - left, weight);
    return { sum: Math.ceil(lightest / rounds), isExact: false };
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

/** What is looked at while a batch is out. */
export interface Watched {
  /** What a server of the position weighs. */
  readonly weights: (position: number) => Sums;
  /** What is read while the batch of a round is out; `before` are those before it that matter yet. */
  readonly value: (batch: Sums, before: readonly Sums[], round: number) => number;
  /** What matters of the batches so far when the next goes. */
  readonly remembered: (batch: Sums, before: readonly Sums[]) => readonly Sums[];
}

/**
 * The highest that what is read can be kept while all batches pass, if they are put together as well as can be.
 * Undefined where there are more ways than are followed.
 */
export function bestKept(
  { due, left, batch: most }: Batches,
  { weights, value, remembered }: Watched,
  work: Work,
): number | undefined {
  const alike = new Map<string, { readonly weights: Sums; count: number }>();
  for (const [position, count] of due.entries()) {
    const own = weights(position);
    const known = alike.get(own.join());
    if (known === undefined) alike.set(own.join(), { weights: own, count });
    else known.count += count;
  }
  const kinds = [...alike.values()];
  const known = new Map<string, number>();
  let tries = 0;
  const counts = kinds.map(({ count }) => count);
  const best = from(counts, left, [], 0);
  work.done += tries >> 2;
  return tries > mostPlacings ? undefined : best;

  function from(counts: readonly number[], left: number, before: readonly Sums[], round: number): number {
    if (left === 0) return Number.POSITIVE_INFINITY;
    const key = `${counts}/${before.join(';')}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const going = Math.min(most, left);
    let highest = Number.NEGATIVE_INFINITY;
    for (const taken of splits(counts, going)) {
      if (++tries > mostPlacings) break;
      const batch = sumsOf(taken);
      const low = value(batch, before, round);
      if (low <= highest) continue;
      const rest = counts.map((count, kind) => count - (taken[kind] ?? 0));
      highest = Math.max(highest, Math.min(low, from(rest, left - going, remembered(batch, before), round + 1)));
    }
    known.set(key, highest);
    return highest;
  }

  function sumsOf(taken: readonly number[]): Sums {
    return (kinds[0]?.weights ?? []).map((_, respect) =>
      kinds.reduce((sum, kind, i) => sum + (taken[i] ?? 0) * (kind.weights[respect] ?? 0), 0),
    );
  }
}
