import type { Action } from '../../commands/action.ts';
import type { SubsystemCapacity } from '../../simulation/fleet/capacity.ts';
import type { Span } from '../../syntax/span.ts';
import { figureOf } from './figure.ts';

/**
 * Where a finding about too much stands: on the figure at fault; on the hosts where they are named;
 * where everything is meant on the word that says so; else on the verb.
 */
export function placeOf(action: Action): Span {
  const hosts = action.target.terms.find(({ role }) => role === 'hosts');
  return action.loop ?? figureOf(action)?.span ?? action.everythingAt ?? hosts?.span ?? action.at;
}

/** The line of the fleet that sets the minimum; of several, the strictest that may apply. */
export function minimumPlace({ declared, setBy }: SubsystemCapacity): Span {
  return (setBy ?? declared.minimums[0])?.value.span ?? declared.name.span;
}
