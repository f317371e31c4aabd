import type { Rule } from './rule.ts';

const fleet = { 'x.fleet.yaml': 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\n' };

/** Reported by the runner where a rule throws, and here where the simulation of a step does. */
export const internalError: Rule = {
  id: 'internal-error',
  severity: 'error',
  title: 'A rule failed',
  summary: 'One of the rules, or the simulation of one step, failed on this file; all other findings stand.',
  details: ['This is a mistake in Runbook Lint and not in the file.', 'Please report it together with the file.'].join(
    '\n',
  ),
  bad: fleet,
  good: fleet,
  passesSafe: true,
  checkStep({ outcome }) {
    const obstacle = outcome?.obstacle;
    if (obstacle?.isOurs !== true) return [];
    const message = `The simulation failed on this step: ${obstacle.why}. It is taken to change nothing, and all other findings stand. Please report it with the file.`;
    return [{ message, span: obstacle.span }];
  },
};
