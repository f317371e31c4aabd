import type { Seconds } from '../../model/leaf.ts';
import type { Branch } from './belief.ts';
import { countsTo, type Leaving } from './factor.ts';
import { withLeaving } from './leavings.ts';
import { groupAt, type Open, roomsOf } from './open.ts';
import { placed, type Take } from './place.ts';
import { alternativeKey } from './same.ts';
import { splits } from './splits.ts';
import type { Scope, World } from './world.ts';

/** Servers that rates do not tell apart: takes may have taken one of them where they may have taken another, and they weigh the same. */
interface Kind {
  readonly units: Leaving['parts'];
  readonly servers: number;
}

/**
 * What may have left not long ago of what is back since: each way once, however many choices of servers come to it.
 * Undefined where they are more than `most`.
 */
export function echoWays(
  world: World,
  echo: Open,
  now: Seconds,
  most: number,
): readonly (readonly Leaving[])[] | undefined {
  const { kinds, takes } = kindsOf(world, echo, now);
  const young = takes.filter(({ at }) => at !== undefined);
  const old = takes.filter(({ at }) => at === undefined);
  let ways = new Map([['', { rooms: kinds.map(({ servers }) => servers), leavings: [] as readonly Leaving[] }]]);
  for (const { positions, count, at = 0 } of young) {
    const next: typeof ways = new Map();
    for (const { rooms, leavings } of ways.values()) {
      const boxes = positions.map((kind) => rooms[kind] ?? 0);
      for (const taken of splits(boxes, count)) {
        const left = [...rooms];
        let then = leavings;
        for (const [i, kind] of positions.entries()) {
          const servers = taken[i] ?? 0;
          const parts = kinds[kind]?.units.map(([subsystem, each]) => [subsystem, each * servers] as const) ?? [];
          if (servers === 0) continue;
          left[kind] = (left[kind] ?? 0) - servers;
          if (parts.length > 0) then = withLeaving(then, { at, parts });
        }
        next.set(`${left}|${keyOf(then, now)}`, { rooms: left, leavings: then });
        if (next.size > most) return undefined;
      }
    }
    ways = next;
  }
  const distinct = new Map<string, readonly Leaving[]>();
  for (const { rooms, leavings } of ways.values()) {
    const key = keyOf(leavings, now);
    // What went before it has to have found servers too.
    if (!distinct.has(key) && placed(old, rooms, () => 0) !== undefined) distinct.set(key, leavings);
  }
  return [...distinct.values()];
}

/** Whether a step that takes servers out of the scope hears what may have gone of late in more ways than are worth following. */
export function hearsManyWays(world: World, { echoes, now }: Branch, { rates }: Scope): boolean {
  return echoes.some(
    (echo) =>
      rates.some(({ gauge }) => countsTo(world, echo.cells, gauge.subsystem.index)) &&
      echoWays(world, echo, now, world.fewWays) === undefined,
  );
}

/** The echo by kinds of servers, and of takes at the same moment or too long ago one. */
function kindsOf(
  world: World,
  echo: Open,
  now: Seconds,
): { readonly kinds: readonly Kind[]; readonly takes: readonly (Take & { readonly at: Seconds | undefined })[] } {
  const kinds: Kind[] = [];
  const places = new Map<string, number>();
  const kindOf = roomsOf(echo).map((servers, position) => {
    const units = world.capacity.subsystems.flatMap(({ index, rate }): Leaving['parts'] => {
      const each = rate === undefined ? 0 : (groupAt(world, echo, position)?.units[index] ?? 0);
      return each > 0 ? [[index, each]] : [];
    });
    const key = `${units.join(' ')}|${echo.takes.map(({ positions }) => (positions.includes(position) ? 1 : 0)).join('')}`;
    const place = places.get(key) ?? kinds.length;
    places.set(key, place);
    kinds[place] = { units, servers: (kinds[place]?.servers ?? 0) + servers };
    return place;
  });
  const takes = new Map<string, Take & { readonly at: Seconds | undefined }>();
  for (const take of echo.takes) {
    const at = now - take.at < world.window ? take.at : undefined;
    const positions = [...new Set(take.positions.map((position) => kindOf[position] ?? -1))];
    const key = `${at}x${positions}`;
    takes.set(key, { at, positions, count: take.count + (takes.get(key)?.count ?? 0) });
  }
  return { kinds, takes: [...takes.values()] };
}

function keyOf(leavings: readonly Leaving[], now: Seconds): string {
  return alternativeKey({ statuses: [], leavings }, now);
}
