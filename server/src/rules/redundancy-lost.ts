import type { RedundancyBreach } from '../simulation/outcome.ts';
import type { Related } from './finding.ts';
import { safeFigureAdvice } from './fixes/advice.ts';
import type { CountData } from './fixes/count-fixes.ts';
import { remedyFor } from './fixes/remedy.ts';
import { stepFixes } from './fixes/step-fixes.ts';
import type { Report, Rule, StepContext } from './rule.ts';
import { type Broke, onGravest } from './telling/gravest.ts';
import { placeOf } from './telling/places.ts';
import { subjectOf } from './telling/subject.ts';
import { tippingPlace } from './telling/tipping.ts';
import { counted, list } from './telling/words.ts';

const fleet =
  'fleet: demo\nsubsystems:\n  web: { minimum: 8, survives: { zones: 1 } }\ngroups:\n  web-a: { count: 10, serves: [web], zone: a }\n  web-b: { count: 10, serves: [web], zone: b }\n';

/** Enough for today is not enough for the failure that was planned for (docs/simulation.md §7). */
export const redundancyLost: Rule = {
  id: 'redundancy-lost',
  severity: 'warning',
  title: 'Would not survive the loss that it must survive',
  summary: 'While the step lasts, the loss of a zone or of some hosts would take a subsystem below its minimum.',
  details: [
    'A fleet declares with `survives` what a subsystem must be able to lose at any moment and still hold its minimum.',
    'The loss is counted in addition to what the runbook takes out: the zone with the most left in it, or the heaviest hosts.',
    'Take fewer servers at once, or take them from the zone that has the most.',
    'Where a subsystem falls below its minimum even without such a loss, only `below-minimum` speaks of it.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml': 'runbook: Look at web\nsteps:\n  - remove: { group: web-a, count: 4 }\n    permanent: true\n',
    'x.fleet.yaml': fleet,
  },
  good: {
    'x.runbook.yaml': 'runbook: Look at web\nsteps:\n  - remove: { group: web-a, count: 2 }\n    permanent: true\n',
    'x.fleet.yaml': fleet,
  },
  passesSafe: true,
  checkStep: (context) =>
    onGravest(
      context,
      'redundancy',
      ({ redundancy }) => redundancy,
      (broke) => reportOf(broke, context),
    ),
  advice: safeFigureAdvice('redundancy'),
  fixes: stepFixes,
};

function reportOf(
  { outcome, index, broken, falling, elsewhere }: Broke<RedundancyBreach>,
  context: StepContext,
): Report {
  const { certain, breaches } = broken;
  const [first] = breaches;
  const takes = certain ? 'leaves' : 'may leave';
  const data: CountData = { action: index };
  return {
    message: `${subjectOf(outcome)} ${takes} ${list(breaches.map(loss))}.${elsewhere} ${remedyFor(outcome, context.capacity)}`,
    span: first === undefined ? placeOf(outcome.action) : tippingPlace(outcome, first, context.capacity),
    severity: 'warning',
    related: breaches.flatMap((breach) => declaredAt(breach, context)),
    subsystems: falling,
    data,
  };
}

/** `web unable to survive the loss of 1 zone (6 of its minimum of 8 units would be left)`. */
function loss({ subsystem, loss: what, lost, to, minimum }: RedundancyBreach): string {
  const lose = counted(lost, what === 'zones' ? 'zone' : 'host');
  return `${subsystem} unable to survive the loss of ${lose} (it would keep ${to.worst}, its minimum is ${counted(minimum, 'unit')})`;
}

function declaredAt(
  { subsystem, loss: what, lost }: RedundancyBreach,
  { capacity, fleetUri }: StepContext,
): readonly Related[] {
  const declared = capacity?.subsystemByName.get(subsystem)?.declared;
  const span = declared?.survives?.[what]?.span;
  if (span === undefined || fleetUri === undefined) return [];
  return [
    {
      uri: fleetUri,
      span,
      message: `${subsystem} must survive the loss of ${counted(lost, what === 'zones' ? 'zone' : 'host')}.`,
    },
  ];
}
