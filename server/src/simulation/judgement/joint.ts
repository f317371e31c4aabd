import { mostPlacings } from '../limits.ts';
import type { Take } from '../worlds/place.ts';

/** What must not be lost more of than `slack`, and what each server of a cell takes of it. */
export interface Limit {
  readonly slack: number;
  readonly weight: (take: number, position: number) => number;
}

/** Places that weigh the same in every limit and are open to the same takes: nothing tells them apart here. */
interface Kind {
  readonly open: readonly { readonly take: number; readonly weights: readonly number[] }[];
  room: number;
}

/**
 * Whether one way to place all takes keeps every limit; undefined where it cannot be decided within the budget.
 * Each limit alone may be kept by another way, so they cannot be looked at one by one (docs/simulation.md §3).
 */
export function canKeepAll(
  takes: readonly Take[],
  rooms: readonly number[],
  limits: readonly Limit[],
): boolean | undefined {
  const slack = limits.map((limit) => limit.slack);
  if (slack.some((left) => left < 0)) return false;
  return search(alikeTogether(takes, limits), rooms, slack);
}

/** Takes out of the same cells that weigh the same there are as good as one: only their sum matters. */
function alikeTogether(takes: readonly Take[], limits: readonly Limit[]): readonly Weighed[] {
  const all = new Map<string, Weighed>();
  for (const [i, { positions, count }] of takes.entries()) {
    const weights = new Map(positions.map((position) => [position, limits.map(({ weight }) => weight(i, position))]));
    const key = [...weights]
      .map(([position, own]) => `${position}:${own.join()}`)
      .sort()
      .join(' ');
    const known = all.get(key);
    all.set(key, { positions, count: count + (known?.count ?? 0), weights });
  }
  return [...all.values()];
}

interface Weighed extends Take {
  /** By position: what a server weighs in each limit. */
  readonly weights: ReadonlyMap<number, readonly number[]>;
}

function search(takes: readonly Weighed[], rooms: readonly number[], slack: number[]): boolean | undefined {
  const kinds = kindsOf(takes, rooms);
  const left = takes.map(({ count }) => count);
  // What each take can still find room for in the kinds that follow.
  const later = takes.map((_, take) => {
    const rest: number[] = [];
    let sum = 0;
    for (let i = kinds.length - 1; i >= 0; i--) {
      rest[i] = sum;
      if (kinds[i]?.open.some((user) => user.take === take)) sum += kinds[i]?.room ?? 0;
    }
    return rest;
  });
  let tries = 0;
  return place(0, 0);

  /** Places what is left of the takes in the kinds from `at` on; the takes before `user` are done with this one. */
  function place(at: number, user: number): boolean | undefined {
    const kind = kinds[at];
    if (kind === undefined) return left.every((count) => count === 0);
    const one = kind.open[user];
    if (one === undefined) return place(at + 1, 0);
    const wanted = left[one.take] ?? 0;
    const least = Math.max(0, wanted - (later[one.take]?.[at] ?? 0));
    let most = Math.min(kind.room, wanted);
    for (const [i, weight] of one.weights.entries())
      if (weight > 0) most = Math.min(most, Math.floor((slack[i] ?? 0) / weight));
    let unsure = false;
    for (let count = most; count >= least; count--) {
      if (++tries > mostPlacings) return undefined;
      move(kind, one, count);
      const kept = place(at, user + 1);
      move(kind, one, -count);
      if (kept) return true;
      unsure ||= kept === undefined;
    }
    return unsure ? undefined : false;
  }

  function move(kind: Kind, { take, weights }: Kind['open'][number], count: number): void {
    kind.room -= count;
    left[take] = (left[take] ?? 0) - count;
    for (const [i, weight] of weights.entries()) slack[i] = (slack[i] ?? 0) - weight * count;
  }
}

/** The lightest first, where servers go with the least harm. */
function kindsOf(takes: readonly Weighed[], rooms: readonly number[]): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const [position, room] of rooms.entries()) {
    if (room === 0) continue;
    const open = takes.flatMap(({ weights }, take) => {
      const own = weights.get(position);
      return own === undefined ? [] : [{ take, weights: own }];
    });
    if (open.length === 0) continue;
    const key = JSON.stringify(open);
    const known = kinds.get(key);
    if (known === undefined) kinds.set(key, { open, room });
    else known.room += room;
  }
  const total = ({ open }: Kind) => open.reduce((sum, { weights }) => sum + weights.reduce((a, b) => a + b, 0), 0);
  return [...kinds.values()].sort((a, b) => total(a) - total(b));
}
