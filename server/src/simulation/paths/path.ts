import type { Seconds } from '../../model/leaf.ts';
import { recent } from '../worlds/elapse.ts';
import type { Leaving } from '../worlds/factor.ts';
import { withLeaving } from '../worlds/leavings.ts';
import { keyOf, type Status, settled } from '../worlds/status.ts';
import type { Gauge } from '../worlds/tallies.ts';
import type { Scope, World } from '../worlds/world.ts';
import { type Fall, lowerFall } from './fall.ts';
import { seen, type Watch } from './watch.ts';

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
  /** Parts that the present change is a change of; to the others that are under way, what leaves with it is somebody else's haste. */
  readonly acting: readonly number[];
  /** Of the parts inside of a `repeat` that have begun, by their number: how low the gauges went in all rounds so far, on the best way. */
  readonly lows: readonly (readonly number[] | undefined)[];
  /** What has to be followed exactly, where ranges do not suffice. */
  readonly watch?: Watch | undefined;
}

/** What has become of the gauges since a part of the step began. */
export interface Frame {
  readonly part: number;
  /** How low each gauge went: on the worst and on the best of the ways that lead to the same. */
  readonly worst: readonly number[];
  readonly best: readonly number[];
  /** On the worst way of each gauge: where the servers were before, and when it was lowest. */
  readonly before: readonly number[];
  /** How high each gauge was before, on the way on which it was highest. */
  readonly high: readonly number[];
  /** Of the ways on which each gauge went lower than it was before, the lowest. */
  readonly falls: readonly (Fall | undefined)[];
  /** Of the ways on which each gauge has not gone lower than it was before: how low that was. */
  readonly stays: readonly (number | undefined)[];
  readonly start: readonly Status[];
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
  const leavings =
    leaving === undefined ? path.leavings : withLeaving(recent(world, path.leavings, path.horizon ?? at), leaving);
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

/** Notes in every part that is under way what the gauges read now. */
function observed(scope: Scope, path: Path, leaving: Leaving | undefined): Path {
  if (path.open.length === 0) return path;
  const values = scope.gauges.map((gauge) =>
    gauge.gauge.rule === 'rate' ? rateOf(gauge.gauge, path.leavings, leaving) : gauge.value(path.tally),
  );
  const levels = leaving === undefined ? values : withoutRates(scope, values);
  const valuesFor = (part: number) => (path.acting.includes(part) ? values : levels);
  const open = path.open.map((frame) => lowered(frame, valuesFor(frame.part), path.statuses));
  let { lows } = path;
  for (const { part } of open) {
    const low = lows[part];
    if (low !== undefined) lows = lows.with(part, lowerOf(low, valuesFor(part)));
  }
  return { ...path, open, lows, watch: seen(path.watch, open, valuesFor(path.watch?.part ?? -1)) };
}

function withoutRates({ gauges }: Scope, values: readonly number[]): readonly number[] {
  return values.map((value, i) => (gauges[i]?.gauge.rule === 'rate' ? nothingLeft : value));
}

function lowered(frame: Frame, values: readonly number[], statuses: readonly Status[]): Frame {
  const isWorse = values.some((value, i) => value < (frame.worst[i] ?? value));
  if (!isWorse && values.every((value, i) => value >= (frame.best[i] ?? value))) return frame;
  const best = lowerOf(frame.best, values);
  const falls = fallen(frame, values);
  const stays = frame.stays.map((before, i) =>
    before !== undefined && (values[i] ?? 0) < before ? undefined : before,
  );
  if (!isWorse) return { ...frame, best, falls, stays };
  const lowAt = frame.lowAt.map((at, i) => ((values[i] ?? 0) < (frame.worst[i] ?? 0) ? statuses : at));
  return { ...frame, worst: lowerOf(frame.worst, values), best, falls, stays, lowAt };
}

function fallen({ high, falls }: Frame, values: readonly number[]): Frame['falls'] {
  let all: (Fall | undefined)[] | undefined;
  for (const [i, to] of values.entries()) {
    const [from = to, known] = [high[i], falls[i]];
    if (to >= from || (known !== undefined && to >= known.to)) continue;
    all ??= [...falls];
    all[i] = { from, to };
  }
  return all ?? falls;
}

/** The most that any window which holds this leaving holds, as a negative number (docs/simulation.md §6). */
export function rateOf({ subsystem }: Gauge, leavings: readonly Leaving[], leaving: Leaving | undefined): number {
  const { index, rate } = subsystem;
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

/** A part of the step begins. Where it is kept, the path remembers how low it goes in all of its rounds. */
export function begun(scope: Scope, path: Path, part: number, isKept: boolean): Path {
  const before = valuesOf(scope, path.tally);
  const lowAt = before.map(() => path.statuses);
  const frame: Frame = {
    ...{ part, before, worst: before, best: before, high: before },
    falls: before.map(() => undefined),
    stays: before,
    start: path.statuses,
    lowAt,
  };
  const open = [...path.open, frame].sort((a, b) => a.part - b.part);
  let { lows } = path;
  if (isKept) {
    const all = [...lows];
    all[part] = lowerOf(all[part] ?? before, before);
    lows = all;
  }
  const watch = path.watch?.part === part ? { ...path.watch, from: undefined } : path.watch;
  return { ...path, open, lows, watch: seen(watch, open, before) };
}

/** A part of the step is over. */
export function ended(path: Path, part: number): { readonly path: Path; readonly frame: Frame | undefined } {
  const frame = path.open.findLast((one) => one.part === part);
  if (frame === undefined) return { path, frame };
  return { path: { ...path, open: path.open.filter((one) => one !== frame) }, frame };
}

function lowerOf(a: readonly number[], b: readonly number[]): readonly number[] {
  return a.map((value, i) => Math.min(value, b[i] ?? value));
}

/** Two paths with the same key are the same from now on. */
export function pathKey({ now, statuses, leavings, open, lows, watch }: Path, clock: Seconds): string {
  let key = `${now - clock}#`;
  for (const status of statuses) key += `${keyOf(status, now)};`;
  for (const { at, parts } of leavings) key += `|${now - at}:${parts.join(' ')}`;
  for (const { part } of open) key += `/${part}`;
  for (const [part, low] of lows.entries()) if (low !== undefined) key += `,${part}`;
  return watch?.low === undefined ? key : `${key}!${watch.from?.join()}!${watch.low.join()}`;
}

/** What two paths with the same key have in common: between the worst and the best of both. */
export function together(a: Path, b: Path): Path {
  if (a === b) return a;
  const open = a.open.map((frame, i) => framesTogether(frame, b.open[i] ?? frame));
  const lows = a.lows.map((low, i) => {
    const other = b.lows[i];
    return low === undefined || other === undefined ? (low ?? other) : higherOf(low, other);
  });
  return { ...a, open, lows };
}

function higherOf(a: readonly number[], b: readonly number[]): readonly number[] {
  return a.map((value, i) => Math.max(value, b[i] ?? value));
}

function framesTogether(a: Frame, b: Frame): Frame {
  const isWorse = (i: number) => (b.worst[i] ?? 0) < (a.worst[i] ?? 0);
  return {
    ...a,
    worst: lowerOf(a.worst, b.worst),
    best: higherOf(a.best, b.best),
    before: a.before.map((value, i) => (isWorse(i) ? (b.before[i] ?? value) : value)),
    high: higherOf(a.high, b.high),
    falls: a.falls.map((fall, i) => lowerFall(fall, b.falls[i])),
    stays: a.stays.map((one, i) => lowest(one, b.stays[i])),
    lowAt: a.lowAt.map((at, i) => (isWorse(i) ? (b.lowAt[i] ?? at) : at)),
  };
}

function lowest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

/** Everything by which two paths may differ in what was seen of them. */
export function seenKey({ open, lows }: Path): string {
  const frames = open.map(
    ({ worst, best, falls, stays }) =>
      `${worst.join()}:${best.join()}:${falls.map((fall) => fall?.to).join()}:${stays.join()}`,
  );
  return `${frames.join('/')} ${lows.map((low) => low?.join()).join('/')}`;
}
