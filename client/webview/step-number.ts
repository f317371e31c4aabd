import type { Step } from './model.ts';

/** The number of a step as people count and as the findings say it: what is `4.1` in the reports is step 5.2. */
export function stepNumber(step: Step | undefined): string {
  return (step?.index ?? '')
    .split('.')
    .map((index) => Number(index) + 1)
    .join('.');
}

/** How many steps there are, those inside others not counted. */
export function stepCount(steps: readonly Step[]): string {
  return stepNumber(steps.at(-1)).replace(/\..*/, '');
}
