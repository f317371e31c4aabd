import type { Seconds } from '../model/leaf.ts';
import { recent } from './elapse.ts';
import type { Leaving } from './factor.ts';
import { keyOf, type Status, settled } from './status.ts';
import type { LocalGauge, Scope, World } from './world.ts';

/**
 * One way in which a step may go: one world, one choice of servers, one order of changes.
 * Only the cells of the step's scope are followed; all other cells stay as they are. Immutable.
 */
export interface Path {
  readonly now: Seconds;
  /** By the position in the scope's cells. */
  readonly statuses: readonly Status[];
  /** The scope's tallies, with what the known cells outside of the scope bring. */
  readonly tally: readonly number[];
  readonly leavings: readonly Leaving[];
  /** Branches that go on beside one another may still enter what left at this time; undefined: nothing earlier than now will. */
  readonly horizon?: Seconds | undefined;
  /** Of the parts of the step that are under way, by their number. */
  readonly open: readonly Frame[];
  /** Of the parts that were carried out, by their number: the lowest value of each gauge. */
  readonly lows: readonly (readonly number[] | undefined)[];
}

/** What has become of the gauges since a part of the step began. */
export interface Frame {
  readonly part: number;
  readonly before: readonly number[];
  readonly low: readonly number[];
  readonly start: readonly Status[];
  /** By gauge: where the servers were when it was lowest. */
  readonly lowAt: readonly (readonly Status[])[];
}

/** A change of one cell: how many servers came into service, and how many are out for their zone in addition. */
export interface CellChange {
  readonly at: number;
  readonly status: Status;
  readonly inService: number;
  readonly gone: number;
}

/** What a rate that nothing left by reads. */
export const nothingLeft = Number.POSITIVE_INFINITY;

export function valuesOf({ gauges }: Scope, tally: readonly number[]): readonly number[] {
  return gauges.map((gauge) => (gauge.gauge.rule === 'rate' ? nothingLeft : gauge.value(tally)));
}

/** The path after some cells have changed at once. `left` says how many servers of each cell left service, at `at`. */
export function changed(
  world: World,
  scope: Scope,
  path: Path,
  changes: readonly CellChange[],
  left: readonly (readonly [position: number, servers: number])[],
  at: Seconds,
): Path {
  if (changes.length === 0 && left.length === 0) return path;
  const statuses = [...path.statuses];
  const tally = [...path.tally];
  for (const { at: cell, status, inService, gone } of changes) {
    statuses[cell] = status;
    const weights = scope.weights[cell];
    if (inService !== 0)
      for (const { tally: i, units } of weights?.inService ?? []) tally[i] = (tally[i] ?? 0) + units * inService;
    if (gone !== 0) for (const { tally: i, units } of weights?.out ?? []) tally[i] = (tally[i] ?? 0) + units * gone;
  }
  const leaving = scope.rates.length === 0 ? undefined : leavingOf(scope, left, at);
  const leavings = leaving === undefined ? path.leavings : withLeaving(world, path, leaving);
  return observed(scope, { ...path, statuses, tally, leavings }, leaving);
}

function leavingOf(scope: Scope, left: readonly (readonly [number, number])[], at: Seconds): Leaving | undefined {
  const units = new Map<number, number>();
  for (const [position, servers] of left) {
    if (servers === 0) continue;
    for (const [subsystem, each] of scope.rated[position] ?? [])
      units.set(subsystem, (units.get(subsystem) ?? 0) + each * servers);
  }
  return units.size === 0 ? undefined : { at, parts: [...units].sort((a, b) => a[0] - b[0]) };
}

/** Leavings are kept in the order of time; those at one moment are one. */
function withLeaving(world: World, { leavings, horizon }: Path, leaving: Leaving): readonly Leaving[] {
  const kept = recent(world, leavings, horizon ?? leaving.at);
  const same = kept.findIndex(({ at }) => at === leaving.at);
  const other = kept[same];
  if (other !== undefined) {
    const units = new Map(other.parts);
    for (const [subsystem, more] of leaving.parts) units.set(subsystem, (units.get(subsystem) ?? 0) + more);
    return kept.with(same, { at: leaving.at, parts: [...units].sort((a, b) => a[0] - b[0]) });
  }
  const last = kept.at(-1);
  return last === undefined || last.at < leaving.at
    ? [...kept, leaving]
    : [...kept, leaving].sort((a, b) => a.at - b.at);
}

/** Notes in every part that is under way what the gauges read now. */
function observed(scope: Scope, path: Path, leaving: Leaving | undefined): Path {
  if (path.open.length === 0) return path;
  const values = scope.gauges.map((gauge) =>
    gauge.gauge.rule === 'rate' ? rateOf(gauge, path.leavings, leaving) : gauge.value(path.tally),
  );
  const open = path.open.map((frame) => {
    if (values.every((value, i) => value >= (frame.low[i] ?? 0))) return frame;
    const low = values.map((value, i) => Math.min(value, frame.low[i] ?? value));
    const lowAt = values.map((value, i) =>
      value < (frame.low[i] ?? value) ? path.statuses : (frame.lowAt[i] ?? path.statuses),
    );
    return { ...frame, low, lowAt };
  });
  return { ...path, open };
}

/** The most that any window which holds this leaving holds, as a negative number (SPEC §5.6). */
function rateOf({ gauge }: LocalGauge, leavings: readonly Leaving[], leaving: Leaving | undefined): number {
  const { index, rate } = gauge.subsystem;
  if (leaving === undefined || rate === undefined || !leaving.parts.some(([subsystem]) => subsystem === index))
    return nothingLeft;
  let most = 0;
  for (const { at: end } of leavings) {
    if (end < leaving.at || end - leaving.at >= rate.window) continue;
    let sum = 0;
    for (const { at, parts } of leavings) {
      if (at > end || end - at >= rate.window) continue;
      for (const [subsystem, units] of parts) if (subsystem === index) sum += units;
    }
    most = Math.max(most, sum);
  }
  return -most;
}

/** Time passes, and what has warmed up is in service. The clock never goes back. */
export function waited(scope: Scope, path: Path, now: Seconds): Path {
  if (now <= path.now) return path;
  let { statuses, tally } = path;
  for (const [at, status] of path.statuses.entries()) {
    const warm = settled(status, now);
    if (warm === status) continue;
    if (statuses === path.statuses) {
      statuses = [...path.statuses];
      tally = [...path.tally];
    }
    (statuses as Status[])[at] = warm;
    const weights = scope.weights[at];
    const values = tally as number[];
    const gained = warm.inService - status.inService;
    for (const { tally: i, units } of weights?.inService ?? []) values[i] = (values[i] ?? 0) + units * gained;
    const returned = returnedIn(status) - returnedIn(warm);
    for (const { tally: i, units } of weights?.out ?? []) values[i] = (values[i] ?? 0) - units * returned;
  }
  return { ...path, now, statuses, tally };
}

function returnedIn({ warming }: Status): number {
  return warming.reduce((sum, { count, returned }) => sum + (returned ? count : 0), 0);
}

/** A part of the step begins. */
export function begun(scope: Scope, path: Path, part: number): Path {
  const before = valuesOf(scope, path.tally);
  const frame: Frame = { part, before, low: before, start: path.statuses, lowAt: before.map(() => path.statuses) };
  return { ...path, open: [...path.open, frame] };
}

/** A part of the step is over: its lowest values are remembered. */
export function ended(path: Path, part: number): { readonly path: Path; readonly frame: Frame | undefined } {
  const frame = path.open.findLast((one) => one.part === part);
  if (frame === undefined) return { path, frame };
  const lows = [...path.lows];
  const known = lows[part];
  lows[part] = known === undefined ? frame.low : known.map((low, i) => Math.min(low, frame.low[i] ?? low));
  return { path: { ...path, lows, open: path.open.filter((one) => one !== frame) }, frame };
}

/** Two paths with the same key are the same from now on, and have been equally bad. */
export function pathKey({ now, statuses, leavings, open, lows }: Path, clock: Seconds): string {
  let key = `${now - clock}#`;
  for (const status of statuses) key += `${keyOf(status, now)};`;
  for (const { at, parts } of leavings) key += `|${now - at}:${parts.join(' ')}`;
  for (const { part, before, low } of open) key += `\n${part}:${before.join()}:${low.join()}`;
  for (const low of lows) key += `\t${low?.join() ?? ''}`;
  return key;
}
