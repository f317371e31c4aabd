import type { RemovalLimit } from '../../model/fleet.ts';
import type { Amount } from '../../model/leaf.ts';
import { percentRoundedDown } from '../../model/quantity.ts';
import type { Rate } from './capacity.ts';

/** The limit of a subsystem: its own, else the fleet's; a percent is of full strength and rounds down, against the remover. */
export function rateOf(
  own: RemovalLimit | undefined,
  fleets: RemovalLimit | undefined,
  full: number,
): Rate | undefined {
  const said = own?.limit !== undefined ? own : fleets;
  const limit = said?.limit?.value;
  const window = said?.window?.value;
  return limit === undefined || window === undefined ? undefined : { limit: unitsOf(limit, full), window };
}

/** Units of a limit. */
function unitsOf(limit: Amount, full: number): number {
  if (limit.unit === 'all') return full;
  return limit.unit === 'servers' ? limit.value : percentRoundedDown(limit.value, full);
}
