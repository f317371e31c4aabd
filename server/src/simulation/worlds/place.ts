/** Servers that left, unknown which: `count` of them out of the cells at `positions`. */
export interface Take {
  readonly positions: readonly number[];
  readonly count: number;
}

/** So many of each take, by the place in its positions. */
export type Placing = readonly (readonly number[])[];

export interface Placed {
  readonly weight: number;
  readonly taken: Placing;
}

/**
 * The heaviest way to place every take in the rooms; undefined where they do not all fit.
 * Takes compete for the servers of a cell, so that a greedy choice is wrong: this is a transport problem, solved by the heaviest augmenting paths.
 */
export function placed(
  takes: readonly Take[],
  rooms: readonly number[],
  weight: (take: number, position: number) => number,
): Placed | undefined {
  if (takes.length < 3) return flow(takes, rooms, weight);
  const kinds = alike(takes, weight);
  if (kinds.length === takes.length) return flow(takes, rooms, weight);
  const first = (kind: number) => kinds[kind]?.[0] ?? -1;
  const all = kinds.map((own, kind): Take => {
    const count = own.reduce((sum, take) => sum + (takes[take]?.count ?? 0), 0);
    return { positions: takes[first(kind)]?.positions ?? [], count };
  });
  const found = flow(all, rooms, (kind, position) => weight(first(kind), position));
  if (found === undefined) return undefined;
  const taken: (readonly number[])[] = [];
  for (const [kind, own] of kinds.entries()) {
    const left = [...(found.taken[kind] ?? [])];
    for (const take of own) {
      let more = takes[take]?.count ?? 0;
      taken[take] = left.map((count, i) => {
        const part = Math.min(more, count);
        more -= part;
        left[i] = count - part;
        return part;
      });
    }
  }
  return { weight: found.weight, taken };
}

/**
 * What all takes weigh at most where a server of one of some goes to a position that counts for it, and how much of that is of these;
 * undefined where none can.
 */
export function placedWith(
  takes: readonly Take[],
  rooms: readonly number[],
  weight: (take: number, position: number) => number,
  some: readonly number[],
  counts: (take: number, position: number) => boolean,
): { readonly weight: number; readonly own: number } | undefined {
  let heaviest: { readonly weight: number; readonly own: number } | undefined;
  for (const one of some) {
    const take = takes[one];
    const positions = take?.positions.filter((position) => counts(one, position)) ?? [];
    if (take === undefined || positions.length === 0) continue;
    const parted = [...takes.with(one, { ...take, count: take.count - 1 }), { positions, count: 1 }];
    const each = (index: number, position: number) => weight(index === takes.length ? one : index, position);
    const found = placed(parted, rooms, each);
    if (found === undefined || (heaviest !== undefined && found.weight <= heaviest.weight)) continue;
    const own = found.taken.map((row, index) =>
      index === takes.length || some.includes(index)
        ? row.reduce((sum, count, i) => sum + count * each(index, parted[index]?.positions[i] ?? -1), 0)
        : 0,
    );
    heaviest = { weight: found.weight, own: own.reduce((sum, count) => sum + count, 0) };
  }
  return heaviest;
}

/** Takes out of the same positions that weigh the same there, which are as good as one. */
function alike(
  takes: readonly Take[],
  weight: (take: number, position: number) => number,
): readonly (readonly number[])[] {
  const kinds = new Map<string, number[]>();
  for (const [take, { positions }] of takes.entries()) {
    let key = '';
    for (const position of positions) key += `${position}:${weight(take, position)} `;
    const known = kinds.get(key);
    if (known === undefined) kinds.set(key, [take]);
    else known.push(take);
  }
  return [...kinds.values()];
}

function flow(
  takes: readonly Take[],
  rooms: readonly number[],
  weight: (take: number, position: number) => number,
): Placed | undefined {
  const taken = takes.map(({ positions }) => positions.map(() => 0));
  const left = takes.map(({ count }) => count);
  const free = [...rooms];
  let sum = 0;
  while (left.some((count) => count > 0)) {
    const path = heaviestPath(takes, taken, left, free, weight);
    if (path === undefined) return undefined;
    sum += push(path, takes, taken, left, free, weight);
  }
  return { weight: sum, taken };
}

/** One server of a take goes to a position; `back` means that another take gives its place there up. */
interface Hop {
  readonly take: number;
  readonly at: number;
  readonly before: Hop | undefined;
  readonly back: { readonly take: number; readonly at: number } | undefined;
}

/** By Bellman and Ford, over the takes: there are few of them. */
function heaviestPath(
  takes: readonly Take[],
  taken: readonly (readonly number[])[],
  left: readonly number[],
  free: readonly number[],
  weight: (take: number, position: number) => number,
): Hop | undefined {
  const value = left.map((count) => (count > 0 ? 0 : Number.NEGATIVE_INFINITY));
  const reachedBy: (Hop | undefined)[] = takes.map(() => undefined);
  let best: { readonly value: number; readonly hop: Hop } | undefined;
  for (let round = 0, moved = true; moved && round <= takes.length; round++) {
    moved = false;
    best = undefined;
    for (const [take, { positions }] of takes.entries()) {
      const from = value[take] ?? Number.NEGATIVE_INFINITY;
      if (from === Number.NEGATIVE_INFINITY) continue;
      for (const [at, position] of positions.entries()) {
        const there = from + weight(take, position);
        const before = reachedBy[take];
        if ((free[position] ?? 0) > 0 && (best === undefined || there > best.value)) {
          best = { value: there, hop: { take, at, before, back: undefined } };
        }
        for (const [other, { positions: theirs }] of takes.entries()) {
          if (other === take) continue;
          const place = theirs.indexOf(position);
          if (place < 0 || (taken[other]?.[place] ?? 0) === 0) continue;
          const moving = there - weight(other, position);
          if (moving <= (value[other] ?? 0)) continue;
          value[other] = moving;
          reachedBy[other] = { take, at, before, back: { take: other, at: place } };
          moved = true;
        }
      }
    }
  }
  return best?.hop;
}

function push(
  end: Hop,
  takes: readonly Take[],
  taken: number[][],
  left: number[],
  free: number[],
  weight: (take: number, position: number) => number,
): number {
  const hops: Hop[] = [];
  for (let hop: Hop | undefined = end; hop !== undefined; hop = hop.before) hops.push(hop);
  const first = hops.at(-1) ?? end;
  const last = takes[end.take]?.positions[end.at] ?? -1;
  let amount = Math.min(left[first.take] ?? 0, free[last] ?? 0);
  for (const { back } of hops) if (back !== undefined) amount = Math.min(amount, taken[back.take]?.[back.at] ?? 0);
  let sum = 0;
  const move = (take: number, at: number, by: number) => {
    const row = taken[take];
    if (row !== undefined) row[at] = (row[at] ?? 0) + by;
    sum += by * weight(take, takes[take]?.positions[at] ?? -1);
  };
  for (const { take, at, back } of hops) {
    move(take, at, amount);
    if (back !== undefined) move(back.take, back.at, -amount);
  }
  left[first.take] = (left[first.take] ?? 0) - amount;
  free[last] = (free[last] ?? 0) - amount;
  return sum;
}

/** The least and the most that the takes can weigh together; undefined where they do not fit. */
export function weights(
  takes: readonly Take[],
  rooms: readonly number[],
  weight: (take: number, position: number) => number,
): { readonly least: number; readonly most: number } | undefined {
  const most = placed(takes, rooms, weight);
  const least = placed(takes, rooms, (take, position) => -weight(take, position));
  return most === undefined || least === undefined ? undefined : { least: -least.weight, most: most.weight };
}
