import type { Seconds } from '../../model/leaf.ts';
import { noFindings } from '../judgement/judge.ts';
import type { ActionOutcome, Figures } from '../outcome.ts';
import { serversOf } from '../paths/changes.ts';
import { rateOf } from '../paths/path.ts';
import type { Plan, Task } from '../plan/plan.ts';
import type { Belief, Branch } from '../worlds/belief.ts';
import { later, recent } from '../worlds/elapse.ts';
import { recounted } from '../worlds/factor.ts';
import { withLeaving } from '../worlds/leavings.ts';
import { isKnown } from '../worlds/same.ts';
import { bringBack, outIn, type Status, takeOut } from '../worlds/status.ts';
import type { Scope, World } from '../worlds/world.ts';
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
export function usually(world: World, belief: Belief, { root }: Plan): Usual | undefined {
  const [branch] = belief.branches;
  const task = root.tasks.find(({ still }) => still === undefined);
  if (branch === undefined || task === undefined || belief.branches.length > 1 || !isKnown(branch)) return undefined;
  if (root.inner.length > 0 || root.input.step.when !== undefined) return undefined;
  if (!isUsual(task) || !root.tasks.every((one) => one === task || isPause(one) || isIdle(one))) return undefined;
  const changed = changedBy(world, branch, task);
  if (changed === undefined) return undefined;
  const seconds = root.takes + pausesIn(root.tasks);
  const end = seconds === 0 ? changed.branch : later(world, changed.branch, branch.now + seconds);
  return {
    after: { branches: [end] },
    actions: root.tasks.map((one) => (one === task ? changed.action : { ...plainOutcome(one.action), ...one.still })),
    levels: end.tally === changed.branch.tally ? undefined : levelsOf(world, branch, changed.branch, end),
  };
}

function isPause({ still, action }: Task): boolean {
  return still === undefined && action.effect === 'wait' && action.maybe === undefined;
}

/** It changes nothing, and nothing is unclear about it. */
function isIdle({ still, action }: Task): boolean {
  if (still === undefined || still.obstacle !== undefined || action.mayBeEmpty !== undefined) return false;
  return (still.unknown ?? nothing).length === 0;
}

function pausesIn(tasks: readonly Task[]): Seconds {
  return tasks.reduce((sum, one) => (isPause(one) ? sum + one.action.seconds : sum), 0);
}

/** Units before the step, after its change and when it is over: what is warm meanwhile only adds to them. */
function levelsOf({ capacity }: World, from: Branch, changed: Branch, end: Branch): readonly Level[] {
  return capacity.subsystems.map(({ index }) => {
    const before = unitsOf(index, from);
    return { subsystem: index, before, low: lower(before, unitsOf(index, changed)), after: unitsOf(index, end) };
  });
}

function unitsOf(subsystem: number, { tally }: Branch): Figures {
  const units = tally[subsystem] ?? 0;
  return { worst: units, best: units };
}

interface Changed {
  readonly branch: Branch;
  readonly action: ActionOutcome;
}

function changedBy(world: World, branch: Branch, task: Task): Changed | undefined {
  const [cell, another] = task.pool.cells;
  if (cell === undefined || another !== undefined) return undefined;
  const scope = world.scopeOf(task.pool);
  const status = branch.known.at(cell);
  if (status === undefined) return undefined;
  const isBack = task.action.effect === 'restore';
  const warmup = scope.warmup[0] ?? 0;
  const change = isBack ? returned(task, status, warmup > 0 ? branch.now + warmup : undefined) : gone(task, status);
  if (change === undefined) return undefined;
  const { count, next } = change;
  const tally = recounted(world, branch.tally, cell, status, next);
  if (!isBack && breaksAny(scope, branch.tally, tally)) return undefined;
  const leavings = isBack ? branch.leavings : leavingsWith(world, scope, branch, count);
  if (leavings === undefined) return undefined;
  const known = branch.known.set(cell, next);
  const isTimed = next.warming.length > 0 && !branch.timed.includes(cell);
  const timed = isTimed ? [...branch.timed, cell] : branch.timed;
  const { size = 0 } = world.cells.cells[cell] ?? {};
  const action: ActionOutcome = {
    action: task.action,
    breaches: noFindings.breaches,
    certain: noFindings.certain,
    rates: noFindings.rates,
    redundancy: noFindings.redundancy,
    zones: noFindings.zones,
    target: task.action.restores === undefined ? task.selection.names : [task.action.restores.value],
    count: { least: count, most: count },
    exceeds: undefined,
    touches: isBack ? nothing : scope.names,
    idle: undefined,
    alreadyOut: task.isNamed && !isBack ? size - status.inService : 0,
    unknown: nothing,
    obstacle: undefined,
  };
  return { branch: { ...branch, known, tally, timed, leavings }, action };
}

const nothing: readonly never[] = [];

function isUsual({ still, action }: Task): boolean {
  const { effect, maybe, atMost, batch, mayBeEmpty } = action;
  if (still !== undefined || maybe !== undefined || atMost === true) return false;
  if (batch !== undefined || mayBeEmpty !== undefined) return false;
  return effect === 'remove' || effect === 'restore';
}

/** What left not long ago, and now these servers; undefined where so much has left within a window that a rate is broken. */
function leavingsWith(world: World, scope: Scope, branch: Branch, count: number): Branch['leavings'] | undefined {
  const { now } = branch;
  const parts = (scope.rated[0] ?? nothing).map(([subsystem, units]) => [subsystem, units * count] as const);
  if (parts.length === 0) return branch.leavings;
  const leaving = { at: now, parts };
  const leavings = withLeaving(recent(world, branch.leavings, now), leaving);
  return scope.rates.some((rate) => rateOf(rate, leavings, leaving) < rate.gauge.bound) ? undefined : leavings;
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
  const [out, other] = status.outs;
  if (out === undefined || other !== undefined) return undefined;
  if (restores !== undefined && !out.origin.split('\n').includes(restores.value)) return undefined;
  const there = outIn(status);
  const count = restores === undefined ? Math.min(there, serversOf(amount?.value, there)) : there;
  return count === 0 ? undefined : { count, next: bringBack(status, out.origin, count, ready) };
}

/** Whether a gauge is lowered below its bound, or further below; of a zone also whether it has no more than its bound left. */
function breaksAny({ levels, tallies }: Scope, before: readonly number[], after: readonly number[]): boolean {
  let local: { readonly before: readonly number[]; readonly after: readonly number[] } | undefined;
  for (const { gauge, value } of levels) {
    if (gauge.tally !== undefined) {
      const left = after[gauge.tally] ?? 0;
      const bare = gauge.zone === undefined ? gauge.bound : gauge.bound + 1;
      if (left < bare && left < (before[gauge.tally] ?? 0)) return true;
      continue;
    }
    const own = (tally: readonly number[]) => tallies.map((index) => tally[index] ?? 0);
    local ??= { before: own(before), after: own(after) };
    const left = value(local.after);
    const bare = gauge.zone === undefined ? gauge.bound : gauge.bound + 1;
    if (left < bare && left < value(local.before)) return true;
  }
  return false;
}
