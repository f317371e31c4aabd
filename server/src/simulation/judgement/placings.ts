import { mostPlacings } from '../limits.ts';
import type { Work } from '../work.ts';
import { splits } from '../worlds/splits.ts';

/** Places of which nothing that is asked tells one from another, and what a server of each take weighs there. */
interface Kind {
  readonly open: readonly { readonly take: number; readonly weights: readonly number[] }[];
  readonly room: number;
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
 * Undefined where there are more than are followed.
 */
export function weighings(
  takes: readonly Weighed[],
  rooms: readonly number[],
  work: Work,
): readonly (readonly number[])[] | undefined {
  const respects = takes.flatMap(({ weights }) => [...weights.values()])[0]?.length ?? 0;
  let now: readonly Placed[] = [{ left: takes.map(({ count }) => count), sums: new Array<number>(respects).fill(0) }];
  for (const kind of kindsOf(takes, rooms)) {
    const next = new Map<string, Placed>();
    for (const placed of now) {
      for (const one of filled(kind, placed)) {
        next.set(`${one.left} ${one.sums}`, one);
        work.done += 0.25;
        if (next.size > mostPlacings) return undefined;
      }
    }
    now = [...next.values()];
  }
  return now.flatMap(({ left, sums }) => (left.every((count) => count === 0) ? [sums] : []));
}

/** Every way to fill the places of one kind, or to leave some of them empty. */
function* filled({ open, room }: Kind, { left, sums }: Placed): Generator<Placed> {
  const most = open.map(({ take }) => left[take] ?? 0);
  // What stays empty is the last of the boxes.
  for (const counts of splits([...most, room], room)) {
    const nextLeft = [...left];
    let nextSums = sums;
    for (const [i, { take, weights }] of open.entries()) {
      const count = counts[i] ?? 0;
      if (count === 0) continue;
      nextLeft[take] = (nextLeft[take] ?? 0) - count;
      nextSums = nextSums.map((sum, respect) => sum + count * (weights[respect] ?? 0));
    }
    yield { left: nextLeft, sums: nextSums };
  }
}

function kindsOf(takes: readonly Weighed[], rooms: readonly number[]): readonly Kind[] {
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
  return [...kinds.values()];
}
