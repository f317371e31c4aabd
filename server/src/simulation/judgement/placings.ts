import { mostPlacings } from '../limits.ts';
import type { Work } from '../work.ts';
import { splits } from '../worlds/splits.ts';

/** Places of which nothing that is asked tells one from another, and what a server of each take weighs there. */
interface Kind {
  readonly open: readonly Offer[];
  readonly room: number;
}

/** A take that servers from there may be of. */
interface Offer {
  readonly take: number;
  readonly weights: readonly number[];
}

/** Takes of which some have still to be placed, and what those weigh together that have been. */
interface Placed {
  readonly left: readonly number[];
  readonly sums: readonly number[];
}

/** Servers that left, unknown which: what can be said of them is what they weigh. */
interface Weighed {
  readonly count: number;
  /** By position: what a server from there weighs in each respect. */
  readonly weights: ReadonlyMap<number, readonly number[]>;
}

/**
 * All that the takes can weigh together, in every respect at once; ways to place them that weigh the same are one.
 * With `lightly`, of those that leave a place empty where a server weighs nothing none but those that have to: others are as light in every respect.
 * Undefined where there are more than are followed.
 */
export function weighings(
  all: readonly Weighed[],
  rooms: readonly number[],
  work: Work,
  lightly = false,
): readonly (readonly number[])[] | undefined {
  const takes = alikeTogether(all);
  const respects = takes.flatMap(({ weights }) => [...weights.values()])[0]?.length ?? 0;
  let now: readonly Placed[] = [{ left: takes.map(({ count }) => count), sums: new Array<number>(respects).fill(0) }];
  const kinds = kindsOf(takes, rooms, lightly);
  for (const [i, kind] of kinds.entries()) {
    const next = new Map<string, Placed>();
    const later = new Set(kinds.slice(i + 1).flatMap(({ open }) => open.map(({ take }) => take)));
    for (const placed of now) {
      for (const one of filled(kind, placed, later, lightly)) {
        next.set(`${one.left} ${one.sums}`, one);
        work.done += 0.25;
        if (next.size > mostPlacings) return undefined;
      }
    }
    now = [...next.values()];
  }
  return now.flatMap(({ left, sums }) => (left.every((count) => count === 0) ? [sums] : []));
}

/** Takes that weigh the same wherever their servers are from are as good as one. */
function alikeTogether(takes: readonly Weighed[]): readonly Weighed[] {
  const all = new Map<string, Weighed>();
  for (const { count, weights } of takes) {
    const key = [...weights]
      .map(([position, own]) => `${position}:${own.join()}`)
      .sort()
      .join(' ');
    all.set(key, { count: count + (all.get(key)?.count ?? 0), weights });
  }
  return [...all.values()];
}

/** Every way to fill the places of one kind, or to leave some of them empty. A take that finds none later has all that is left of it here. */
function* filled(
  { open, room }: Kind,
  placed: Placed,
  later: ReadonlySet<number>,
  lightly: boolean,
): Generator<Placed> {
  const sure = open.map(({ take }) => (later.has(take) ? 0 : (placed.left[take] ?? 0)));
  const free = room - sure.reduce((sum, count) => sum + count, 0);
  if (free < 0) return;
  const begun = withTaken(placed, open, sure);
  const most = open.map(({ take }) => begun.left[take] ?? 0);
  const all = most.reduce((sum, count) => sum + count, 0);
  const empty = lightly && weighsNothing({ open }) ? Math.max(0, free - all) : free;
  // What stays empty is the last of the boxes.
  for (const counts of splits([...most, empty], free)) yield withTaken(begun, open, counts);
}

function withTaken({ left, sums }: Placed, open: readonly Offer[], counts: readonly number[]): Placed {
  const nextLeft = [...left];
  let nextSums = sums;
  for (const [i, { take, weights }] of open.entries()) {
    const count = counts[i] ?? 0;
    if (count === 0) continue;
    nextLeft[take] = (nextLeft[take] ?? 0) - count;
    nextSums = nextSums.map((sum, respect) => sum + count * (weights[respect] ?? 0));
  }
  return { left: nextLeft, sums: nextSums };
}

function weighsNothing({ open }: Pick<Kind, 'open'>): boolean {
  return open.every(({ weights }) => weights.every((weight) => weight === 0));
}

function kindsOf(takes: readonly Weighed[], rooms: readonly number[], lightly: boolean): readonly Kind[] {
  const kinds = new Map<string, Kind>();
  for (const [position, room] of rooms.entries()) {
    const open = takes.flatMap(({ weights }, take) => {
      const own = weights.get(position);
      return own === undefined ? [] : [{ take, weights: own }];
    });
    if (room === 0 || open.length === 0) continue;
    const key = JSON.stringify(open);
    kinds.set(key, { open, room: room + (kinds.get(key)?.room ?? 0) });
  }
  const found = [...kinds.values()];
  return lightly ? [...found.filter(weighsNothing), ...found.filter((kind) => !weighsNothing(kind))] : found;
}
