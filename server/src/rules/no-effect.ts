import type { ActionOutcome } from '../simulation/outcome.ts';
import type { Report, Rule } from './rule.ts';

const fleet = 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\n';

/** A step that does nothing is mostly a step that was meant to do something else (SPEC §6). */
export const noEffect: Rule = {
  id: 'no-effect',
  severity: 'warning',
  title: 'Changes nothing',
  summary: 'The target matches no server, or there is nothing that the step could restore.',
  details: [
    'A selector that matches nothing and a restore that has nothing to restore point to a name or an order that is not what was meant.',
    'For named hosts that are already out, or in service already, it is only an information: the step is safe to run again.',
  ].join('\n'),
  bad: { 'x.runbook.yaml': 'runbook: Put web back\nsteps:\n  - restore: { subsystem: web }\n', 'x.fleet.yaml': fleet },
  good: {
    'x.runbook.yaml':
      'runbook: Put web back\nsteps:\n  - remove: { subsystem: web, count: 2 }\n  - restore: { subsystem: web }\n',
    'x.fleet.yaml': fleet,
  },
  checkStep: ({ outcome }) => (outcome?.actions ?? []).flatMap(reportOf).slice(0, 1),
};

function reportOf({ action, idle, target }: ActionOutcome): readonly Report[] {
  const span = action.restores?.span ?? action.target.terms[0]?.span ?? action.at;
  const name = target.join(', ');
  switch (idle) {
    case 'nothing-matches':
      return [{ message: `No server of the fleet matches ${name === '' ? 'this' : name}, so nothing happens.`, span }];
    case 'nothing-out':
      return [
        {
          message: `Nothing of ${name === '' ? 'this' : name} is out at this step, so there is nothing to restore.`,
          span,
          ...(action.target.terms.some(({ role }) => role === 'hosts') ? { severity: 'information' } : {}),
        },
      ];
    case 'already-out': {
      const message = `All servers of ${name === '' ? 'this target' : name} are out already, so nothing happens.`;
      return [{ message, span, severity: 'information' }];
    }
    case undefined:
      return [];
  }
}
