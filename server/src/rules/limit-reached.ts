import { replacementFix, reportProblems } from './reading.ts';
import type { Rule } from './rule.ts';

/** Larger than what is read. */
export const limitReached: Rule = {
  id: 'limit-reached',
  severity: 'warning',
  title: 'Larger than what is read',
  summary: 'The file is larger, deeper or has more steps than is read.',
  details: ['The message says which limit it is.', 'What is beyond it is not checked, so split the file.'].join('\n'),
  bad: {
    'x.fleet.yaml': `fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\noutside: ${'['.repeat(120)}${']'.repeat(120)}\n`,
  },
  good: { 'x.fleet.yaml': 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\n' },
  checkReading: reportProblems,
  fixes: replacementFix,
};
