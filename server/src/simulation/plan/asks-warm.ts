import type { World } from '../worlds/world.ts';
import type { StepPart, Task } from './task.ts';

/**
 * Whether so many servers are asked for of those that the step itself brings back to warm up.
 * Then it matters between which batches of a restart beside it time passes, because only what has warmed up can be taken.
 */
export function asksWarm({ cells }: World, root: StepPart): boolean {
  const tasks = tasksIn(root);
  const returning = new Set(tasks.flatMap((task) => (bringsBack(task) ? task.pool.cells : [])));
  const isWarming = (cell: number) => returning.has(cell) && (cells.cells[cell]?.group.warmup ?? 0) > 0;
  return tasks.some((task) => mayLack(task) && task.pool.cells.some(isWarming));
}

function bringsBack({ action: { effect } }: Task): boolean {
  return effect !== 'remove' && effect !== 'wait';
}

function mayLack({ action: { effect, amount, atMost }, isNamed }: Task): boolean {
  return effect === 'remove' && amount?.value.unit === 'servers' && atMost !== true && !isNamed;
}

/** Everything that changes something in a step and in the steps in it. */
function tasksIn({ tasks, inner }: StepPart): readonly Task[] {
  return [...tasks.filter(({ still }) => still === undefined), ...inner.flatMap(tasksIn)];
}
