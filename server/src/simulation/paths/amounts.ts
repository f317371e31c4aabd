import type { Action } from '../../commands/action.ts';
import type { Amount } from '../../model/leaf.ts';
import { percentRoundedUp } from '../../model/quantity.ts';

/** An amount of servers out of so many; a percent rounds up, the more that might go (docs/simulation.md §9). */
export function serversOf(amount: Amount | undefined, there: number): number {
  if (amount === undefined || amount.unit === 'all') return there;
  return amount.unit === 'servers' ? amount.value : percentRoundedUp(amount.value, there);
}

/** How many servers a restart takes in all, of so many that are there. */
export function leftOf({ amount }: Action, there: number): number {
  return Math.min(there, serversOf(amount?.value, there));
}

/** How many servers a restart has out at once, of so many that are in service. */
export function batchOf(action: Action, inService: number): number {
  const left = leftOf(action, inService);
  const { batch } = action;
  return batch === undefined ? left : Math.min(left, Math.max(1, serversOf(batch.value, inService)));
}
