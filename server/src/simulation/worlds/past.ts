import type { Seconds } from '../../model/leaf.ts';
import { countsTo, type Leaving } from './factor.ts';
import { leavingsKey, unitsOf, withLeaving } from './leavings.ts';
import { groupAt, type Left, type Open, type OpenTake, openKey, type Past, roomsOf } from './open.ts';
import { placed, type Take, weights } from './place.ts';
import { splits } from './splits.ts';
import type { World } from './world.ts';

export interface Span {
  readonly least: number;
  readonly most: number;
}

/** What left and is back: as units where it is all the same which servers they were, else as they were taken. */
export function pastOf(world: World, open: Left): Past {
  let leavings: readonly Leaving[] = [];
  for (const take of open.takes) {
    const parts = unitsOf(world, open, take);
    if (parts === undefined) return { leavings: [], opens: [open] };
    if (parts.length > 0) leavings = withLeaving(leavings, { at: take.at, parts });
  }
  return { leavings, opens: [] };
}

/** The same, had it been so much later. */
export function aged(past: Past, seconds: Seconds): Past {
  if (seconds === 0) return past;
  const { leavings, opens } = past;
  const moved = <T extends { readonly at: Seconds }>(all: readonly T[]) =>
    all.map((one) => ({ ...one, at: one.at + seconds }));
  return { ...past, leavings: moved(leavings), opens: opens.map((open) => ({ ...open, takes: moved(open.takes) })) };
}

/** All that left in both. */
export function joined(one: Past, other: Past): Past {
  const isExtreme = one.isExtreme === true || other.isExtreme === true;
  if (one.leavings.length + one.opens.length === 0) return isExtreme ? { ...other, isExtreme } : other;
  return {
    leavings: other.leavings.reduce(withLeaving, one.leavings),
    opens: [...one.opens, ...other.opens],
    isExtreme,
  };
}

/** Whether servers of a subsystem may be among what left. */
export function holds(world: World, { leavings, opens }: Past, subsystem: number): boolean {
  return (
    leavings.some(({ parts }) => parts.some(([index]) => index === subsystem)) ||
    opens.some(({ cells }) => countsTo(world, cells, subsystem))
  );
}

/** Whether a window may still hold some of it. */
export function isRecent(world: World, { leavings, opens }: Past, now: Seconds): boolean {
  const isYoung = ({ at }: { readonly at: Seconds }) => now - at < world.window;
  return leavings.some(isYoung) || opens.some(({ takes }) => takes.some(isYoung));
}

/** Units of a subsystem that left at the moments that are asked for. */
export function pastRange(
  world: World,
  { leavings, opens }: Past,
  subsystem: number,
  isAsked: (at: Seconds) => boolean,
): Span {
  let [least, most] = [0, 0];
  for (const { at, parts } of leavings) {
    const units = isAsked(at) ? (parts.find(([index]) => index === subsystem)?.[1] ?? 0) : 0;
    least += units;
    most += units;
  }
  for (const open of opens) {
    const span = openSpan(world, open, subsystem, isAsked);
    least += span.least;
    most += span.most;
  }
  return { least, most };
}

const spans = new WeakMap<Left, Map<string, Span>>();

function openSpan(world: World, open: Left, subsystem: number, isAsked: (at: Seconds) => boolean): Span {
  const asked = open.takes.map(({ at }) => isAsked(at));
  const own = spans.get(open) ?? new Map<string, Span>();
  spans.set(open, own);
  const key = `${subsystem}:${asked.map(Number).join('')}`;
  const known = own.get(key);
  if (known !== undefined) return known;
  const isBinding = ({ at }: OpenTake) => open.isRough !== true || at === Number.NEGATIVE_INFINITY || isAsked(at);
  const takes = open.takes.filter(isBinding);
  const found = weights(takes, roomsOf(open), (take, position) =>
    isAsked(takes[take]?.at ?? Number.NaN) ? (groupAt(world, open, position)?.units[subsystem] ?? 0) : 0,
  ) ?? { least: 0, most: 0 };
  own.set(key, found);
  return found;
}

/** Each of them once. */
export function distinctPasts(world: World, pasts: readonly Past[], now: Seconds): readonly Past[] {
  return [...new Map(pasts.map((past) => [pastKey(world, past, now), past])).values()];
}

/** Two pasts with the same key count the same from now on. */
export function pastKey(world: World, { leavings, opens, isExtreme = false }: Past, now: Seconds): string {
  const recent = leavings.filter(({ at }) => now - at < world.window);
  return `${isExtreme ? 'of more ' : ''}${leavingsKey(recent, now)} ${opens.map((open) => openKey(world, open, now)).join(' ')}`;
}

/** What may have left: each way once; undefined where they are more than `most`, or not known. */
export function pastWays(
  world: World,
  { leavings, opens, isExtreme = false }: Past,
  now: Seconds,
  most: number,
): readonly (readonly Leaving[])[] | undefined {
  if (isExtreme) return undefined;
  let ways: readonly (readonly Leaving[])[] = [leavings.filter(({ at }) => now - at < world.window)];
  for (const open of opens) {
    const own = open.isRough === true ? undefined : openWays(world, open, now, most);
    if (own === undefined || own.length * ways.length > most) return undefined;
    ways = ways.flatMap((way) => own.map((more) => more.reduce(withLeaving, way)));
  }
  return ways;
}

/** Servers that rates do not tell apart: takes may have taken one of them where they may have taken another, and they weigh the same. */
interface Kind {
  readonly units: Leaving['parts'];
  readonly servers: number;
}

function openWays(world: World, open: Open, now: Seconds, most: number): readonly (readonly Leaving[])[] | undefined {
  const { kinds, takes } = kindsOf(world, open, now);
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
        next.set(`${left}|${leavingsKey(then, now)}`, { rooms: left, leavings: then });
        if (next.size > most) return undefined;
      }
    }
    ways = next;
  }
  const distinct = new Map<string, readonly Leaving[]>();
  for (const { rooms, leavings } of ways.values()) {
    const key = leavingsKey(leavings, now);
    // What went before it has to have found servers too.
    if (!distinct.has(key) && placed(old, rooms, () => 0) !== undefined) distinct.set(key, leavings);
  }
  return [...distinct.values()];
}

/** The echo by kinds of servers, and of takes at the same moment or too long ago one. */
function kindsOf(
  world: World,
  open: Open,
  now: Seconds,
): { readonly kinds: readonly Kind[]; readonly takes: readonly (Take & { readonly at: Seconds | undefined })[] } {
  const kinds: Kind[] = [];
  const places = new Map<string, number>();
  const kindOf = roomsOf(open).map((servers, position) => {
    const units = world.capacity.subsystems.flatMap(({ index, rate }): Leaving['parts'] => {
      const each = rate === undefined ? 0 : (groupAt(world, open, position)?.units[index] ?? 0);
      return each > 0 ? [[index, each]] : [];
    });
    const key = `${units.join(' ')}|${open.takes.map(({ positions }) => (positions.includes(position) ? 1 : 0)).join('')}`;
    const place = places.get(key) ?? kinds.length;
    places.set(key, place);
    kinds[place] = { units, servers: (kinds[place]?.servers ?? 0) + servers };
    return place;
  });
  const takes = new Map<string, Take & { readonly at: Seconds | undefined }>();
  for (const take of open.takes) {
    const at = now - take.at < world.window ? take.at : undefined;
    const positions = [...new Set(take.positions.map((position) => kindOf[position] ?? -1))];
    const key = `${at}x${positions}`;
    takes.set(key, { at, positions, count: take.count + (takes.get(key)?.count ?? 0) });
  }
  return { kinds, takes: [...takes.values()] };
}
