import type { Rule } from './rule.ts';
import { list, quoted } from './telling/words.ts';

const runbook = 'runbook: Debug billing\nsteps:\n  - remove: { subsystem: billing, count: 2 }\n';

/** Without a fleet there is nothing to check a runbook against; said once, not once a step. */
export const noFleet: Rule = {
  id: 'no-fleet',
  severity: 'information',
  title: 'No fleet to check against',
  summary: 'There is no fleet near the runbook, or more than one and none is named.',
  details: [
    'A runbook is checked against the fleets that its key `fleet` names, or against the nearest one up the tree if there is exactly one.',
    'Write a fleet beside it, or name one with `fleet: ./name.fleet.yaml`.',
  ].join('\n'),
  bad: { 'x.runbook.yaml': runbook },
  good: {
    'x.runbook.yaml': runbook,
    'x.fleet.yaml': 'fleet: demo\nsubsystems:\n  billing: { capacity: 12, minimum: 8 }\n',
  },
  checkRunbook({ head, lookup }) {
    if (lookup.nearby === undefined || head.titleKey === undefined) return [];
    const names = quoted(lookup.nearby);
    const why =
      names.length === 0
        ? 'There is no fleet near this runbook'
        : `There are several fleets near this runbook: ${list(names)}`;
    const remedy =
      names.length === 0
        ? 'Write one beside it, or name one with `fleet:`.'
        : 'Name the one that is meant with `fleet:`.';
    return [{ message: `${why}, so its steps are not checked. ${remedy}`, span: head.titleKey }];
  },
};
