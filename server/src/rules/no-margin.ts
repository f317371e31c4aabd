import type { ActionOutcome, StepOutcome } from '../simulation/outcome.ts';
import type { Report, Rule, StepContext } from './rule.ts';
import { placeOf } from './telling/places.ts';
import { counted, list } from './telling/words.ts';

const fleet = 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\n';

/** Exactly at the minimum is allowed, and leaves nothing for what nobody planned. */
export const noMargin: Rule = {
  id: 'no-margin',
  severity: 'hint',
  title: 'Exactly at the minimum',
  summary: 'The step leaves a subsystem exactly its minimum, so that the next failure breaks it.',
  details: [
    'It is allowed, and often meant: a runbook that takes as many as it may ends here.',
    'Whatever fails by itself while the step lasts takes the subsystem below its minimum.',
    'The minimum of a zone counts like that of the whole.',
    'Take one server fewer to keep a margin.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml': 'runbook: Shrink web\nsteps:\n  - remove: { subsystem: web, count: 4 }\n',
    'x.fleet.yaml': fleet,
  },
  good: {
    'x.runbook.yaml': 'runbook: Shrink web\nsteps:\n  - remove: { subsystem: web, count: 3 }\n',
    'x.fleet.yaml': fleet,
  },
  checkStep(context) {
    const report = reportOf(context);
    return report === undefined ? none : [report];
  },
};

const none: readonly Report[] = [];

const taking = new Set(['remove', 'restart', 'replace', 'scale-to']);

/** Where the step breaks a minimum, or one would not survive a loss, it is no time to speak of margins. */
function reportOf({ outcome, capacity }: StepContext): Report | undefined {
  if (outcome === undefined || !outcome.actions.some(takes) || outcome.actions.some(breaks)) return undefined;
  const takers = outcome.actions.filter(takes);
  const bare = (capacity?.subsystems ?? []).filter(({ index, name, minimum }) => {
    if (minimum === 0 || !takers.some(({ touches }) => touches.includes(name))) return false;
    const figures = outcome.figuresOf(index);
    return figures?.lowest.worst === minimum && figures.before.worst > minimum;
  });
  const [first] = bare;
  if (first === undefined) return zoneReport(outcome);
  const subsystems = bare.map(({ name }) => name);
  const taker = takers.findLast(({ touches }) => touches.some((name) => subsystems.includes(name)));
  if (taker === undefined) return undefined;
  const may = outcome.figuresOf(first.index)?.lowest.best === first.minimum ? 'leaves' : 'may leave';
  const units = bare.length === 1 ? `its minimum of ${counted(first.minimum, 'unit')}` : 'their minimums';
  const message = `This ${may} ${list(subsystems)} exactly at ${units}: the next failure breaks it. Take fewer to keep a margin.`;
  return { message, span: placeOf(taker.action), subsystems };
}

function takes({ action, touches }: ActionOutcome): boolean {
  return touches.length > 0 && taking.has(action.effect);
}

function breaks({ breaches, redundancy }: ActionOutcome): boolean {
  return breaches.length > 0 || redundancy.breaches.length > 0;
}

/** The same of a subsystem in a zone that has a minimum of its own. */
function zoneReport({ bareZones, actions }: StepOutcome): Report | undefined {
  if (bareZones.length === 0) return undefined;
  const subsystems = [...new Set(bareZones.map(({ subsystem }) => subsystem))];
  const taker = actions.findLast((action) => takes(action) && action.touches.some((name) => subsystems.includes(name)));
  if (taker === undefined) return undefined;
  const may = bareZones.some(({ certain }) => certain) ? 'leaves' : 'may leave';
  const places = bareZones.map(
    ({ subsystem, zone, minimum }) =>
      `${subsystem} in zone ${zone} exactly at its minimum of ${counted(minimum, 'unit')}`,
  );
  const message = `This ${may} ${list(places)}: the next failure breaks it. Take fewer to keep a margin.`;
  return { message, span: placeOf(taker.action), subsystems };
}
