import type { Capacity } from '../../simulation/fleet/capacity.ts';
import { resolveTarget } from '../../simulation/fleet/resolve.ts';
import type { ActionOutcome, Breach } from '../../simulation/outcome.ts';
import type { Span } from '../../syntax/span.ts';
import { figureOf } from './figure.ts';
import { placeOf } from './places.ts';

/** Where a breach stands; of hosts that are named one by one, on the first with which it is one too many. */
export function tippingPlace(outcome: ActionOutcome, breach: Breach, capacity: Capacity | undefined): Span {
  const { action } = outcome;
  const place = placeOf(action);
  const { terms } = action.target;
  const hosts = terms.filter(({ role }) => role === 'hosts');
  if (capacity === undefined || hosts.length < 2 || place !== hosts[0]?.span || figureOf(action) !== undefined)
    return place;
  const subsystem = capacity.subsystemByName.get(breach.subsystem);
  const others = terms.filter(({ role }) => role !== 'hosts');
  const units = hosts.map((term) => {
    const { parts } = resolveTarget({ ...action.target, terms: [term, ...others] }, capacity, []);
    const here = breach.zone === undefined ? parts : parts.filter(({ group }) => group.zone === breach.zone);
    return here.reduce(
      (sum, { group, hosts: named }) => sum + (named?.size ?? group.size) * (group.units[subsystem?.index ?? -1] ?? 0),
      0,
    );
  });
  const all = units.reduce((sum, one) => sum + one, 0);
  // Where some were out before or are named twice, it is not known which of them count.
  if (all !== breach.from.worst - breach.to.worst) return place;
  let left = breach.from.worst - breach.minimum;
  const at = units.findIndex((one) => {
    left -= one;
    return left < 0;
  });
  return hosts[at]?.span ?? place;
}
