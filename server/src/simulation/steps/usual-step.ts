import type { Seconds } from '../../model/leaf.ts';
import { noFindings } from '../judgement/judge.ts';
import type { ActionOutcome } from '../outcome.ts';
import { serversOf } from '../paths/changes.ts';
import type { Plan, Task } from '../plan/plan.ts';
import type { Belief, Branch } from '../worlds/belief.ts';
import { recounted } from '../worlds/factor.ts';
import { bringBack, outIn, type Status, takeOut } from '../worlds/status.ts';
import type { Scope, World } from '../worlds/world.ts';
import { plainOutcome } from './step-outcome.ts';

/** What a usual step leads to. */
export interface Usual {
  readonly after: Belief;
  readonly actions: readonly ActionOutcome[];
}

/**
 * The usual step at little cost: servers of one cell go or come back, before or after a pause, everything is known, nothing else is a matter of time, and no rule is broken.
 * Undefined where the step is another; then all paths are followed.
 */
export function usually(world: World, belief: Belief, { root }: Plan): Usual | undefined {
  const [branch] = belief.branches;
  if (branch === undefined || belief.branches.length > 1 || !isPlainlyKnown(branch)) return undefined;
  if (root.inner.length > 0 || root.input.step.when !== undefined) return undefined;
  const [task, another] = root.tasks.filter((one) => !isPause(one));
  if (task === undefined || another !== undefined || !isUsual(task)) return undefined;
  const changed = changedBy(world, branch, task);
  if (changed === undefined) return undefined;
  const now = branch.now + root.takes + pausesIn(root.tasks);
  return {
    after: { branches: [{ ...changed.branch, now }] },
    actions: root.tasks.map((one) => (one === task ? changed.action : plainOutcome(one.action))),
  };
}

function isPause({ still, action }: Task): boolean {
  return still === undefined && action.effect === 'wait' && action.maybe === undefined;
}

function pausesIn(tasks: readonly Task[]): Seconds {
  return tasks.reduce((sum, one) => (isPause(one) ? sum + one.action.seconds : sum), 0);
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
  if (status === undefined || scope.rates.length > 0) return undefined;
  const isBack = task.action.effect === 'restore';
  if (isBack && (scope.warmup[0] ?? 0) > 0) return undefined;
  const change = isBack ? returned(task, status) : gone(task, status);
  if (change === undefined) return undefined;
  const { count, next } = change;
  const tally = recounted(world, branch.tally, cell, status, next);
  if (!isBack && breaksAny(scope, branch.tally, tally)) return undefined;
  const known = branch.known.set(cell, next);
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
  return { branch: { ...branch, known, tally }, action };
}

const nothing: readonly never[] = [];

function isUsual({ still, action }: Task): boolean {
  const { effect, maybe, atMost, batch, mayBeEmpty } = action;
  if (still !== undefined || maybe !== undefined || atMost === true) return false;
  if (batch !== undefined || mayBeEmpty !== undefined) return false;
  return effect === 'remove' || effect === 'restore';
}

function isPlainlyKnown({ factors, open, timed, leavings, echoes }: Branch): boolean {
  return factors.length + open.length + timed.length + leavings.length + echoes.length === 0;
}

interface Change {
  readonly count: number;
  readonly next: Status;
}

function gone({ action, origin }: Task, status: Status): Change | undefined {
  const count = serversOf(action.amount?.value, status.inService);
  return count === 0 || count > status.inService ? undefined : { count, next: takeOut(status, count, origin) };
}

function returned({ action: { restores, amount } }: Task, status: Status): Change | undefined {
  const [out, other] = status.outs;
  if (out === undefined || other !== undefined) return undefined;
  if (restores !== undefined && !out.origin.split('\n').includes(restores.value)) return undefined;
  const there = outIn(status);
  const count = restores === undefined ? Math.min(there, serversOf(amount?.value, there)) : there;
  return count === 0 ? undefined : { count, next: bringBack(status, out.origin, count, undefined) };
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
