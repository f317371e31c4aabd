import { replacementFix, reportProblems } from './reading.ts';
import type { Rule } from './rule.ts';

/** A file that YAML can read and that is not of the right form. */
export const schema: Rule = {
  id: 'schema',
  severity: 'error',
  title: 'Not of the right form',
  summary: 'A key is unknown or missing, or a value is not of the form that its key takes.',
  details: [
    'Each mistake is one finding, in plain words, with the key or the value that was probably meant.',
    'The forms of all keys are in the JSON Schemas that the command `runbook-lint schema` prints.',
  ].join('\n'),
  bad: { 'x.fleet.yaml': 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimun: 8 }\n' },
  good: { 'x.fleet.yaml': 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\n' },
  checkReading: reportProblems,
  mendsSpelling: true,
  fixes: replacementFix,
};
