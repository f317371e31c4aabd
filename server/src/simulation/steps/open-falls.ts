import { fallOfSum } from '../judgement/falls.ts';
import { type Fall, lowerFall } from '../paths/fall.ts';
import { groupAt, type Open } from '../worlds/open.ts';
import { type Placing, placed, type Take } from '../worlds/place.ts';
import type { Gauge } from '../worlds/tallies.ts';
import type { World } from '../worlds/world.ts';
import { type Moment, mayBeOut } from './moment.ts';
import type { Takes } from './open-takes.ts';
import type { Measure } from './rate-look.ts';

/** Takes that have gone when a part is over, by their places among all, and which of them are its own. */
export interface Taken {
  readonly takes: readonly Take[];
  readonly places: readonly number[];
  readonly own: readonly number[];
}

/**
 * A way in which a gauge that is no sum falls below its bound with a part, though at worst it is as low without it: some ways to place the takes are looked at,
 * each with one server of the part from another position. What is found is possible; where nothing is, there may be others.
 */
export function fallFound(
  world: World,
  open: Open,
  { takes, places, own }: Taken,
  rooms: readonly number[],
  { subsystem: { index }, bound }: Gauge,
  [before, after]: readonly Measure[],
): Fall | undefined {
  if (before === undefined || after === undefined) return undefined;
  const units = (position: number) => groupAt(world, open, position)?.units[index] ?? 0;
  const zoneOf = (position: number) => groupAt(world, open, position)?.zone ?? position;
  for (const one of differing(takes, own)) {
    const take = takes[one];
    if (take === undefined) continue;
    for (const position of take.positions) {
      if (units(position) === 0) continue;
      const takeAt = (at: number) => (at === takes.length ? one : at);
      // What went before went elsewhere.
      const isElse = (at: number, from: number) => own.includes(takeAt(at)) || zoneOf(from) !== zoneOf(position);
      const parted = [...takes.with(one, { ...take, count: take.count - 1 }), { positions: [position], count: 1 }];
      const ways = [
        placed(parted, rooms, (_, from) => units(from))?.taken,
        placed(parted, rooms, (at, from) => (isElse(at, from) ? units(from) : -units(from)))?.taken,
        spread(parted, rooms, (from) => (units(from) > 0 ? zoneOf(from) : undefined), isElse),
      ];
      for (const taken of ways) {
        if (taken === undefined) continue;
        const read = (measure: Measure) => readBy(measure, parted, taken, (at) => places[takeAt(at)] ?? -1);
        const [from, to] = [read(before), read(after)];
        if (to < from && to < bound) return { from, to };
      }
    }
  }
  return undefined;
}

/** Of takes out of the same positions one. */
function differing(takes: readonly Take[], own: readonly number[]): readonly number[] {
  return [...new Map(own.map((one) => [takes[one]?.positions.join(), one])).values()];
}

/** A way in which the takes are of as many zones as can be: in each, one server weighs more than all others. */
function spread(
  takes: readonly Take[],
  rooms: readonly number[],
  zoneOf: (position: number) => string | number | undefined,
  isElse: (take: number, position: number) => boolean,
): Placing | undefined {
  const firsts = new Map<string | number, number>();
  for (const [position, room] of rooms.entries()) {
    const zone = room > 0 ? zoneOf(position) : undefined;
    if (zone !== undefined && !firsts.has(zone)) firsts.set(zone, rooms.length + firsts.size);
  }
  const zones = [...firsts.keys()];
  const inZone = ({ positions }: Take, zone: string | number) =>
    positions.findIndex((position) => zoneOf(position) === zone && (rooms[position] ?? 0) > 0);
  const offered = takes.map((take, at) => {
    const own = zones.filter((zone) => {
      const place = inZone(take, zone);
      return place >= 0 && isElse(at, take.positions[place] ?? -1);
    });
    return { ...take, positions: [...take.positions, ...own.map((zone) => firsts.get(zone) ?? -1)] };
  });
  const found = placed(offered, [...rooms, ...zones.map(() => 1)], (at, from) =>
    from >= rooms.length ? rooms.length : isElse(at, from) ? 0 : -1,
  );
  const taken = found?.taken.map((row, at) => {
    const take = takes[at] ?? { positions: [], count: 0 };
    const own = row.slice(0, take.positions.length);
    for (const [i, count] of row.slice(take.positions.length).entries()) {
      const zone = zones[(offered[at]?.positions[take.positions.length + i] ?? 0) - rooms.length];
      const place = zone === undefined ? -1 : inZone(take, zone);
      own[place] = (own[place] ?? 0) + count;
    }
    return own;
  });
  return taken !== undefined && fits(takes, rooms, taken) ? taken : undefined;
}

function fits(takes: readonly Take[], rooms: readonly number[], taken: Placing): boolean {
  const left = [...rooms];
  for (const [at, { positions }] of takes.entries())
    for (const [i, position] of positions.entries()) left[position] = (left[position] ?? 0) - (taken[at]?.[i] ?? 0);
  return left.every((room) => room >= 0);
}

function readBy(
  { weights, value }: Measure,
  takes: readonly Take[],
  taken: Placing,
  placeOf: (take: number) => number,
): number {
  const lost = weights.map((weight) => {
    let sum = 0;
    for (const [take, row] of taken.entries())
      for (const [i, count] of row.entries())
        if (count > 0) sum += count * weight(placeOf(take), takes[take]?.positions[i] ?? -1);
    return sum;
  });
  return value(lost);
}

/** How a sum falls in a part where it falls under another choice than the worst; `whole` is what there would be had nothing been taken. */
export function fallOver(
  all: Takes,
  { begin, own, meanwhile }: Moment,
  tally: number,
  whole: number,
): Fall | undefined {
  let lowest: Fall | undefined;
  for (const may of mayBeOut(begin)) {
    const gone = [...may, ...own];
    const { takes, places, weight } = all.only(gone, all.weight(tally, gone));
    const mine = [...own, ...meanwhile].map((take) => places.indexOf(take)).filter((place) => place >= 0);
    lowest = lowerFall(lowest, fallOfSum(takes, all.rooms, weight, mine, whole));
  }
  return lowest;
}
