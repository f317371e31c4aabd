import { serversOf } from '../paths/amounts.ts';
import type { Plan } from '../plan/plan.ts';
import { returningOf } from '../plan/returning.ts';
import { onlyTask, type Task } from '../plan/task.ts';
import type { Work } from '../work.ts';
import type { Belief } from '../worlds/belief.ts';
import { servingIn } from '../worlds/serving.ts';
import type { World } from '../worlds/world.ts';
import type { CarriedOut } from './carry-out.ts';
import { removeOpenly } from './open-removal.ts';

/** The plan of a scale under which nothing goes, whatever is the case: then nothing is asked but what there is. */
export function withoutLoss(world: World, before: Belief, plan: Plan): Plan {
  const task = plainScale(world, plan);
  const size = task && sizeOf(before, task);
  if (task === undefined || size === undefined || goalOf(task) < size.most) return plan;
  return { ...plan, pool: returningOf(plan.pool) };
}

/** A scale under which as many servers go, whatever is the case, as a removal of so many. */
export function scaleOpenly(world: World, before: Belief, plan: Plan, work: Work): CarriedOut | undefined {
  const task = plainScale(world, plan);
  const size = task && sizeOf(before, task);
  const amount = task?.action.amount;
  // A server that warms up may be the one that goes, and a removal finds those in service alone.
  if (task === undefined || amount === undefined || size === undefined || size.warmsUp || size.least < size.most)
    return undefined;
  const goal = goalOf(task);
  if (goal >= size.least) return undefined;
  const gone = { ...amount, value: { unit: 'servers' as const, value: size.least - goal } };
  const removal: Task = { ...task, action: { ...task.action, effect: 'remove', amount: gone } };
  const done = removeOpenly(world, before, { ...plan, root: { ...plan.root, tasks: [removal] } }, work);
  if (done === undefined) return undefined;
  const tasks = [...done.tasks];
  tasks[task.part] = {
    count: { worst: goal, best: goal },
    lacks: undefined,
    there: { worst: size.least, best: size.most },
    alreadyOut: undefined,
  };
  return { ...done, tasks };
}

/** The scale of one group that a step is; of several each comes to the same size by itself. */
function plainScale({ cells: { cells } }: World, { root }: Plan): Task | undefined {
  const task = onlyTask(root);
  if (task?.action.effect !== 'scale-to' || task.action.maybe !== undefined) return undefined;
  const [group, another] = new Set(task.pool.cells.map((cell) => cells[cell]?.group));
  if (group === undefined || another !== undefined) return undefined;
  return task.action.amount?.value.unit === 'servers' && task.action.bounds === undefined ? task : undefined;
}

function goalOf({ action: { amount } }: Task): number {
  return serversOf(amount?.value, 0);
}

interface Size {
  readonly least: number;
  readonly most: number;
  /** Some of them may be warming up. */
  readonly warmsUp: boolean;
}

/** How many servers the group has, with those that warm up. */
function sizeOf({ branches }: Belief, { pool }: Task): Size | undefined {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  let warmsUp = false;
  for (const branch of branches) {
    const serving = servingIn(branch, pool.cells);
    // What warms up of a choice is not counted here.
    if (serving === undefined || branch.open.some(({ takes }) => takes.some(({ state }) => typeof state === 'object')))
      return undefined;
    const isUncertain = branch.factors.some(({ alternatives }) =>
      alternatives.some(({ statuses }) => statuses.some(({ warming }) => warming.length > 0)),
    );
    if (isUncertain) return undefined;
    const warming = branch.timed
      .filter((cell) => pool.cells.includes(cell))
      .flatMap((cell) => branch.known.at(cell)?.warming ?? [])
      .reduce((sum, { count }) => sum + count, 0);
    least = Math.min(least, serving.all.worst + warming);
    most = Math.max(most, serving.all.best + warming);
    warmsUp ||= warming > 0;
  }
  return { least, most, warmsUp };
}
