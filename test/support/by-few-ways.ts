import assert from 'node:assert/strict';
import type { StepOutcome } from '../../server/src/simulation/outcome.ts';
import { simulate } from '../../server/src/simulation/simulate.ts';
import { checkText, fleetIn } from './lint-folder.ts';
import { few } from './reference/agreement.ts';
import type { Few } from './reference/compare.ts';

/** As a fleet of its size is told, as the choices of a large one are, and by the last resort. */
export const manners: readonly Few[] = [{}, ...few];

/** What becomes of the steps of a runbook, told in one of these manners. */
export function outcomesBy(manner: Few, runbook: string, fleet: string): readonly StepOutcome[] {
  const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
  const capacity = analysis.runs[0]?.capacity ?? assert.fail('The runbook has no fleet.');
  const readings = analysis.steps.map(({ reading }) => reading);
  return simulate(readings, capacity, { outside: [], ...manner }).outcomes;
}
