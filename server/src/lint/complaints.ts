import type { BrokenLimit } from '../rules/rule.ts';
import type { StepOutcome } from '../simulation/outcome.ts';

/** What a simulation rule says of a step, in a form that can be compared. */
export interface Complaint {
  /** The step's index, with those inside it after dots. */
  readonly path: string;
  /** What it is about, the same for each way of doing the step; a rule speaks once a step, on whichever of its actions. */
  readonly line: string;
  readonly kind: BrokenLimit;
  /** The subsystem that falls or goes too fast; undefined where the servers themselves are too few. */
  readonly subsystem: string | undefined;
  readonly certain: boolean;
}

/** What the simulation rules say of a step and of those in it. */
export function complaintsOf(outcome: StepOutcome, path: string): readonly Complaint[] {
  const all: Complaint[] = [];
  gather(outcome, path, all);
  return all;
}

function gather(outcome: StepOutcome, path: string, all: Complaint[]): void {
  for (const action of outcome.actions) {
    const add = (kind: BrokenLimit, subsystem: string | undefined, certain: boolean, more = '') =>
      all.push({ path, line: `${path} ${kind} ${subsystem ?? ''} ${more}`, kind, subsystem, certain });
    const { breaches, rates, redundancy, zones, exceeds } = action;
    for (const { subsystem, zone } of breaches) add('minimum', subsystem, action.certain, zone);
    for (const { subsystem } of rates.breaches) add('rate', subsystem, rates.certain);
    for (const { subsystem, loss } of redundancy.breaches) add('redundancy', subsystem, redundancy.certain, loss);
    for (const { subsystem } of zones.breaches) add('zones', subsystem, zones.certain);
    if (exceeds !== undefined) add('exceeds', undefined, exceeds.certain);
  }
  for (const [i, step] of outcome.steps.entries()) gather(step, `${path}.${i}`, all);
}
