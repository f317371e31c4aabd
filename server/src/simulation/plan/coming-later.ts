import type { World } from '../worlds/world.ts';
import type { StepPart, Task } from './task.ts';

/** How many changes in a step bring something back, or add something, that counts later. Restarts wait for theirs. */
export function comingLater(world: World, { tasks, inner }: StepPart): number {
  const isCool = ({ action: { effect }, pool }: Task) =>
    comes.has(effect) && pool.cells.some((cell) => (world.cells.cells[cell]?.group.warmup ?? 0) > 0);
  return inner.reduce((sum, one) => sum + comingLater(world, one), tasks.filter(isCool).length);
}

const comes: ReadonlySet<Task['action']['effect']> = new Set(['restore', 'scale-to', 'add']);
