import type { Action } from '../commands/action.ts';
import type { Subsystem } from '../model/fleet.ts';
import type { Span } from '../syntax/span.ts';

/**
 * Where a finding about too much stands (SPEC §6): on the figure at fault; on the hosts where they are named;
 * where everything is meant on the word that says so; else on the verb.
 */
export function placeOf(action: Action): Span {
  const rolls = action.effect === 'restart' || action.effect === 'replace';
  const figure = rolls ? (action.batch ?? action.amount) : action.amount;
  const hosts = action.target.terms.find(({ role }) => role === 'hosts');
  return action.loop ?? figure?.span ?? action.everythingAt ?? hosts?.span ?? action.at;
}

/** The line of the fleet that sets the minimum; of several, the first. */
export function minimumPlace(subsystem: Subsystem): Span {
  return subsystem.minimums[0]?.value.span ?? subsystem.name.span;
}
