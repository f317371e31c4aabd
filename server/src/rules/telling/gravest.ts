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
  let first: Broke<T> | undefined;
  for (const [index, action] of outcome?.actions.entries() ?? []) {
    const broken = brokenBy(action);
    if (broken.breaches.length === 0) continue;
    first ??= { outcome: action, index, broken };
    if (broken.certain) return { outcome: action, index, broken };
  }
  return first;
}
