import { mostRolling } from '../limits.ts';
import type { Copy } from '../worlds/world.ts';
import type { StepPart, Task } from './task.ts';

/** A task, and which branch of which `parallel` it is in. */
interface Placed {
  readonly task: Task;
  readonly branches: ReadonlyMap<number, number>;
}

/**
 * Places for servers that a change batch by batch has still to take, of cells that something beside it changes too.
 * Undefined where there would be more of them than are followed.
 */
export function copiesFor(root: StepPart): readonly Copy[] | undefined {
  const byCell = new Map<number, Placed[]>();
  for (const one of placedIn(root, new Map())) {
    for (const cell of one.task.pool.cells) {
      const known = byCell.get(cell);
      if (known === undefined) byCell.set(cell, [one]);
      else known.push(one);
    }
  }
  const copies: Copy[] = [];
  for (const [cell, tasks] of byCell) {
    const rolling = tasks.filter((one) => goesOn(one.task.action) && tasks.some((other) => isBeside(one, other)));
    if (rolling.length > mostRolling) return undefined;
    for (const marks of setsOf(rolling.map(({ task }) => task.part))) copies.push({ cell, marks });
  }
  return copies;
}

/** Something comes between its beginning and the last of the servers that it takes. */
function goesOn({ batch, surge }: Task['action']): boolean {
  return batch !== undefined || surge;
}

/** One may go on while the other does. */
function isBeside(a: Placed, b: Placed): boolean {
  for (const [part, branch] of a.branches) if ((b.branches.get(part) ?? branch) !== branch) return true;
  return false;
}

function placedIn({ part, input, tasks, inner }: StepPart, branches: Placed['branches']): readonly Placed[] {
  const isParallel = input.step.kind === 'parallel';
  return [
    ...tasks.flatMap((task) => (task.still === undefined ? [{ task, branches }] : [])),
    ...inner.flatMap((one, i) => placedIn(one, isParallel ? new Map(branches).set(part, i) : branches)),
  ];
}

/** Every choice of some of them, but for none. */
function setsOf(parts: readonly number[]): readonly (readonly number[])[] {
  const none: readonly (readonly number[])[] = [[]];
  return parts
    .reduce((sets, part) => sets.concat(sets.map((set) => [...set, part])), none)
    .filter((set) => set.length > 0);
}
