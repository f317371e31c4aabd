import type { Pool } from '../worlds/cells.ts';
import type { StepPart, Task } from './task.ts';

const returning = new WeakMap<Pool, Pool>();

/** The cells of a step, marked where it only brings servers back: the same object for the same pool, since scopes are remembered by pool. */
export function poolIn(root: StepPart, pool: Pool): Pool {
  return onlyReturns(root) ? returningOf(pool) : pool;
}

/** The cells, marked as those of a step that only brings servers back. */
export function returningOf(pool: Pool): Pool {
  const known = returning.get(pool) ?? { ...pool, onlyReturns: true };
  returning.set(pool, known);
  return known;
}

function onlyReturns({ tasks, inner }: StepPart): boolean {
  const isReturn = ({ still, action: { effect } }: Task) =>
    still !== undefined || effect === 'restore' || effect === 'add' || effect === 'wait';
  return tasks.every(isReturn) && inner.every(onlyReturns);
}
