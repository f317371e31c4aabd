import type { StepReading } from '../../commands/read-step.ts';
import { parseCount, parsePercent } from '../../model/quantity.ts';
import type { Parameter } from '../../model/runbook.ts';
import type { Capacity } from '../../simulation/fleet/capacity.ts';
import { resolveTarget } from '../../simulation/fleet/resolve.ts';
import { useOf } from './use.ts';

/** The values that a parameter may have besides the one that is simulated. */
export type Domain = NumberDomain | { readonly kind: 'words'; readonly values: readonly string[] };

export interface NumberDomain {
  readonly kind: 'numbers';
  readonly lowest: number;
  readonly highest: number;
  /** The value that is simulated. */
  readonly usual: number;
  /** `%` where the value is written with it. */
  readonly unit: '' | '%';
}

/**
 * What a parameter that stands for `usual` in the simulation may stand for instead.
 * Numbers without a maximum go up to the whole of the largest target in `readings`, the steps that use it.
 * Undefined where the values cannot be listed: a text that may be anything.
 */
export function domainOf(
  parameter: Parameter,
  usual: string,
  readings: readonly StepReading[],
  capacity: Capacity,
): Domain | undefined {
  const { allowed, minimum, maximum } = parameter;
  if (allowed !== undefined) {
    return {
      kind: 'words',
      values: allowed.flatMap(({ value }) => (value === undefined || value === usual ? [] : value)),
    };
  }
  const percent = parsePercent(usual);
  const number = parseCount(usual) ?? (percent !== undefined && percent % 1000 === 0 ? percent / 1000 : undefined);
  if (number === undefined) return undefined;
  const unit = percent === undefined ? '' : '%';
  const whole = percent === undefined ? mostIn(readings, parameter.name.value ?? '', capacity) : 100;
  const lowest = minimum?.value ?? 0;
  const highest = maximum?.value ?? Math.max(whole, number);
  return { kind: 'numbers', lowest: Math.min(lowest, number), highest: Math.max(highest, number), usual: number, unit };
}

/** The most that a figure in the steps that use the parameter, or in those inside them, could ask for: the servers of the largest target, or a hundred percent. */
function mostIn(readings: readonly StepReading[], name: string, capacity: Capacity, isInside = false): number {
  let most = 0;
  for (const { step, actions, inner } of readings) {
    const isUsing = isInside || useOf(step, name) !== undefined;
    for (const { amount, batch, target } of isUsing ? actions : []) {
      if (amount?.value.unit === 'percent' || batch?.value.unit === 'percent') most = Math.max(most, 100);
      const { parts } = resolveTarget(target, capacity, []);
      // Hosts that are named may be as many as stand beside them: the parameter may be where a range or a loop ends.
      const groups = new Set(parts.map(({ group }) => group));
      most = Math.max(
        most,
        [...groups].reduce((sum, { size }) => sum + size, 0),
      );
    }
    most = Math.max(most, mostIn(inner, name, capacity, isUsing));
  }
  return most;
}
