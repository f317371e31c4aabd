import { mostChanges } from './limits.ts';

/** What is done of one step, counted in changes that are followed: a plain step is about one of them, and takes some microseconds. */
export interface Work {
  done: number;
  /** Beyond it the step is given up. */
  readonly most: number;
  /** Changes along all paths of the step; fewer than of a single one where the steps before it were much work. */
  readonly ofStep: number;
}

/** As much as a single step may be. */
export function unlimitedWork(): Work {
  return { done: 0, most: Number.POSITIVE_INFINITY, ofStep: mostChanges };
}
