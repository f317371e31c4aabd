import type { ActionOutcome } from '../simulation/outcome.ts';
import type { CountData } from './fixes/count-fixes.ts';
import { stepFixes } from './fixes/step-fixes.ts';
import type { Report, Rule } from './rule.ts';
import { placeOf } from './telling/places.ts';
import { namesOf } from './telling/subject.ts';
import { counted } from './telling/words.ts';

const fleet = 'fleet: demo\nsubsystems:\n  billing: { capacity: 12, minimum: 0 }\n';

/** A count that cannot be meant: there are not so many. */
export const exceedsTarget: Rule = {
  id: 'exceeds-target',
  severity: 'error',
  title: 'Takes more than there is',
  summary: 'More servers are removed than the target has in service.',
  details: [
    'A count above what is there is almost always a slip of the key, or a step that was already done.',
    'Servers that earlier steps took out are not in service any more, so they cannot be taken again.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml': 'runbook: Shrink billing\nsteps:\n  - remove: { subsystem: billing, count: 40 }\n',
    'x.fleet.yaml': fleet,
  },
  good: {
    'x.runbook.yaml': 'runbook: Shrink billing\nsteps:\n  - remove: { subsystem: billing, count: 4 }\n',
    'x.fleet.yaml': fleet,
  },
  passesSafe: true,
  checkStep({ outcome }) {
    const over = (outcome?.actions ?? []).flatMap((action, index) => (action.exceeds ? [{ action, index }] : []));
    const gravest = over.find(({ action }) => isCertain(action)) ?? over[0];
    return gravest === undefined ? [] : [reportOf(gravest.action, gravest.index)];
  },
  fixes: stepFixes,
};

function isCertain({ exceeds }: ActionOutcome): boolean {
  return exceeds?.certain === true;
}

function reportOf(outcome: ActionOutcome, index: number): Report {
  const { asked = 0, worst = 0, best = 0 } = outcome.exceeds ?? {};
  const target = namesOf(outcome);
  const certain = isCertain(outcome);
  const there = best === 0 ? 'none' : certain ? `only ${best}` : `as few as ${worst}`;
  const verb = certain ? (best > 1 ? 'are' : 'is') : 'may be';
  const message = `This removes ${counted(asked, 'server')} of ${target}, of which ${there} ${verb} in service at this step. Ask for no more than there are, or restore servers first.`;
  const data: CountData = { action: index };
  return { message, span: placeOf(outcome.action), severity: certain ? 'error' : 'warning', data };
}
