import { replacementFix, reportProblems } from './reading.ts';
import type { Rule } from './rule.ts';

const fleet = 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\n';

/** A comment that is meant to suppress findings and suppresses none. */
export const unusedSuppression: Rule = {
  id: 'unused-suppression',
  severity: 'warning',
  title: 'Suppresses nothing',
  summary: 'A comment that is meant to suppress a finding suppresses none.',
  details: [
    'Before a step, `# runbook-lint-disable-next-line RULE: reason` suppresses the findings of that rule on the whole step.',
    'Inside a block of commands it suppresses those on the next command line, and elsewhere those on the key that follows.',
    'At the top of a file, `# runbook-lint-disable-file RULE: reason` suppresses them everywhere in it.',
    'Several rules are separated by commas.',
    'The reason is required: whoever runs the step next has to know why the warning does not hold.',
    'Remove a comment that is not needed any more, or it will hide the next mistake in its place.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml':
      'runbook: Shrink web\nsteps:\n  # runbook-lint-disable-next-line below-minimum: the load is low\n  - remove: { subsystem: web, count: 2 }\n',
    'x.fleet.yaml': fleet,
  },
  good: {
    'x.runbook.yaml':
      'runbook: Shrink web\nsteps:\n  # runbook-lint-disable-next-line below-minimum: the load is low\n  - remove: { subsystem: web, count: 6 }\n',
    'x.fleet.yaml': fleet,
  },
  checkReading: reportProblems,
  mendsSpelling: true,
  fixes: replacementFix,
};
