import { stepNumber as numberOf } from '../../server/src/model/step-number.ts';
import type { Step } from './model.ts';

/** The number of a step as the findings say it. */
export function stepNumber(step: Step | undefined): string {
  return numberOf(step?.index ?? '');
}

/** How many steps there are, those inside others not counted. */
export function stepCount(steps: readonly Step[]): string {
  return stepNumber(steps.at(-1)).replace(/\..*/, '');
}
