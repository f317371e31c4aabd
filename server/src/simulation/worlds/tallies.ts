import type { Capacity, GroupCapacity, SubsystemCapacity } from '../fleet/capacity.ts';
import { goneIn, type Status } from './status.ts';

/**
 * What a figure is about. Every figure is worked out from tallies: sums over the servers in service, or over those that are out.
 * A lower value is worse, and below `bound` the rule is broken; figures that must not rise are negative.
 */
export interface Gauge {
  readonly rule: 'minimum' | 'redundancy' | 'zones' | 'rate';
  readonly subsystem: SubsystemCapacity;
  /** For the minimum of a zone. */
  readonly zone: string | undefined;
  /** For redundancy: what is lost in addition. */
  readonly loss: 'zones' | 'hosts' | undefined;
  readonly bound: number;
  /** Linear in the tallies, so that what independent servers bring adds up. */
  readonly linear: boolean;
  /** Undefined for a rate, which is a matter of time. */
  readonly read: ((tally: (index: number) => number) => number) | undefined;
  /** The tally that a linear gauge is. */
  readonly tally: number | undefined;
}

/** The tallies that a server of a group counts in, and how much. */
export interface Weights {
  readonly inService: readonly Weight[];
  readonly out: readonly Weight[];
}

export interface Weight {
  readonly tally: number;
  readonly units: number;
}

/** All tallies and gauges of a fleet. The first tallies are the units in service of each subsystem, by its index. */
export interface Gauges {
  readonly count: number;
  readonly gauges: readonly Gauge[];
  /** By the group's index. */
  readonly weights: readonly Weights[];
  /** Tallies of the servers of a subsystem that are out in one zone, and the subsystem. */
  readonly zoneTally: ReadonlyMap<number, number>;
}

/** Sets up what is counted: no more than what the fleet's declarations ask for. */
export function gaugesOf(capacity: Capacity): Gauges {
  let count = capacity.subsystems.length;
  const gauges: Gauge[] = [];
  const zoneTally = new Map<number, number>();
  const weights = capacity.groups.map((group) => ({ inService: ownWeights(group), out: [] as Weight[] }));
  const counter = (
    kind: 'inService' | 'out',
    groups: readonly GroupCapacity[],
    units: (group: GroupCapacity) => number,
  ) => {
    const tally = count++;
    for (const group of groups) weights[group.index]?.[kind].push({ tally, units: units(group) });
    return tally;
  };
  for (const subsystem of capacity.subsystems) {
    const own = { subsystem, zone: undefined, loss: undefined } as const;
    const { index, minimum, servedBy, survives, zonesAtOnce, rate } = subsystem;
    gauges.push({ ...own, rule: 'minimum', bound: minimum, linear: true, tally: index, read: (at) => at(index) });
    const asksZones = subsystem.zoneMinimums.length > 0 || survives.zones > 0 || zonesAtOnce !== undefined;
    const zones = byZone(asksZones ? servedBy.map(({ group }) => group) : []);
    const unitsIn = (group: GroupCapacity) => group.units[index] ?? 0;
    const inZone = new Map<string, number>();
    if (subsystem.zoneMinimums.length > 0 || survives.zones > 0) {
      for (const [zone, groups] of zones.named) inZone.set(zone, counter('inService', groups, unitsIn));
    }
    for (const { zone, minimum: bound } of subsystem.zoneMinimums) {
      const tally = inZone.get(zone);
      if (tally === undefined) continue;
      gauges.push({ ...own, rule: 'minimum', zone, bound, linear: true, tally, read: (at) => at(tally) });
    }
    if (survives.zones > 0) {
      const whole = [...inZone.values()];
      const single = byUnits(zones.none, unitsIn).map(([units, groups]) => ({
        units,
        tally: counter('inService', groups, () => 1),
      }));
      const read = (at: (tally: number) => number) =>
        at(index) -
        heaviest(
          [
            ...whole.map((tally) => [at(tally), 1] as const),
            ...single.map(({ units, tally }) => [units, at(tally)] as const),
          ],
          survives.zones,
        );
      gauges.push({ ...own, rule: 'redundancy', loss: 'zones', bound: minimum, linear: false, tally: undefined, read });
    }
    if (survives.hosts > 0) {
      const single = byUnits(
        servedBy.map(({ group }) => group),
        unitsIn,
      ).map(([units, groups]) => ({ units, tally: counter('inService', groups, () => 1) }));
      const read = (at: (tally: number) => number) =>
        at(index) -
        heaviest(
          single.map(({ units, tally }) => [units, at(tally)] as const),
          survives.hosts,
        );
      gauges.push({ ...own, rule: 'redundancy', loss: 'hosts', bound: minimum, linear: false, tally: undefined, read });
    }
    if (zonesAtOnce !== undefined) {
      const whole = zones.named.map(([, groups]) => counter('out', groups, () => 1));
      for (const tally of whole) zoneTally.set(tally, index);
      const single = zones.none.length === 0 ? undefined : counter('out', zones.none, () => 1);
      const read = (at: (tally: number) => number) =>
        -whole.reduce((sum, tally) => sum + (at(tally) > 0 ? 1 : 0), single === undefined ? 0 : at(single));
      gauges.push({ ...own, rule: 'zones', bound: -zonesAtOnce, linear: false, tally: undefined, read });
    }
    if (rate !== undefined) {
      gauges.push({ ...own, rule: 'rate', bound: -rate.limit, linear: true, tally: undefined, read: undefined });
    }
  }
  return { count, gauges, weights, zoneTally };
}

/** A group serves few of the subsystems of a large fleet. */
function ownWeights({ units }: GroupCapacity): Weight[] {
  const weights: Weight[] = [];
  for (let tally = 0; tally < units.length; tally++) {
    const own = units[tally] ?? 0;
    if (own > 0) weights.push({ tally, units: own });
  }
  return weights;
}

/** The tallies of the fleet that a gauge reads. */
export function talliesRead({ read }: Gauge): readonly number[] {
  const all = new Set<number>();
  read?.((index) => {
    all.add(index);
    return 0;
  });
  return [...all];
}

function byZone(groups: readonly GroupCapacity[]): {
  readonly named: readonly (readonly [string, readonly GroupCapacity[]])[];
  readonly none: readonly GroupCapacity[];
} {
  const named = new Map<string, GroupCapacity[]>();
  const none: GroupCapacity[] = [];
  for (const group of groups) {
    if (group.zone === undefined) none.push(group);
    else named.set(group.zone, [...(named.get(group.zone) ?? []), group]);
  }
  return { named: [...named], none };
}

function byUnits(
  groups: readonly GroupCapacity[],
  units: (group: GroupCapacity) => number,
): readonly (readonly [number, readonly GroupCapacity[]])[] {
  const found = new Map<number, GroupCapacity[]>();
  for (const group of groups) found.set(units(group), [...(found.get(units(group)) ?? []), group]);
  return [...found];
}

/** The sum of the `most` heaviest, of pairs of a weight and how many there are of it. */
function heaviest(pairs: (readonly [number, number])[], most: number): number {
  let sum = 0;
  let left = most;
  for (const [units, count] of pairs.sort((a, b) => b[0] - a[0])) {
    const lost = Math.min(left, count);
    sum += units * lost;
    left -= lost;
    if (left <= 0) break;
  }
  return sum;
}

/** Adds what a cell of a group brings to tallies of the whole fleet, `times` times. */
export function count(
  { weights }: Gauges,
  tally: number[],
  group: number | undefined,
  status: Status | undefined,
  times: number,
): void {
  const own = group === undefined ? undefined : weights[group];
  if (own === undefined || status === undefined) return;
  const add = (list: readonly Weight[], servers: number) => {
    if (servers !== 0) for (const { tally: at, units } of list) tally[at] = (tally[at] ?? 0) + times * units * servers;
  };
  add(own.inService, status.inService);
  if (own.out.length > 0) add(own.out, goneIn(status));
}
