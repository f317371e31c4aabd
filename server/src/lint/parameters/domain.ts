import type { StepReading } from '../../commands/reading/read-step.ts';
import { parseCount, parsePercent } from '../../model/quantity.ts';
import type { Parameter } from '../../model/runbook.ts';
import type { Capacity } from '../../simulation/fleet/capacity.ts';
import type { Part } from '../../simulation/fleet/parts.ts';
import { resolveTarget } from '../../simulation/fleet/resolve.ts';
import { useOf } from './use.ts';

/** The values that a parameter may have besides the one that is simulated. */
export type Domain = NumberDomain | { readonly kind: 'words'; readonly values: readonly string[] };

interface NumberDomain {
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
 * Numbers without a maximum go up to the whole of the largest target in the steps that use it, which `readWith` reads with another value.
 * Undefined where the values cannot be listed: a text that may be anything.
 */
export function domainOf(
  parameter: Parameter,
  usual: string,
  readWith: (value: string) => readonly StepReading[],
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
  const most = () =>
    mostIn(readWith(usual), parameter.name.value ?? '', capacity, countsHosts(number, readWith, capacity));
  const whole = maximum === undefined && percent === undefined ? most() : 100;
  const lowest = minimum?.value ?? 0;
  const highest = maximum?.value ?? Math.max(whole, number);
  return { kind: 'numbers', lowest: Math.min(lowest, number), highest: Math.max(highest, number), usual: number, unit };
}

/** The most that a figure in the steps that use the parameter, or in those inside them, could ask for: the servers of the largest target, or a hundred percent. */
function mostIn(
  readings: readonly StepReading[],
  name: string,
  capacity: Capacity,
  isOfHosts: boolean,
  isInside = false,
): number {
  let most = 0;
  for (const { step, actions, inner } of readings) {
    const isUsing = isInside || useOf(step, name) !== undefined;
    for (const { amount, batch, target } of isUsing ? actions : []) {
      if (amount?.value.unit === 'percent' || batch?.value.unit === 'percent') most = Math.max(most, 100);
      const { parts } = resolveTarget(target, capacity, []);
      const groups = [...new Set(parts.map(({ group }) => group))];
      const size = isOfHosts ? groups.reduce((sum, group) => sum + group.size, 0) : sizeOf(parts);
      most = Math.max(most, size);
    }
    most = Math.max(most, mostIn(inner, name, capacity, isOfHosts, isUsing));
  }
  return most;
}

function sizeOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { group, hosts }) => sum + (hosts?.size ?? group.size), 0);
}

/** Whether a range or a loop of hosts ends with the number, so that with another one more of them are named, or fewer. */
function countsHosts(number: number, readWith: (value: string) => readonly StepReading[], capacity: Capacity): boolean {
  const named = ({ actions, inner }: StepReading): number =>
    [...actions.map(({ target }) => sizeOf(resolveTarget(target, capacity, []).parts)), ...inner.map(named)].reduce(
      (sum, size) => sum + size,
      0,
    );
  const all = (value: number) => readWith(`${value}`).reduce((sum, reading) => sum + named(reading), 0);
  return all(number + 1) > all(number) || (number > 2 && all(number - 1) < all(number));
}
