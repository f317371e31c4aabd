import type { Pool } from '../worlds/cells.ts';
import type { StepPart, Task } from './task.ts';

const returning = new WeakMap<Pool, Pool>();

/** The cells of a step, marked where it only brings servers back: the same object for the same pool, since scopes are remembered by pool. */
export function poolIn(root: StepPart, pool: Pool): Pool {
  if (!onlyReturns(root)) return pool;
  const known = returning.get(pool) ?? { ...pool, onlyReturns: true };
  returning.set(pool, known);
  return known;
}

function onlyReturns({ tasks, inner }: StepPart): boolean {
  const isReturn = ({ still, action: { effect } }: Task) =>
    still !== undefined || effect === 'restore' || effect === 'wait';
  return tasks.every(isReturn) && inner.every(onlyReturns);
}
