import type { ActionOutcome, Broken } from '../../simulation/outcome.ts';
import type { StepContext } from '../rule.ts';

/** An action of a step, and its place among them. */
export interface Broke<T> {
  readonly outcome: ActionOutcome;
  readonly index: number;
  readonly broken: Broken<T>;
}

/** The first action that breaks something under every choice, else the first that may: a rule speaks once a step, at its gravest. */
export function gravestOf<T>(
  { outcome }: Pick<StepContext, 'outcome'>,
  brokenBy: (outcome: ActionOutcome) => Broken<T>,
): Broke<T> | undefined {
  const actions = outcome?.actions ?? [];
  const isBroken = (action: ActionOutcome) => brokenBy(action).breaches.length > 0;
  const certain = actions.findIndex((action) => brokenBy(action).certain && isBroken(action));
  const index = certain >= 0 ? certain : actions.findIndex(isBroken);
  const gravest = actions[index];
  return gravest && { outcome: gravest, index, broken: brokenBy(gravest) };
}
