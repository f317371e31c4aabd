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
  const index = outcome === undefined ? -1 : gravestIn(outcome.actions, brokenBy);
  const gravest = outcome?.actions[index];
  return gravest && { outcome: gravest, index, broken: brokenBy(gravest) };
}

function gravestIn<T>(actions: readonly ActionOutcome[], brokenBy: (outcome: ActionOutcome) => Broken<T>): number {
  let first = -1;
  for (let i = 0; i < actions.length; i++) {
    const action = actions[i];
    if (action === undefined) continue;
    const { breaches, certain } = brokenBy(action);
    if (breaches.length === 0) continue;
    if (certain) return i;
    if (first === -1) first = i;
  }
  return first;
}
