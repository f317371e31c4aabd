import type { ActionOutcome, Breach, Figures } from '../simulation/outcome.ts';
import { type CountData, countFixes } from './count-fixes.ts';
import type { Related } from './finding.ts';
import { minimumPlace, placeOf } from './places.ts';
import type { Report, Rule, StepContext } from './rule.ts';
import { counted, duration, list } from './words.ts';

/** The heart of the product: every subsystem that a touched server serves, at worst and at best (SPEC §5.1 to §5.4). */
export const belowMinimum: Rule = {
  id: 'below-minimum',
  severity: 'error',
  title: 'Takes a subsystem below its minimum',
  summary: 'The step leaves a subsystem fewer units in service than its minimum.',
  details: [
    'Every subsystem that a touched server serves is checked, not only the one that the step names.',
    'Where the step does not say which servers go, both ends are worked out: it is an error where every choice of servers breaks a minimum, and a warning where some choice does.',
    'A subsystem below its minimum also puts everything at risk that depends on it.',
    'Take fewer servers, take them from a group that does not serve the subsystem, or restore others first.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml': 'runbook: Rotate the core servers\nsteps:\n  - remove: { group: core, count: 20 }\n',
    'x.fleet.yaml':
      'fleet: demo\nsubsystems:\n  index: { minimum: 75% }\n  placement: { minimum: 10, dependsOn: [index] }\ngroups:\n  core: { count: 60, serves: [index, placement] }\n',
  },
  good: {
    'x.runbook.yaml': 'runbook: Rotate the core servers\nsteps:\n  - remove: { group: core, count: 12 }\n',
    'x.fleet.yaml':
      'fleet: demo\nsubsystems:\n  index: { minimum: 75% }\n  placement: { minimum: 10, dependsOn: [index] }\ngroups:\n  core: { count: 60, serves: [index, placement] }\n',
  },
  checkStep(context) {
    const outcomes = context.outcome?.actions ?? [];
    const broken = outcomes.flatMap((outcome, index) => (outcome.breaches.length > 0 ? [{ outcome, index }] : []));
    const gravest = broken.find(({ outcome }) => outcome.certain) ?? broken[0];
    return gravest === undefined ? [] : [reportOf(gravest.outcome, gravest.index, context)];
  },
  fixes: countFixes,
};

function reportOf(outcome: ActionOutcome, index: number, context: StepContext): Report {
  const { action, breaches, certain } = outcome;
  const names = breaches.map(({ subsystem }) => subsystem);
  const risked = dependentsOf(names, context);
  const falls = `This ${certain ? 'takes' : 'may take'} ${list(breaches.map((breach) => fall(breach, certain)))}.`;
  const which = certain ? '' : ` It depends on which servers go: ${witness(breaches[0])}.`;
  const also =
    risked.length === 0
      ? ''
      : ` ${counted(risked.length, 'subsystem')} that ${risked.length === 1 ? 'depends' : 'depend'} on ${names.length === 1 ? 'it' : 'them'} ${risked.length === 1 ? 'is' : 'are'} at risk too: ${list(risked)}.`;
  const remedy = ' Take fewer servers at once, or name a group that spares them.';
  const data: CountData = { action: index };
  return {
    message: `${falls}${which}${also}${remedy}`,
    span: placeOf(action),
    severity: certain ? 'error' : 'warning',
    related: [
      ...breaches.flatMap((breach) => minimumOf(breach, context)),
      ...risked.flatMap((name) => atRisk(name, context)),
    ],
    subsystems: names,
    data,
  };
}

/** `index below its minimum of 110 units (from 120 to 80)`; where it is certain and not known how far, both ends. */
function fall({ subsystem, from, to, minimum }: Breach, certain: boolean): string {
  const end = certain ? range(to) : `${to.worst}`;
  return `${subsystem} below its minimum of ${counted(minimum, 'unit')} (from ${range(from)} to ${end})`;
}

function range({ worst, best }: Figures): string {
  return worst === best ? `${worst}` : `between ${worst} and ${best}`;
}

function witness(breach: Breach | undefined): string {
  const parts = breach?.witness.map(({ group, count }) => `${count} from ${group}`) ?? [];
  return `it happens if it is ${list(parts)}`;
}

/** What depends on the subsystems and does not fall itself, in the order in which it has to be started again. */
function dependentsOf(names: readonly string[], { capacity }: StepContext): readonly string[] {
  const all = names.flatMap((name) => capacity?.subsystemByName.get(name)?.dependents ?? []);
  return [...new Set(all)].filter((name) => !names.includes(name));
}

function minimumOf({ subsystem, minimum }: Breach, { capacity, fleetUri }: StepContext): readonly Related[] {
  const known = capacity?.subsystemByName.get(subsystem);
  if (known === undefined || fleetUri === undefined) return [];
  const needed =
    known.dependents.length === 0
      ? ''
      : ` ${list(known.dependents)} ${known.dependents.length === 1 ? 'depends' : 'depend'} on it.`;
  const restart = known.recovery === undefined ? '' : ` A full restart takes ${duration(known.recovery)}.`;
  const message = `${subsystem} must keep ${counted(minimum, 'unit')}.${needed}${restart}`;
  return [{ uri: fleetUri, span: minimumPlace(known.declared), message }];
}

function atRisk(name: string, { capacity, fleetUri }: StepContext): readonly Related[] {
  const known = capacity?.subsystemByName.get(name);
  if (known === undefined || fleetUri === undefined) return [];
  const restart = known.recovery === undefined ? '' : ` A full restart takes ${duration(known.recovery)}.`;
  return [{ uri: fleetUri, span: known.declared.name.span, message: `${name} depends on it.${restart}` }];
}
