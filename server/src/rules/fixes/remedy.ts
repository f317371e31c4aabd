import type { ActionOutcome } from '../../simulation/outcome.ts';
import { rolls } from '../telling/figure.ts';

/** What to do about too much at once. */
export function remedyFor({ action }: ActionOutcome): string {
  if (action.effect === 'scale-to') return 'Scale to a larger size.';
  if (rolls(action)) return 'Take fewer of them at once.';
  const isNarrow = action.target.terms.some(({ role }) => role === 'group' || role === 'hosts');
  return isNarrow ? 'Take fewer servers at once.' : 'Take fewer servers at once, or name a group that spares them.';
}
