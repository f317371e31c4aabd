import { resolveTarget } from '../../simulation/fleet/resolve.ts';
import type { ActionOutcome } from '../../simulation/outcome.ts';
import type { BrokenLimit, StepContext } from '../rule.ts';
import { harmOf } from './harm.ts';
import { list } from './words.ts';

/** What an action does of what its step breaks; and the rest, which other commands do, in a sentence. */
export interface Own<T> {
  readonly breaches: readonly T[];
  readonly elsewhere: string;
}

/** Tells what an action breaks from what others of its step do: it lowers no subsystem that its servers do not serve. */
export function ownOf<T extends { readonly subsystem: string }>(
  limit: BrokenLimit,
  { action }: ActionOutcome,
  breaches: readonly T[],
  { actions, capacity }: StepContext,
): Own<T> {
  // The turns of a loop are told as one.
  if (capacity === undefined || actions.length < 2 || action.loop !== undefined) return { breaches, elsewhere: '' };
  const groups = new Set(resolveTarget(action.target, capacity, []).parts.map(({ group }) => group));
  const isOwn = ({ subsystem }: T) =>
    capacity.subsystemByName.get(subsystem)?.servedBy.some(({ group }) => groups.has(group)) === true;
  const own = breaches.filter(isOwn);
  const others = [...new Set(breaches.flatMap((breach) => (isOwn(breach) ? [] : [breach.subsystem])))];
  if (own.length === 0 || others.length === 0) return { breaches, elsewhere: '' };
  return { breaches: own, elsewhere: ` Another command of this step ${harmOf(limit, list(others))}.` };
}
