import { mostApart, mostRolling } from '../limits.ts';
import type { Copy, World } from '../worlds/world.ts';
import type { StepPart, Task } from './plan.ts';

/** Places for servers that a change batch by batch has still to take, of cells that something beside it changes too. */
export function copiesFor({ cells }: World, root: StepPart): readonly Copy[] {
  const byCell = new Map<number, Task[]>();
  for (const task of tasksIn(root))
    for (const cell of task.pool.cells) byCell.set(cell, [...(byCell.get(cell) ?? []), task]);
  return [...byCell].flatMap(([cell, tasks]) => {
    if (tasks.length < 2 || (cells.cells[cell]?.size ?? 0) > mostApart) return [];
    const rolling = tasks.flatMap(({ action, part }) => (action.batch === undefined ? [] : [part]));
    const none: readonly (readonly number[])[] = [[]];
    const marks = rolling
      .slice(0, mostRolling)
      .reduce((sets, part) => sets.concat(sets.map((set) => [...set, part])), none)
      .filter((set) => set.length > 0);
    return marks.map((own): Copy => ({ cell, marks: own }));
  });
}

/** Everything that changes something in a step and in the steps in it. */
export function tasksIn({ tasks, inner }: StepPart): readonly Task[] {
  return [...tasks.filter(({ still }) => still === undefined), ...inner.flatMap(tasksIn)];
}
