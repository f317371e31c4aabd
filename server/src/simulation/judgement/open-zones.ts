import type { Branch } from '../worlds/belief.ts';
import { isGone, type Open } from '../worlds/open.ts';
import { placed, type Take } from '../worlds/place.ts';
import type { Gauge } from '../worlds/tallies.ts';
import type { Scope, World } from '../worlds/world.ts';

/**
 * The most of a subsystem that can be lost by the takes, and by the zones or hosts that are lost in addition (docs/simulation.md §7).
 * Hosts that are lost are one more take of all that is left; zones are tried one set after the other.
 */
export function redundancyLoss(world: World, rest: Branch, open: Open, { subsystem, loss }: Gauge): number {
  const { index, survives } = subsystem;
  const held = new Set(open.cells);
  const besides = world.cells.cells.filter(
    ({ index: cell, group }) => (group.units[index] ?? 0) > 0 && !held.has(cell),
  );
  const cells = [...open.cells, ...besides.map((cell) => cell.index)];
  const rooms = [
    ...open.base.map(({ inService }) => inService),
    ...besides.map((cell) => rest.known.at(cell.index)?.inService ?? 0),
  ];
  const units = (position: number) => world.cells.cells[cells[position] ?? -1]?.group.units[index] ?? 0;
  const zoneOf = (position: number) => world.cells.cells[cells[position] ?? -1]?.group.zone;
  const serving = cells.flatMap((_, position) => (units(position) > 0 ? [position] : []));
  // Behind the takes there is one more: what is lost in addition.
  const isLost = (take: number, position: number) => take >= open.takes.length || isGone(open.takes[take], position);
  if (loss === 'hosts')
    return (
      lostWith(open.takes, rooms, serving, survives.hosts, (take, position) =>
        isLost(take, position) ? units(position) : 0,
      ) ?? 0
    );
  const zones = [...new Set(serving.flatMap((position) => zoneOf(position) ?? []))];
  const single = serving.filter((position) => zoneOf(position) === undefined);
  let most = 0;
  for (let named = 0; named <= Math.min(survives.zones, zones.length); named++) {
    for (const lost of subsets(zones, named)) {
      // All of a lost zone goes, whatever was taken of it: what is taken elsewhere comes on top.
      const whole = serving.reduce(
        (sum, position) => sum + (lost.includes(zoneOf(position) ?? '') ? units(position) * (rooms[position] ?? 0) : 0),
        0,
      );
      const weight = (take: number, position: number) =>
        isLost(take, position) && !lost.includes(zoneOf(position) ?? '') ? units(position) : 0;
      const more = lostWith(open.takes, rooms, single, survives.zones - named, weight);
      if (more !== undefined) most = Math.max(most, whole + more);
    }
  }
  return most;
}

/** What the takes and `more` servers of the positions weigh at most together. */
function lostWith(
  takes: readonly Take[],
  rooms: readonly number[],
  positions: readonly number[],
  more: number,
  weight: (take: number, position: number) => number,
): number | undefined {
  for (let count = more; count >= 0; count--) {
    const all = count === 0 ? takes : [...takes, { positions, count }];
    const found = placed(all, rooms, weight);
    if (found !== undefined) return found.weight;
  }
  return undefined;
}

function* subsets(zones: readonly string[], size: number): Generator<readonly string[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [i, zone] of zones.entries())
    for (const rest of subsets(zones.slice(i + 1), size - 1)) yield [zone, ...rest];
}

/** How many zones more have servers of the subsystem out because of the takes, at least and at most. */
export function zonesHit(
  world: World,
  open: Open,
  subsystem: number,
  full: readonly number[],
  scope: Scope,
): { readonly least: number; readonly most: number } {
  const takes = open.takes.filter(({ state }) => state !== 'back');
  const groupOf = (position: number) => world.cells.cells[open.cells[position] ?? -1]?.group;
  const serves = (position: number) => (groupOf(position)?.units[subsystem] ?? 0) > 0;
  const rooms = open.base.map(({ inService }) => inService);
  const outBefore = new Set(zonesOut(world, subsystem, full, scope));
  const zones = [
    ...new Set(open.cells.flatMap((_, i) => (serves(i) && (rooms[i] ?? 0) > 0 ? (groupOf(i)?.zone ?? []) : []))),
  ].filter((zone) => !outBefore.has(zone));
  const isNew = (position: number, allowed: readonly string[]) => {
    const zone = groupOf(position)?.zone;
    return serves(position) && zone !== undefined && zones.includes(zone) && !allowed.includes(zone);
  };
  const isSingle = (position: number) => serves(position) && groupOf(position)?.zone === undefined;
  return { least: least(), most: most() };

  /** One server of each zone counts, every server without a zone, and nothing of what goes elsewhere. */
  function most(): number {
    const singles = rooms.flatMap((room, position) => (isSingle(position) && room > 0 ? [position] : []));
    const places = [...zones, ...singles, undefined];
    const isIn = (position: number, place: string | number | undefined) =>
      place === undefined ||
      place === position ||
      (serves(position) && groupOf(position)?.zone === place && (rooms[position] ?? 0) > 0);
    const placeRooms = places.map((place) =>
      place === undefined ? Number.MAX_SAFE_INTEGER : typeof place === 'number' ? (rooms[place] ?? 0) : 1,
    );
    const offers = takes.map(({ count, positions }) => ({
      count,
      positions: places.flatMap((place, i) => (positions.some((position) => isIn(position, place)) ? [i] : [])),
    }));
    return placed(offers, placeRooms, (_, place) => (places[place] === undefined ? 0 : 1))?.weight ?? 0;
  }

  function least(): number {
    let fewest: number | undefined;
    // Servers without a zone may be saved by one zone more.
    for (let size = 0; size <= zones.length && size < (fewest ?? Infinity); size++) {
      for (const allowed of subsets(zones, size)) {
        const open2 = rooms.map((room, i) => (isNew(i, allowed) ? 0 : room));
        const found = placed(takes, open2, (_, position) => (isSingle(position) ? -1 : 0));
        if (found !== undefined) fewest = Math.min(fewest ?? Infinity, size - found.weight);
      }
    }
    return fewest ?? 0;
  }
}

/** Zones that have servers of the subsystem out already. */
function zonesOut(world: World, subsystem: number, full: readonly number[], scope: Scope): readonly string[] {
  const found = new Set<string>();
  const gauge = scope.gauges.find(({ gauge: one }) => one.rule === 'zones' && one.subsystem.index === subsystem);
  if (gauge === undefined) return [];
  for (const group of world.capacity.groups) {
    if (group.zone === undefined || (group.units[subsystem] ?? 0) === 0) continue;
    for (const { tally } of world.gauges.weights[group.index]?.out ?? []) {
      if (world.gauges.zoneTally.get(tally) === subsystem && (full[tally] ?? 0) > 0) found.add(group.zone);
    }
  }
  return [...found];
}
