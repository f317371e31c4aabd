import type { RateBreach } from '../simulation/outcome.ts';
import type { Related } from './finding.ts';
import { safeFigureAdvice } from './fixes/advice.ts';
import type { CountData } from './fixes/count-fixes.ts';
import { paceFixes } from './fixes/step-fixes.ts';
import type { Report, Rule, StepContext } from './rule.ts';
import { isMoreThanAlone } from './telling/alone.ts';
import { type Broke, onGravest } from './telling/gravest.ts';
import { placeOf } from './telling/places.ts';
import { tippingPlaceOfRate } from './telling/tipping.ts';
import { counted, duration, list } from './telling/words.ts';

/** Capacity that goes too fast leaves no time to notice that it was too much (docs/simulation.md §6). */
export const removalRate: Rule = {
  id: 'removal-rate',
  severity: 'error',
  title: 'Takes capacity out too fast',
  summary: 'More of a subsystem leaves service within the window than the limit of the fleet allows.',
  details: [
    'A limit on how much may go at a time gives everybody the chance to see that something is wrong before it is too late.',
    'In every window, the units of a subsystem that leave service are added up, those of a restart too; capacity that comes back in the meantime refunds nothing.',
    'Take fewer at a time, or wait until the window has passed.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml':
      'runbook: Shrink the web pool\nsteps:\n  - remove: { group: web, count: 5 }\n  - wait: 1m\n  - remove: { group: web, count: 6 }\n',
    'x.fleet.yaml':
      'fleet: demo\nsubsystems:\n  web: { minimum: 50 }\ngroups:\n  web: { count: 100, serves: [web] }\nremoval: { limit: 10%, window: 10m }\n',
  },
  good: {
    'x.runbook.yaml':
      'runbook: Shrink the web pool\nsteps:\n  - remove: { group: web, count: 5 }\n  - wait: 10m\n  - remove: { group: web, count: 6 }\n',
    'x.fleet.yaml':
      'fleet: demo\nsubsystems:\n  web: { minimum: 50 }\ngroups:\n  web: { count: 100, serves: [web] }\nremoval: { limit: 10%, window: 10m }\n',
  },
  passesSafe: true,
  checkStep: (context) =>
    onGravest(
      context,
      'rate',
      ({ rates }) => rates,
      (broke) => reportOf(broke, context),
    ),
  advice: safeFigureAdvice('rate'),
  fixes: paceFixes,
};

function reportOf({ outcome, index, broken, falling, elsewhere }: Broke<RateBreach>, context: StepContext): Report {
  const { action } = outcome;
  const { certain, breaches: rates } = broken;
  const [first] = rates;
  const windows = new Set(rates.map(({ rate }) => rate.window));
  const within = windows.size === 1 ? ` within ${duration(rates[0]?.rate.window ?? 0)}` : '';
  const parts = rates.map((breach) => describe(breach, within === ''));
  const remedy = 'Take fewer at a time, or wait until the window has passed.';
  const takes = certain ? 'takes' : 'may take';
  const isMore = rates.some(({ subsystem, most }) => isMoreThanAlone(outcome, subsystem, most, context.capacity));
  return {
    message: `${isMore ? 'With what left before, this' : 'This'} ${takes} ${list(parts)} out${within}, faster than the fleet allows.${elsewhere} ${remedy}`,
    span: first === undefined ? placeOf(action) : tippingPlaceOfRate(outcome, first, context.capacity),
    severity: certain ? 'error' : 'warning',
    related: rates.flatMap((breach) => limitOf(breach, context)),
    subsystems: falling,
    data: { action: index } satisfies CountData,
  };
}

/** `40 units of index (limit 12)`. */
function describe({ subsystem, most, rate }: RateBreach, withWindow: boolean): string {
  const window = withWindow ? ` within ${duration(rate.window)}` : '';
  return `${counted(most, 'unit')} of ${subsystem} (limit ${rate.limit}${window})`;
}

function limitOf({ subsystem, rate }: RateBreach, { fleet, fleetUri, capacity }: StepContext): readonly Related[] {
  const own = capacity?.subsystemByName.get(subsystem)?.declared.removal;
  const said = own?.limit !== undefined ? own : fleet?.removal;
  if (said === undefined || fleetUri === undefined) return [];
  const message = `At most ${counted(rate.limit, 'unit')} of ${subsystem} may go within ${duration(rate.window)}.`;
  return [{ uri: fleetUri, span: (said.limit ?? said).span, message }];
}
