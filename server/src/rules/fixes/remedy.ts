import { rolls } from '../../commands/action.ts';
import type { Capacity } from '../../simulation/fleet/capacity.ts';
import { resolveTarget } from '../../simulation/fleet/resolve.ts';
import type { ActionOutcome } from '../../simulation/outcome.ts';

/** What to do about too much at once. */
export function remedyFor({ action }: ActionOutcome, capacity: Capacity | undefined): string {
  if (action.effect === 'scale-to') return 'Scale to a larger size.';
  if (rolls(action)) return fewerOfThem;
  const isNarrow = action.target.terms.some(({ role }) => role === 'group' || role === 'hosts');
  const isOne = isNarrow || (capacity !== undefined && resolveTarget(action.target, capacity, []).parts.length === 1);
  return isOne ? fewer : otherOnes;
}

const fewerOfThem = 'Take fewer of them at once.';
const fewer = 'Take fewer servers at once.';
const otherOnes = 'Take fewer servers at once, or name a group that spares them.';

/** The message without the remedy, where it turned out that fewer do not help. */
export function withoutRemedy(message: string): string {
  return [fewerOfThem, otherOnes, fewer].reduce((text, remedy) => text.replace(` ${remedy}`, ''), message);
}

/** What to do where there is not one to spare. */
export const restoreFirst = 'Restore or add servers first.';

/** The message where it is but too early: what came back does not count yet. */
export function untilWarm(message: string): string {
  return message.replace(restoreFirst, 'Servers that came back are warming up still: wait until they are warm.');
}
