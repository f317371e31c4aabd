import { replacementFix, reportProblems } from './reading.ts';
import type { Rule } from './rule.ts';

/** A usage line that cannot be matched. */
export const invalidCommandDeclaration: Rule = {
  id: 'invalid-command-declaration',
  severity: 'error',
  title: 'A usage line that cannot be matched',
  summary: 'The declaration of a command cannot be understood, so no command will ever match it.',
  details: [
    'A usage line holds literal words, roles in angle brackets, options, and brackets around what may be left out.',
    'Correct the line; until then commands of this form are not judged.',
  ].join('\n'),
  bad: {
    'x.fleet.yaml':
      'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\ncommands:\n  - tool: webctl\n    usages:\n      - usage: "remove [--count <count>"\n        effect: remove\n',
  },
  good: {
    'x.fleet.yaml':
      'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\ncommands:\n  - tool: webctl\n    usages:\n      - usage: "remove [--count <count>]"\n        effect: remove\n',
  },
  checkReading: reportProblems,
  mendsSpelling: true,
  fixes: replacementFix,
};
