import { type Bound, type Case, everyStep, type PlainRemoval, type PlainSubsystem, percentOf, sizeOf } from './case.ts';
import { canMeet } from './hours.ts';
import { grouped, sum } from './lists.ts';
import type { Mistake } from './mistake.ts';
import { stepOf } from './tasks.ts';
import type { Kind, Server } from './world.ts';

/** A figure that a rule watches: the lower the worse, and below the bound the rule is broken. */
export interface Gauge {
  readonly rule: 'below-minimum' | 'redundancy-lost' | 'zones-at-once';
  readonly subsystem: number;
  readonly bound: number;
  /** Of a zone's own minimum. */
  readonly zone?: string;
  readonly read: (servers: readonly Server[]) => number;
}

/** How much of a subsystem may leave within a time. */
export interface Limit {
  readonly units: number;
  /** In seconds. */
  readonly window: number;
}

/** Everything of a case that stays as it is. */
export interface Facts {
  readonly kinds: readonly Kind[];
  /** Of the steps that have an id: their paths, and the ids. */
  readonly ids: readonly (readonly [path: string, id: string])[];
  readonly subsystems: readonly PlainSubsystem[];
  /** The first ones are the units in service of each subsystem, in the fleet's order. */
  readonly gauges: readonly Gauge[];
  /** By subsystem. */
  readonly limits: readonly (Limit | undefined)[];
  readonly mistake: Mistake | undefined;
}

export function factsOf({ fleet, steps, window }: Case, kinds: readonly Kind[], mistake?: Mistake): Facts {
  const { subsystems, groups } = fleet;
  const gauges: Gauge[] = [];
  const watch = (
    rule: Gauge['rule'],
    subsystem: number,
    bound: number,
    read: (servers: readonly Server[]) => number,
    zone?: string,
  ) => gauges.push({ rule, subsystem, bound, read, ...(zone === undefined ? {} : { zone }) });
  const full = subsystems.map(({ name }) => sum(groups.map((group) => sizeOf(group) * (group.serves[name] ?? 0))));
  const more = mistake === 'off by one' ? 1 : 0;
  const minimums = subsystems.map(({ minimum }, s) => {
    const applying = minimum.filter(({ during }) => !window || !during || canMeet(window, during));
    return Math.max(0, ...applying.map(({ value }) => atLeast(value, full[s] ?? 0))) + more;
  });

  for (const [s, { name }] of subsystems.entries())
    watch('below-minimum', s, minimums[s] ?? 0, (servers) => sum(inService(servers).map((one) => unitsOf(one, name))));

  for (const [s, { name, minimumPerZone, survives, removal }] of subsystems.entries()) {
    const zones = new Set(
      groups.flatMap((group) => (group.zone && name in group.serves && sizeOf(group) > 0 ? [group.zone] : [])),
    );
    for (const zone of minimumPerZone ? zones : []) {
      const there = groups.filter((group) => group.zone === zone);
      const own = sum(there.map((group) => sizeOf(group) * (group.serves[name] ?? 0)));
      watch(
        'below-minimum',
        s,
        atLeast(minimumPerZone ?? { units: 0 }, own),
        (servers) => {
          const left = inService(servers).filter(({ kind }) => kind.group.zone === zone);
          return sum(left.map((one) => unitsOf(one, name)));
        },
        zone,
      );
    }
    const { hosts, zones: lost } = survives ?? {};
    if (hosts !== undefined)
      watch('redundancy-lost', s, minimums[s] ?? 0, (servers) => {
        const units = inService(servers).map((one) => unitsOf(one, name));
        return sum(units) - sum(heaviest(units, hosts));
      });
    if (lost !== undefined)
      watch('redundancy-lost', s, minimums[s] ?? 0, (servers) => {
        const units = byZone(inService(servers)).map((zone) => sum(zone.map((one) => unitsOf(one, name))));
        return sum(units) - sum(heaviest(units, lost));
      });
    const atOnce = removal?.zonesAtOnce ?? fleet.removal?.zonesAtOnce;
    if (atOnce !== undefined)
      // The more zones the worse, so both are negative.
      watch('zones-at-once', s, -atOnce, (servers) => {
        const gone = servers.filter((one) => isOut(one) && unitsOf(one, name) > 0);
        return -byZone(gone).length;
      });
  }
  return {
    kinds,
    ids: everyStep(steps).flatMap(({ path, step: { id } }) => (id === undefined ? [] : [[path, id] as const])),
    mistake,
    subsystems,
    gauges,
    limits: subsystems.map((one, s) => limitOf(one.removal, fleet.removal, full[s] ?? 0)),
  };
}

/** The ids of the step of a change, and of the steps that it is in. */
export function idsAround({ ids }: Facts, change: string): readonly string[] {
  const step = stepOf(change);
  return ids.flatMap(([path, id]) => (step === path || step.startsWith(`${path}.`) ? [id] : []));
}

function limitOf(own: PlainRemoval | undefined, all: PlainRemoval | undefined, full: number): Limit | undefined {
  const { limit, window } = own?.limit === undefined ? (all ?? {}) : own;
  if (limit === undefined || window === undefined) return undefined;
  return { units: 'units' in limit ? limit.units : percentOf(limit.percent, full).down, window };
}

function atLeast(bound: Bound, full: number): number {
  return 'units' in bound ? bound.units : percentOf(bound.percent, full).up;
}

export function unitsOf({ kind }: Server, subsystem: string): number {
  return kind.group.serves[subsystem] ?? 0;
}

function inService(servers: readonly Server[]): readonly Server[] {
  return servers.filter(({ state }) => state.is === 'in');
}

/** Out because of this runbook, and not in service again yet. */
function isOut({ state }: Server): boolean {
  return state.is === 'out' || state.is === 'held' || (state.is === 'warming' && state.returned);
}

/** A server without a zone is a zone of its own. */
function byZone(servers: readonly Server[]): readonly (readonly Server[])[] {
  return grouped(servers, (one) => one.kind.group.zone ?? one);
}

function heaviest(units: readonly number[], count: number): readonly number[] {
  return units.toSorted((a, b) => b - a).slice(0, count);
}
