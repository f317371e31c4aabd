import { replacementFix, reportProblems } from './reading.ts';
import type { Rule } from './rule.ts';

/** Not valid YAML. */
export const syntax: Rule = {
  id: 'syntax',
  severity: 'error',
  title: 'Not valid YAML',
  summary: 'The file cannot be read as YAML here.',
  details: [
    'The step with the mistake is left out, and all others are checked as before.',
    'A value that starts with `{{` or `*`, or that holds `: `, has to be in quotes.',
    'A file with the markers of a merge conflict, or with lines of a template such as `{% for … %}`, gets one finding, and nothing else in it is checked.',
  ].join('\n'),
  bad: { 'x.runbook.yaml': 'runbook: Look\nsteps:\n  - manual: "Look at the dashboard\n' },
  good: {
    'x.runbook.yaml': 'runbook: Look\nsteps:\n  - manual: "Look at the dashboard"\n',
    'x.fleet.yaml': 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\n',
  },
  checkReading: reportProblems,
  mendsSpelling: true,
  fixes: replacementFix,
};
