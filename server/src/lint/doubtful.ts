import type { StepReading } from '../commands/reading/read-step.ts';
import type { Fleet } from '../model/fleet.ts';
import { type Doubt, doubtsOf } from '../rules/fleet/doubts.ts';
import type { Capacity } from '../simulation/fleet/capacity.ts';
import type { StepOutcome } from '../simulation/outcome.ts';
import { gravest } from '../simulation/steps/step-outcome.ts';
import { judged } from './judged.ts';

const known = new WeakMap<
  StepOutcome,
  { readonly doubts: ReadonlyMap<string, Doubt>; readonly doubted: StepOutcome }
>();

/** The outcomes, with those unknown that rest on figures which the fleet does not say, or not so that they can be read. */
export function withDoubts(
  outcomes: readonly StepOutcome[],
  readings: readonly StepReading[],
  capacity: Capacity,
  fleet: Fleet | undefined,
): readonly StepOutcome[] {
  const doubts = doubtsOf(capacity, fleet);
  if (doubts.size === 0) return outcomes;
  return outcomes.map((outcome, i) => {
    const reading = readings[i];
    if (reading === undefined) return outcome;
    const before = known.get(outcome);
    const made = before?.doubts === doubts ? before.doubted : doubted(outcome, reading, doubts);
    known.set(outcome, { doubts, doubted: made });
    return made;
  });
}

function doubted(outcome: StepOutcome, { step, inner }: StepReading, doubts: ReadonlyMap<string, Doubt>): StepOutcome {
  const steps = outcome.steps.map((one, i) => {
    const reading = inner[i];
    return reading === undefined ? one : doubted(one, reading, doubts);
  });
  const names = outcome.actions.flatMap(({ touches, target }) => [...target, ...touches]);
  const found = names.flatMap((name) => doubts.get(name) ?? []);
  const doubt = found.find(({ isBound }) => !isBound) ?? (outcome.verdict === 'safe' ? found[0] : undefined);
  if (doubt !== undefined) {
    const why = `the fleet has a mistake in \`${doubt.of}\`, which has to be mended first`;
    return judged(outcome, { actions: [], steps, verdict: 'unknown', obstacle: { span: step.key, why } });
  }
  if (steps.every((one, i) => one === outcome.steps[i])) return outcome;
  return judged(outcome, { steps, verdict: gravest(steps.map(({ verdict }) => verdict)) });
}
