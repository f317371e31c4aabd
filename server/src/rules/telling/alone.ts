import type { Capacity } from '../../simulation/fleet/capacity.ts';
import type { ActionOutcome } from '../../simulation/outcome.ts';

/** Whether so many units of the subsystem are more than the action takes by itself; of the turns of a loop it is not known. */
export function isMoreThanAlone(
  { action, count }: ActionOutcome,
  subsystem: string,
  units: number,
  capacity: Capacity | undefined,
): boolean {
  // Of a new size it is not said how many go.
  if (action.loop !== undefined || action.effect === 'scale-to' || count === undefined) return false;
  const each = capacity?.subsystemByName.get(subsystem)?.servedBy.map((one) => one.units) ?? [];
  return units > count.most * Math.max(...each);
}
