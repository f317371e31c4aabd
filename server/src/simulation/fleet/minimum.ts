import type { Minimum } from '../../model/fleet.ts';
import { canCoincide, type Hours, hoursOf } from '../../model/hours.ts';
import type { Amount } from '../../model/leaf.ts';
import { percentRoundedUp } from '../../model/quantity.ts';
import type { RunbookHead } from '../../model/runbook.ts';

/** What a subsystem must keep, and the entry of the fleet that says so. */
export interface StrictestMinimum {
  /** Whole units ≥ 0. */
  readonly units: number;
  /** Undefined where no entry may apply, so that nothing has to be kept. */
  readonly setBy: Minimum | undefined;
}

/**
 * The strictest minimum that applies at some moment of the window; without a window, the strictest of all.
 * `full` is the subsystem's full strength in units, the base of a percent.
 */
export function strictestMinimum(
  minimums: readonly Minimum[],
  window: Hours | undefined,
  full: number,
): StrictestMinimum {
  let strictest: StrictestMinimum = { units: 0, setBy: undefined };
  for (const minimum of minimums) {
    const units = unitsOf(minimum.value.value, full);
    const stricter = strictest.setBy === undefined || units > strictest.units;
    if (stricter && mayApply(minimum, window)) strictest = { units, setBy: minimum };
  }
  return strictest;
}

/** An entry whose hours cannot be read has a finding of its own, and applies always. */
function mayApply({ during, timezone }: Minimum, window: Hours | undefined): boolean {
  if (window === undefined || during?.value === undefined) return true;
  const hours = hoursOf(during.value, timezone?.value);
  return hours === undefined || canCoincide(hours, window);
}

/** When a runbook may run; undefined where it says nothing that can be read, so that it may at any time. */
export function windowHours(window: RunbookHead['window']): Hours | undefined {
  const during = window?.during?.value;
  if (during === undefined || (window?.timezone !== undefined && window.timezone.value === undefined)) return undefined;
  return hoursOf(during, window?.timezone?.value);
}

/** Units of a minimum; a percent is of full strength and rounds up, against the remover. */
export function unitsOf(amount: Amount | undefined, full: number): number {
  if (amount === undefined) return 0;
  if (amount.unit === 'all') return full;
  return amount.unit === 'servers' ? amount.value : percentRoundedUp(amount.value, full);
}
