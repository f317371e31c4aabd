import { areAlike } from '../paths/rolling.ts';
import { copiesFor, sharedIn } from '../plan/copies.ts';
import type { Plan } from '../plan/plan.ts';
import type { StepPart } from '../plan/task.ts';
import { type Belief, type Branch, uncertainIn } from '../worlds/belief.ts';
import { isOutForGood, isWithoutTime } from '../worlds/same.ts';
import type { World } from '../worlds/world.ts';

/**
 * The plan of a step in which it makes no difference how long servers take to warm up, with all of them warm at once; else the plan as it is.
 * Branches interleave whatever they say they take, so that without a rate and without anything that warms up beside them time is only told:
 * but paths on which slower servers went first would differ in it, and multiply.
 */
export function withoutTime(world: World, { branches }: Belief, plan: Plan): Plan {
  if (!plan.isTimed || !branches.every((branch) => isTimeless(world, branch)) || plan.warmsUp) return plan;
  const isAlike = (cells: readonly number[]) => areAlike(world.scopeOf(plan.pool), cells);
  const shared = plan.isParallel ? sharedIn(plan.root, (cell) => inService(branches, cell), isAlike) : plan.shared;
  const contested = new Set([...plan.contested].filter((cell) => !shared.has(cell)));
  const copies = shared.size > 0 ? copiesFor(plan.root, shared) : plan.copies;
  return {
    ...plan,
    root: withoutWaits(plan.root),
    isTimed: plan.isParallel,
    isTimeless: true,
    shared,
    copies,
    contested,
  };
}

/** Servers of a cell in service, where it is known how many these are. */
function inService(branches: Belief['branches'], cell: number): number | undefined {
  const [first, ...others] = branches.map((branch) =>
    uncertainIn(branch).has(cell) ? undefined : branch.known.at(cell)?.inService,
  );
  return others.every((one) => one === first) ? first : undefined;
}

/** Whether it makes no difference for the branch how much time passes. */
export function isTimeless(world: World, branch: Branch): boolean {
  return (
    world.window === 0 &&
    isWithoutTime({ ...branch, open: [] }) &&
    branch.open.every((open) => isOutForGood(world, open, branch.now))
  );
}

/** A step that only waits is then one of those that change nothing. */
function withoutWaits(part: StepPart): StepPart {
  const inner = part.inner.map(withoutWaits);
  const task = part.tasks[0];
  const isWait = part.takes === 0 && part.tasks.length === 1 && task?.action.effect === 'wait';
  return task !== undefined && isWait && task.action.maybe === undefined
    ? { ...part, tasks: [{ ...task, still: {} }], inner }
    : { ...part, inner };
}
