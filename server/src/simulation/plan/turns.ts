import { mostInTurn } from '../limits.ts';
import type { StepPart, Task } from './task.ts';

/**
 * How many batches of a restart are followed where it matters when they go.
 * The fewer, the more restarts there are, and the more comes later: the states of each multiply.
 */
export function turnsIn(root: StepPart, coming: number): number {
  const many = Math.max(1, restartsIn(root) + coming);
  // The first two and the last two at least: a smaller last one is not as the one before it.
  return Math.max(4, Math.floor(mostInTurn ** (1 / many) / 2));
}

function restartsIn({ tasks, inner }: StepPart): number {
  const isRestart = ({ action: { effect } }: Task) => effect === 'restart' || effect === 'replace';
  return inner.reduce((sum, one) => sum + restartsIn(one), tasks.filter(isRestart).length);
}
