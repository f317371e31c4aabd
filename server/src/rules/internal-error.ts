import type { Rule } from './rule.ts';

const fleet = { 'x.fleet.yaml': 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\n' };

/** Reported by the runner where a rule throws; it checks nothing itself. */
export const internalError: Rule = {
  id: 'internal-error',
  severity: 'error',
  title: 'A rule failed',
  summary: 'One of the rules failed on this file; the findings of the others stand.',
  details: ['This is a mistake in Runbook Lint and not in the file.', 'Please report it together with the file.'].join(
    '\n',
  ),
  bad: fleet,
  good: fleet,
};
