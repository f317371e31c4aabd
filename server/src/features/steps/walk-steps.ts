import type { StepReading } from '../../commands/reading/read-step.ts';
import type { RunbookAnalysis, StepPlace } from '../../lint/analysis.ts';
import type { StepOutcome, Verdict } from '../../simulation/outcome.ts';

/** A step, one inside another too, with what each fleet makes of it. */
export interface StepHere {
  readonly place: StepPlace;
  readonly reading: StepReading;
  /** Its index from 0, and those of the steps in which it stands before it. */
  readonly path: readonly number[];
  /** One a fleet; undefined where the fleet's walk has none for it. */
  readonly outcomes: readonly (StepOutcome | undefined)[];
}

/** Every step of a runbook in the order of its text, each before those inside it. */
export function* allSteps(analysis: RunbookAnalysis): Generator<StepHere> {
  for (const [index, place] of analysis.steps.entries()) {
    const outcomes = analysis.runs.map((run) => run.outcomes[index]);
    yield* withInnerSteps({ place, reading: place.reading, path: [index], outcomes });
  }
}

/** A step and those inside it. */
export function* withInnerSteps(here: StepHere): Generator<StepHere> {
  yield here;
  for (const [i, reading] of here.reading.inner.entries()) yield* withInnerSteps(innerStep(here, reading, i));
}

/** The step inside another that has the reading, which is the one at that index. */
export function innerStep({ place, path, outcomes }: StepHere, reading: StepReading, index: number): StepHere {
  return { place, reading, path: [...path, index], outcomes: outcomes.map((outcome) => outcome?.steps[index]) };
}

const order: readonly Verdict[] = ['unsafe', 'unknown', 'safe'];

/** The worst verdict over all fleets; without a fleet only what changes nothing is safe. */
export function verdictOf({ reading, outcomes }: StepHere): Verdict {
  const changes = reading.actions.length > 0 || reading.inner.length > 0 || reading.step.kind === 'broken';
  if (outcomes.length === 0) return changes ? 'unknown' : 'safe';
  const found = outcomes.map((outcome) => outcome?.verdict ?? 'unknown');
  return order.find((verdict) => found.includes(verdict)) ?? 'safe';
}

/** The step at a path of indices; undefined where there is none. */
export function stepAlong(analysis: RunbookAnalysis, path: readonly number[]): StepHere | undefined {
  const [index = -1, ...inside] = path;
  const place = analysis.steps[index];
  if (place === undefined) return undefined;
  const outcomes = analysis.runs.map((run) => run.outcomes[index]);
  let here: StepHere = { place, reading: place.reading, path: [index], outcomes };
  for (const i of inside) {
    const reading = here.reading.inner[i];
    if (reading === undefined) return undefined;
    here = innerStep(here, reading, i);
  }
  return here;
}
