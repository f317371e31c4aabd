import type { ZonesBreach } from '../simulation/outcome.ts';
import type { Related } from './finding.ts';
import type { CountData } from './fixes/count-fixes.ts';
import { stepFixes } from './fixes/step-fixes.ts';
import type { Report, Rule, StepContext } from './rule.ts';
import { type Broke, onGravest } from './telling/gravest.ts';
import { placeOf } from './telling/places.ts';
import { subjectOf } from './telling/subject.ts';
import { tippingPlaceOfZones } from './telling/tipping.ts';
import { counted, list } from './telling/words.ts';

const fleet =
  'fleet: demo\nsubsystems:\n  web: { minimum: 8 }\ngroups:\n  web-a: { count: 10, serves: [web], zone: a }\n  web-b: { count: 10, serves: [web], zone: b }\nremoval: { zonesAtOnce: 1 }\n';

/** Zones exist so that one of them may fail; work in two at a time takes that away (docs/simulation.md §7). */
export const zonesAtOnce: Rule = {
  id: 'zones-at-once',
  severity: 'warning',
  title: 'Touches more zones at once than allowed',
  summary: 'At one moment, servers of a subsystem are out in more zones than the fleet allows.',
  details: [
    'What is wrong with a change shows in the zone where it is made first, as long as the others are left alone.',
    'A zone has servers out until they have come back and warmed up.',
    'Finish one zone before the next begins: restore what is out there, and wait until it has warmed up.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml':
      'runbook: Look at web\nsteps:\n  - id: a\n    remove: { group: web-a, count: 1 }\n  - id: b\n    remove: { group: web-b, count: 1 }\n  - restore: a\n  - restore: b\n',
    'x.fleet.yaml': fleet,
  },
  good: {
    'x.runbook.yaml':
      'runbook: Look at web\nsteps:\n  - id: a\n    remove: { group: web-a, count: 1 }\n  - restore: a\n  - id: b\n    remove: { group: web-b, count: 1 }\n  - restore: b\n',
    'x.fleet.yaml': fleet,
  },
  passesSafe: true,
  checkStep: (context) =>
    onGravest(
      context,
      'zones',
      ({ zones }) => zones,
      (broke) => reportOf(broke, context),
    ),
  fixes: stepFixes,
};

function reportOf({ outcome, index, broken, falling, elsewhere }: Broke<ZonesBreach>, context: StepContext): Report {
  const { certain, breaches } = broken;
  const [first] = breaches;
  const parts = breaches.map(
    ({ subsystem, most, allowed }) => `${subsystem} out in ${counted(most, 'zone')} at once (${allowed} allowed)`,
  );
  const data: CountData = { action: index };
  const advice = breaches.some((breach) => hasNoZone(breach, context))
    ? 'Each server without a `zone` counts as a zone of its own: give its group one in the fleet, or take fewer at once.'
    : 'Restore those of the other zone first, or keep to one zone.';
  return {
    message: `${subjectOf(outcome)} ${certain ? 'has' : 'may have'} servers of ${list(parts)}.${elsewhere} ${advice}`,
    span: first === undefined ? placeOf(outcome.action) : tippingPlaceOfZones(outcome, first, context.capacity),
    severity: 'warning',
    related: breaches.flatMap((breach) => limitOf(breach, context)),
    subsystems: falling,
    data,
  };
}

function hasNoZone({ subsystem }: ZonesBreach, { capacity }: StepContext): boolean {
  return capacity?.subsystemByName.get(subsystem)?.servedBy.some(({ group }) => group.zone === undefined) === true;
}

function limitOf({ subsystem, allowed }: ZonesBreach, { fleet, fleetUri, capacity }: StepContext): readonly Related[] {
  const own = capacity?.subsystemByName.get(subsystem)?.declared.removal?.zonesAtOnce;
  const said = own ?? fleet?.removal?.zonesAtOnce;
  if (said === undefined || fleetUri === undefined) return [];
  return [
    {
      uri: fleetUri,
      span: said.span,
      message: `At most ${counted(allowed, 'zone')} of ${subsystem} may be touched at once.`,
    },
  ];
}
