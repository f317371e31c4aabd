import type { Obstacle, Placed } from '../commands/action.ts';
import type { Amount } from '../model/leaf.ts';
import { percentRoundedUp } from '../model/quantity.ts';
import type { Figures } from './outcome.ts';

/** How many servers an amount means; `all` is everything that the target has, however much that is. */
export type Servers = { readonly servers: number } | 'all' | { readonly obstacle: Obstacle };

/**
 * An amount of servers out of those that the target has in service (`serving`).
 * A percent rounds up: the more that might go (SPEC §5.9).
 */
export function serversOf(amount: Placed<Amount> | undefined, serving: Figures): Servers {
  if (amount === undefined || amount.value.unit === 'all') return 'all';
  if (amount.value.unit === 'servers') return { servers: amount.value.value };
  const least = percentRoundedUp(amount.value.value, serving.worst);
  const most = percentRoundedUp(amount.value.value, serving.best);
  if (least === most) return { servers: least };
  const why = `it is a percentage of the servers in service, and those are between ${serving.worst} and ${serving.best} by now`;
  return { obstacle: { span: amount.span, why } };
}
