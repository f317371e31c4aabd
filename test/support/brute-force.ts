import type { PlainFleet } from './fleets.ts';

/**
 * The simulation by enumeration: a set of worlds, each saying how many servers of each group are in service and how many are out because of which step.
 * Slow and plain on purpose; the simulator has to agree with it.
 */
export interface World {
  readonly serving: readonly number[];
  /** By group, then by the number of the step. */
  readonly out: readonly ReadonlyMap<number, number>[];
  /** Units of each subsystem at the lowest moment of the current step. */
  readonly lowest: readonly number[];
  /** Servers that a scale-up added, by group. */
  readonly added: readonly number[];
}

export type PlainAction =
  | { readonly do: 'remove'; readonly target: string; readonly count: number | 'all' }
  | { readonly do: 'restore'; readonly target: string; readonly count: number | 'all' }
  | { readonly do: 'restoreStep'; readonly step: number }
  | { readonly do: 'restart'; readonly target: string; readonly batch: number }
  | { readonly do: 'scale'; readonly group: number; readonly to: number };

export function unitsOf(fleet: PlainFleet, serving: readonly number[]): readonly number[] {
  return fleet.minimums.map((_, s) =>
    fleet.groups.reduce((sum, { units }, g) => sum + (units[s] ?? 0) * (serving[g] ?? 0), 0),
  );
}

export function firstWorlds(fleet: PlainFleet): readonly World[] {
  const serving = fleet.groups.map(({ size }) => size);
  return [{ serving, out: serving.map(() => new Map()), lowest: unitsOf(fleet, serving), added: serving.map(() => 0) }];
}

export function groupsOf(fleet: PlainFleet, target: string): readonly number[] {
  const index = Number(target.slice(1));
  if (target.startsWith('g')) return [index];
  return fleet.groups.flatMap(({ units }, g) => ((units[index] ?? 0) > 0 ? [g] : []));
}

export function servingIn(world: World, groups: readonly number[]): number {
  return groups.reduce((sum, g) => sum + (world.serving[g] ?? 0), 0);
}

export function outIn(world: World, groups: readonly number[]): number {
  return groups.reduce((sum, g) => sum + [...(world.out[g]?.values() ?? [])].reduce((a, b) => a + b, 0), 0);
}

/** Every world that the step leads to from the given ones. */
export function perform(
  fleet: PlainFleet,
  worlds: readonly World[],
  action: PlainAction,
  step: number,
): readonly World[] {
  const begun = worlds.map((world) => ({ ...world, lowest: unitsOf(fleet, world.serving) }));
  return distinct(branches(fleet, begun, action, step));
}

function branches(fleet: PlainFleet, worlds: readonly World[], action: PlainAction, step: number): readonly World[] {
  switch (action.do) {
    case 'remove': {
      const groups = groupsOf(fleet, action.target);
      const most = Math.max(...worlds.map((world) => servingIn(world, groups)));
      return worlds.flatMap((world) => {
        const count = action.count === 'all' || action.count > most ? servingIn(world, groups) : action.count;
        return splits(
          groups.map((g) => world.serving[g] ?? 0),
          count,
        ).map((taken) => leave(fleet, world, groups, taken, step));
      });
    }
    case 'restore': {
      const groups = groupsOf(fleet, action.target);
      return worlds.flatMap((world) => {
        const places = groups.flatMap((g) => [...(world.out[g]?.keys() ?? [])].map((origin) => ({ g, origin })));
        const held = places.map(({ g, origin }) => world.out[g]?.get(origin) ?? 0);
        const all = held.reduce((a, b) => a + b, 0);
        const count = action.count === 'all' ? all : Math.min(action.count, all);
        return splits(held, count).map((back) => comeBack(world, places, back));
      });
    }
    case 'restoreStep':
      return worlds.map((world) => {
        const places = world.out.flatMap((origins, g) =>
          origins.has(action.step) ? [{ g, origin: action.step }] : [],
        );
        return comeBack(
          world,
          places,
          places.map(({ g, origin }) => world.out[g]?.get(origin) ?? 0),
        );
      });
    case 'restart': {
      const groups = groupsOf(fleet, action.target);
      return worlds.flatMap((world) => roll(fleet, world, groups, action.batch));
    }
    case 'scale': {
      const g = action.group;
      return worlds.flatMap((world) => {
        const now = world.serving[g] ?? 0;
        if (action.to <= now) return [leave(fleet, world, [g], [now - action.to], step)];
        const places = [...(world.out[g]?.keys() ?? [])].map((origin) => ({ g, origin }));
        const held = places.map(({ origin }) => world.out[g]?.get(origin) ?? 0);
        const back = Math.min(
          held.reduce((a, b) => a + b, 0),
          action.to - now,
        );
        return splits(held, back).map((taken) => {
          const returned = comeBack(world, places, taken);
          const more = action.to - now - back;
          const put = (list: readonly number[]) => list.map((value, i) => (i === g ? value + more : value));
          return { ...returned, serving: put(returned.serving), added: put(returned.added) };
        });
      });
    }
  }
}

/** All ways to take `count` from the boxes. */
function splits(boxes: readonly number[], count: number): readonly (readonly number[])[] {
  const [first, ...rest] = boxes;
  if (first === undefined) return count === 0 ? [[]] : [];
  const ways: (readonly number[])[] = [];
  for (let n = 0; n <= Math.min(first, count); n++) for (const way of splits(rest, count - n)) ways.push([n, ...way]);
  return ways;
}

function leave(
  fleet: PlainFleet,
  world: World,
  groups: readonly number[],
  taken: readonly number[],
  step: number,
): World {
  const serving = world.serving.map((count, g) => count - (taken[groups.indexOf(g)] ?? 0));
  const out = world.out.map((origins, g) => {
    const count = taken[groups.indexOf(g)] ?? 0;
    return count === 0 ? origins : new Map(origins).set(step, (origins.get(step) ?? 0) + count);
  });
  return { ...world, serving, out, lowest: min(world.lowest, unitsOf(fleet, serving)) };
}

function comeBack(world: World, places: readonly { g: number; origin: number }[], back: readonly number[]): World {
  const serving = [...world.serving];
  const out = world.out.map((origins) => new Map(origins));
  for (const [i, { g, origin }] of places.entries()) {
    const count = back[i] ?? 0;
    serving[g] = (serving[g] ?? 0) + count;
    const left = (out[g]?.get(origin) ?? 0) - count;
    if (left > 0) out[g]?.set(origin, left);
    else out[g]?.delete(origin);
  }
  return { ...world, serving, out };
}

/** Every way to put the batches together. */
function roll(fleet: PlainFleet, world: World, groups: readonly number[], batch: number): readonly World[] {
  let found: readonly World[] = [];
  const walk = (left: readonly number[], lowest: readonly number[]) => {
    const remaining = left.reduce((a, b) => a + b, 0);
    if (remaining === 0) {
      found = distinct([...found, { ...world, lowest }]);
      return;
    }
    for (const taken of splits(left, Math.min(batch, remaining))) {
      const serving = world.serving.map((count, g) => count - (taken[groups.indexOf(g)] ?? 0));
      walk(
        left.map((count, i) => count - (taken[i] ?? 0)),
        min(lowest, unitsOf(fleet, serving)),
      );
    }
  };
  walk(
    groups.map((g) => world.serving[g] ?? 0),
    world.lowest,
  );
  return found;
}

function min(a: readonly number[], b: readonly number[]): readonly number[] {
  return a.map((value, i) => Math.min(value, b[i] ?? value));
}

function distinct(worlds: readonly World[]): readonly World[] {
  const seen = new Map<string, World>();
  for (const world of worlds) {
    const out = world.out.map((origins) => [...origins].sort((a, b) => a[0] - b[0]));
    seen.set(JSON.stringify([world.serving, out, world.lowest, world.added]), world);
  }
  return [...seen.values()];
}
