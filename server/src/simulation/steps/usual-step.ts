import type { Action } from '../../commands/action.ts';
import type { Seconds } from '../../model/leaf.ts';
import { noFindings } from '../judgement/findings.ts';
import type { ActionOutcome, Figures } from '../outcome.ts';
import { serversOf } from '../paths/amounts.ts';
import { rateOf } from '../paths/path.ts';
import { type Surroundings, tasksOf } from '../plan/plan.ts';
import type { StepToSimulate, Task } from '../plan/task.ts';
import type { Belief, Branch } from '../worlds/belief.ts';
import { later, recent } from '../worlds/elapse.ts';
import { recounted } from '../worlds/factor.ts';
import { withLeaving } from '../worlds/leavings.ts';
import { isKnown } from '../worlds/same.ts';
import { bringBack, type Status, takeOut } from '../worlds/status.ts';
import type { Gauge } from '../worlds/tallies.ts';
import type { Tally } from '../worlds/tally.ts';
import type { Served, World } from '../worlds/world.ts';
import { type Level, lower, plainOutcome } from './step-outcome.ts';

/** What a usual step leads to. */
export interface Usual {
  readonly after: Belief;
  readonly actions: readonly ActionOutcome[];
  /** Where what came back before was warm before the step was over; undefined: the lowest is the lower of before and after. */
  readonly levels: readonly Level[] | undefined;
}

/**
 * The usual step at little cost: servers of one cell go or come back, then there may be a pause, everything is known, and no rule is broken.
 * Undefined where the step is another; then all paths are followed.
 */
export function usually(around: Surroundings, belief: Belief, input: StepToSimulate): Usual | undefined {
  const { world } = around;
  const { step, actions, inner } = input;
  const branch = belief.branches[0];
  if (branch === undefined || belief.branches.length > 1 || !isKnown(branch)) return undefined;
  if (inner.length > 0 || step.when !== undefined || !actions.every(isCandidate)) return undefined;
  const tasks = tasksOf(around, input);
  let task: Task | undefined;
  let waits = 0;
  for (let i = 0; i < tasks.length; i++) {
    const one = tasks[i];
    if (one === undefined) continue;
    if (task !== undefined && isPause(one)) waits += one.action.seconds;
    else if (task === undefined && isUsual(one)) task = one;
    else if (!isIdle(one)) return undefined;
  }
  const changed = task && changedBy(world, branch, task);
  if (changed === undefined) return undefined;
  const seconds = Math.max(step.takes?.value ?? 0, waits);
  const end = seconds === 0 ? changed.branch : later(world, changed.branch, branch.now + seconds);
  return {
    after: { branches: [end] },
    actions:
      tasks.length === 1
        ? [changed.action]
        : tasks.map((one) => (one === task ? changed.action : { ...plainOutcome(one.action), ...one.still })),
    levels: end.tally === changed.branch.tally ? undefined : levelsOf(world, branch, changed.branch, end),
  };
}

/** What batch by batch takes its time is no usual step. */
function isCandidate({ effect }: Action): boolean {
  return effect !== 'restart' && effect !== 'replace' && effect !== 'scale-to' && effect !== 'add';
}

function isPause({ still, action }: Task): boolean {
  return still === undefined && action.effect === 'wait' && action.maybe === undefined;
}

/** It changes nothing, and nothing is unclear about it. */
function isIdle({ still, action }: Task): boolean {
  if (still === undefined || still.obstacle !== undefined || action.mayBeEmpty !== undefined) return false;
  return (still.unknown ?? nothing).length === 0;
}

/** Units before the step, after its change and when it is over: what is warm meanwhile only adds to them. */
function levelsOf({ capacity }: World, from: Branch, changed: Branch, end: Branch): readonly Level[] {
  return capacity.subsystems.map(({ index }) => {
    const before = unitsOf(index, from);
    return { subsystem: index, before, low: lower(before, unitsOf(index, changed)), after: unitsOf(index, end) };
  });
}

function unitsOf(subsystem: number, { tally }: Branch): Figures {
  const units = tally.at(subsystem);
  return { worst: units, best: units };
}

interface Changed {
  readonly branch: Branch;
  readonly action: ActionOutcome;
}

function changedBy(world: World, branch: Branch, task: Task): Changed | undefined {
  const { cells } = task.pool;
  const cell = cells[0];
  const { group, size = 0 } = world.cells.cells[cell ?? -1] ?? {};
  const status = cell === undefined ? undefined : branch.known.at(cell);
  if (cell === undefined || cells.length > 1 || group === undefined || status === undefined) return undefined;
  const served = world.servedBy(group);
  const { action, isNamed } = task;
  const isBack = action.effect === 'restore';
  const change = isBack
    ? returned(task, status, group.warmup > 0 ? branch.now + group.warmup : undefined)
    : gone(task, status);
  if (change === undefined) return undefined;
  const { count, next } = change;
  const tally = recounted(world, branch.tally, cell, status, next);
  if (!isBack && breaksAny(served.levels, branch.tally, tally)) return undefined;
  const leavings = isBack ? branch.leavings : leavingsWith(world, served, branch, count);
  if (leavings === undefined) return undefined;
  const isTimed = next.warming.length > 0 && !branch.timed.includes(cell);
  return {
    branch: {
      now: branch.now,
      known: branch.known.set(cell, next),
      tally,
      leavings,
      timed: isTimed ? [...branch.timed, cell] : branch.timed,
      factors: branch.factors,
      open: branch.open,
      echoes: branch.echoes,
    },
    action: {
      action,
      count: { least: count, most: count },
      target: action.restores === undefined ? task.selection.names : [action.restores.value],
      breaches: noFindings.breaches,
      certain: noFindings.certain,
      rates: noFindings.rates,
      redundancy: noFindings.redundancy,
      zones: noFindings.zones,
      exceeds: undefined,
      touches: isBack ? nothing : served.subsystems,
      idle: undefined,
      alreadyOut: isNamed && !isBack ? size - status.inService : 0,
      unknown: nothing,
      obstacle: undefined,
    },
  };
}

const nothing: readonly never[] = [];

function isUsual({ still, action }: Task): boolean {
  const { effect, maybe, atMost, batch, mayBeEmpty } = action;
  if (still !== undefined || maybe !== undefined || atMost === true) return false;
  if (batch !== undefined || mayBeEmpty !== undefined) return false;
  return effect === 'remove' || effect === 'restore';
}

/** What left not long ago, and now these servers; undefined where so much has left within a window that a rate is broken. */
function leavingsWith(world: World, { rates, rated }: Served, branch: Branch, count: number) {
  const { now } = branch;
  if (rated.length === 0) return branch.leavings;
  const leaving = { at: now, parts: rated.map(([subsystem, units]) => [subsystem, units * count] as const) };
  const leavings = withLeaving(recent(world, branch.leavings, now), leaving);
  return rates.some((rate) => rateOf(rate, leavings, leaving) < rate.bound) ? undefined : leavings;
}

interface Change {
  readonly count: number;
  readonly next: Status;
}

function gone({ action, origin, isNamed }: Task, status: Status): Change | undefined {
  if (isNamed && status.warming.length > 0) return undefined;
  const count = serversOf(action.amount?.value, status.inService);
  return count === 0 || count > status.inService ? undefined : { count, next: takeOut(status, count, origin) };
}

function returned(
  { action: { restores, amount } }: Task,
  status: Status,
  ready: Seconds | undefined,
): Change | undefined {
  const out = status.outs[0];
  if (out === undefined || status.outs.length > 1) return undefined;
  if (restores !== undefined && !out.origin.split('\n').includes(restores.value)) return undefined;
  const there = out.count;
  const count = restores === undefined ? Math.min(there, serversOf(amount?.value, there)) : there;
  return count === 0 ? undefined : { count, next: bringBack(status, out.origin, count, ready) };
}

/** Whether a gauge is lowered below its bound, or further below; of a zone also whether it has no more than its bound left. */
function breaksAny(levels: readonly Gauge[], before: Tally, after: Tally): boolean {
  for (const gauge of levels) {
    const bare = gauge.zone === undefined ? gauge.bound : gauge.bound + 1;
    const left = readIn(after, gauge);
    if (left < bare && left < readIn(before, gauge)) return true;
  }
  return false;
}

function readIn(all: Tally, { tally, read }: Gauge): number {
  return (tally === undefined ? read?.((index) => all.at(index)) : all.at(tally)) ?? 0;
}
