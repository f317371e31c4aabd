import { replacementFix, reportProblems } from './reading.ts';
import type { Rule } from './rule.ts';

/** A key stands twice (SPEC §6). */
export const duplicateKey: Rule = {
  id: 'duplicate-key',
  severity: 'error',
  title: 'A key stands twice',
  summary: 'A key stands twice in one mapping, and only the first counts.',
  details: ['Which of two equal keys counts differs from one reader of YAML to the next.', 'Remove one of them.'].join(
    '\n',
  ),
  bad: { 'x.fleet.yaml': 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8, minimum: 6 }\n' },
  good: { 'x.fleet.yaml': 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\n' },
  checkReading: reportProblems,
  fixes: replacementFix,
};
