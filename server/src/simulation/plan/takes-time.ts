import type { World } from '../worlds/world.ts';
import type { Task } from './task.ts';

/** Whether time passes while a task is done. A restart whose batches are back at once lets none pass. */
export function takesTime(world: World, { action: { effect, seconds, pause, takes }, pool }: Task): boolean {
  if (seconds > 0 || (pause?.value ?? 0) > 0) return true;
  if (effect !== 'restart' && effect !== 'replace') return false;
  return (takes?.value ?? 0) > 0 || pool.cells.some((cell) => (world.cells.cells[cell]?.group.warmup ?? 0) > 0);
}
