import type { StepOutcome } from '../simulation/outcome.ts';

/** What a simulation rule says of a step, in a form that can be compared. */
export interface Complaint {
  /** The step's index, with those inside it after dots. */
  readonly path: string;
  /** What it is about, the same for each way of doing the step. */
  readonly line: string;
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
  for (const [i, action] of outcome.actions.entries()) {
    const add = (what: string, subsystem: string | undefined, certain: boolean) =>
      all.push({ path, line: `${path} ${i} ${what} ${subsystem ?? ''}`, subsystem, certain });
    const { breaches, rates, redundancy, zones, exceeds } = action;
    for (const { subsystem, zone } of breaches) add(`minimum ${zone ?? ''}`, subsystem, action.certain);
    for (const { subsystem } of rates.breaches) add('rate', subsystem, rates.certain);
    for (const { subsystem, loss } of redundancy.breaches) add(`redundancy ${loss}`, subsystem, redundancy.certain);
    for (const { subsystem } of zones.breaches) add('zones', subsystem, zones.certain);
    if (exceeds !== undefined) add('exceeds', undefined, exceeds.certain);
  }
  for (const [i, step] of outcome.steps.entries()) gather(step, `${path}.${i}`, all);
}
