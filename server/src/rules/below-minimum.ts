import type { Action } from '../commands/action.ts';
import type { Capacity, SubsystemCapacity } from '../simulation/fleet/capacity.ts';
import { resolveTarget } from '../simulation/fleet/resolve.ts';
import type { ActionOutcome, Breach, Broken, Figures } from '../simulation/outcome.ts';
import type { Related } from './finding.ts';
import { safeFigureAdvice } from './fixes/advice.ts';
import type { CountData } from './fixes/count-fixes.ts';
import { remedyFor, restoreFirst } from './fixes/remedy.ts';
import { stepFixes } from './fixes/step-fixes.ts';
import type { Report, Rule, StepContext } from './rule.ts';
import { isMoreThanAlone } from './telling/alone.ts';
import { type Broke, onGravest } from './telling/gravest.ts';
import { minimumPlace, placeOf } from './telling/places.ts';
import { subjectOf } from './telling/subject.ts';
import { tippingPlace } from './telling/tipping.ts';
import { counted, duration, list } from './telling/words.ts';

/** The heart of the product: every subsystem that a touched server serves, at worst and at best (docs/simulation.md §1 to §4). */
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
  passesSafe: true,
  checkStep: (context) =>
    onGravest(
      context,
      'minimum',
      (action) => action,
      (broke) => reportOf(broke, context),
    ),
  advice: safeFigureAdvice('minimum'),
  fixes: stepFixes,
};

function reportOf({ outcome, index, broken, falling, elsewhere }: Broke<Breach>, context: StepContext): Report {
  const { action } = outcome;
  const { certain, breaches } = broken;
  const [first] = breaches;
  const names = [...new Set(breaches.map(({ subsystem }) => subsystem))];
  const risked = dependentsOf(names, context);
  const data: CountData = { action: index };
  const sentences = [
    `${subjectOf(outcome)} ${falls(broken, context)}${turnOf(outcome)}${withOthers(outcome, context)}.${elsewhere}`,
    certain || (action.maybe !== undefined && areAlike(action, context.capacity))
      ? ''
      : dependsOn(outcome, breaches[0], context),
    action.maybe === undefined || certain ? '' : `That is if it is run: ${action.maybe.why}.`,
    assumed(context),
    among(names, context),
    riskOf(risked, names.length === 1 ? 'it' : 'them'),
    recoveryOf(names, context),
    remedy(outcome, context),
  ];
  return {
    message: sentences.filter((sentence) => sentence !== '').join(' '),
    span: first === undefined ? placeOf(action) : tippingPlace(outcome, first, context.capacity),
    severity: certain ? 'error' : 'warning',
    related: onceEach([
      ...breaches.flatMap((breach) => minimumOf(breach, context)),
      ...risked.flatMap((name) => atRisk(name, context)),
      ...witnessPlaces(action, breaches[0], context),
    ]),
    subsystems: falling,
    data,
  };
}

/** Of a loop over hosts, the turn with which it happens. */
function turnOf({ action, target }: ActionOutcome): string {
  const [name, ...others] = target;
  const isNamed = action.loop !== undefined && action.target.terms.some(({ role }) => role === 'hosts');
  return isNamed && name !== undefined && others.length === 0 ? ` as soon as it comes to ${name}` : '';
}

/** Where it alone would not lower the figure by so much: the rest is what the step took out before. */
function withOthers(outcome: ActionOutcome, { capacity }: StepContext): string {
  const { action, breaches } = outcome;
  if (action.effect !== 'remove' || action.maybe) return '';
  const isMore = breaches.some(({ subsystem, from, to }) =>
    isMoreThanAlone(outcome, subsystem, from.worst - to.worst, capacity),
  );
  return isMore ? ', with what this step takes out before it' : '';
}

/** What falls whichever servers go, and what only may; where nothing falls alone for certain, all of it is told together. */
function falls({ breaches, certain }: Broken<Breach>, context: StepContext): string {
  const told = (some: readonly Breach[], isCertain: boolean) =>
    `${isCertain ? 'takes' : 'may take'} ${list(some.map((breach) => fall(breach, isCertain, context)))}`;
  const sure = breaches.filter(isSure);
  if (!certain || sure.length === 0 || sure.length === breaches.length) return told(breaches, certain);
  const possible = breaches.filter((breach) => !sure.includes(breach));
  return `${told(sure, true)}, and ${told(possible, false)}`;
}

function isSure({ to, minimum }: Breach): boolean {
  return to.best < minimum;
}

/** `index below its minimum of 110 units (from 120 to 80)`; where it is certain and not known how far, both ends. */
function fall({ subsystem, zone, from, to, minimum }: Breach, certain: boolean, { capacity }: StepContext): string {
  const end = certain ? range(to) : `${to.worst}`;
  const where = zone === undefined ? '' : ` in zone ${zone}`;
  const hours = zone === undefined ? hoursOf(capacity?.subsystemByName.get(subsystem)) : '';
  return `${subsystem}${where} below its minimum of ${counted(minimum, 'unit')}${hours} (from ${range(from)} to ${end})`;
}

/** Of a minimum that does not always hold, when it does: ` during Mon-Fri 08:00-20:00 Europe/Berlin`. */
function hoursOf(subsystem: SubsystemCapacity | undefined): string {
  const { during, timezone } = subsystem?.setBy ?? {};
  return during?.value === undefined ? '' : ` during ${during.value} ${timezone?.value ?? 'UTC'}`;
}

function range({ worst, best }: Figures): string {
  return worst === best ? `${worst}` : `between ${worst} and ${best}`;
}

/** Where all servers of the target are alike, it is what happened before that decides, or whether it is run, and not which of them go. */
function dependsOn({ action }: ActionOutcome, breach: Breach | undefined, { capacity }: StepContext): string {
  if (areAlike(action, capacity)) return action.maybe === undefined ? 'It depends on what is out by then.' : '';
  return `It depends on which servers go: ${witness(breach)}.`;
}

function areAlike({ target }: Action, capacity: Capacity | undefined): boolean {
  return capacity !== undefined && resolveTarget(target, capacity, []).parts.length === 1;
}

function witness(breach: Breach | undefined): string {
  const parts = breach?.witness.map(({ group, count }) => `${count} from ${group}`) ?? [];
  return `it happens if it is ${list(parts)}`;
}

/** Whose value is not what somebody wrote: figures of nobody's would be looked for in vain. */
function assumed({ step, head }: StepContext): string {
  if (step.uses.length === 0) return '';
  const bare = head.parameters.flatMap(({ name, default: usual }) => (usual === undefined ? (name.value ?? []) : []));
  const names = [...new Set(step.uses.flatMap(({ name }) => (bare.includes(name) ? [`\`${name}\``] : [])))];
  if (names.length === 0) return '';
  const [has, its] = names.length === 1 ? ['has', 'its'] : ['have', 'their'];
  return `${list(names)} ${has} no default, so that ${its} worst value counts.`;
}

/** Which of those that fall depend on one another: it takes longer to start them again. */
function among(names: readonly string[], { capacity }: StepContext): string {
  const needed = names.filter((name) =>
    capacity?.subsystemByName.get(name)?.dependents.some((one) => names.includes(one)),
  );
  const needing = names.filter((name) =>
    needed.some((one) => capacity?.subsystemByName.get(one)?.dependents.includes(name)),
  );
  return needed.length === 0
    ? ''
    : `${list(needing)} ${needing.length === 1 ? 'depends' : 'depend'} on ${list(needed)}.`;
}

function riskOf(risked: readonly string[], on: string): string {
  if (risked.length === 0) return '';
  const [depends, are] = risked.length === 1 ? ['depends', 'is'] : ['depend', 'are'];
  return `${counted(risked.length, 'subsystem')} that ${depends} on ${on} ${are} at risk too: ${list(risked)}.`;
}

/** How long it takes to start again what falls, where the fleet says so. */
function recoveryOf(names: readonly string[], { capacity }: StepContext): string {
  const known = names.flatMap((name) => {
    const recovery = capacity?.subsystemByName.get(name)?.recovery;
    return recovery === undefined ? [] : [`${duration(recovery)} for ${name}`];
  });
  return known.length === 0 ? '' : `A full restart takes ${list(known)}.`;
}

function remedy(outcome: ActionOutcome, { capacity }: StepContext): string {
  const { breaches } = outcome;
  const bare = breaches.find(({ subsystem, from, minimum }) => {
    const units = capacity?.subsystemByName.get(subsystem)?.servedBy.map((one) => one.units) ?? [];
    return from.worst - minimum < Math.min(...units);
  });
  if (bare !== undefined) {
    const isCertain = bare.to.worst === bare.to.best || areAlike(outcome.action, capacity);
    const instead = isCertain ? restoreFirst : 'Name a group that spares it.';
    const where = bare.zone === undefined ? '' : ` in zone ${bare.zone}`;
    return `Not one server of ${bare.subsystem}${where} can be spared, because only ${bare.from.worst} ${bare.from.worst === 1 ? 'unit is' : 'units are'} in service before. ${instead}`;
  }
  return remedyFor(outcome, capacity);
}

/**
 * What depends on the subsystems and does not fall itself, in the order in which it has to be started again:
 * whatever depends on something depends on all that this depends on too, and so on more.
 */
function dependentsOf(names: readonly string[], { capacity }: StepContext): readonly string[] {
  const all = names.flatMap((name) => capacity?.subsystemByName.get(name)?.dependents ?? []);
  const needs = (name: string) =>
    capacity?.subsystems.reduce((sum, { dependents }) => sum + (dependents.includes(name) ? 1 : 0), 0) ?? 0;
  return [...new Set(all)].filter((name) => !names.includes(name)).toSorted((a, b) => needs(a) - needs(b));
}

function minimumOf({ subsystem, zone, minimum }: Breach, { capacity, fleetUri }: StepContext): readonly Related[] {
  const known = capacity?.subsystemByName.get(subsystem);
  if (known === undefined || fleetUri === undefined) return [];
  const [depend, names] = [known.dependents.length === 1 ? 'depends' : 'depend', list(known.dependents)];
  const needed = names === '' ? '' : ` ${names} ${depend} on it.`;
  const where = zone === undefined ? '' : ' in each zone';
  const hours = zone === undefined ? hoursOf(known) : '';
  const message = `${subsystem} must keep ${counted(minimum, 'unit')}${where}${hours}.${needed}${restartOf(known)}`;
  const perZone = zone === undefined ? undefined : known.declared.minimumPerZone?.span;
  return [{ uri: fleetUri, span: perZone ?? minimumPlace(known), message }];
}

/** The zones of a subsystem have one minimum. */
function onceEach(related: readonly Related[]): readonly Related[] {
  const seen = new Set<string>();
  return related.filter(({ span, message }) => {
    const key = `${span.start} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

function atRisk(name: string, { capacity, fleetUri }: StepContext): readonly Related[] {
  const known = capacity?.subsystemByName.get(name);
  if (known === undefined || fleetUri === undefined) return [];
  return [{ uri: fleetUri, span: known.declared.name.span, message: `${name} depends on it.${restartOf(known)}` }];
}

function restartOf({ recovery }: SubsystemCapacity): string {
  return recovery === undefined ? '' : ` A full restart takes ${duration(recovery)}.`;
}

/** The groups that the worst choice takes from, where there is a choice. */
function witnessPlaces(
  action: Action,
  breach: Breach | undefined,
  { capacity, fleetUri }: StepContext,
): readonly Related[] {
  if (breach === undefined || fleetUri === undefined || breach.to.worst === breach.to.best) return [];
  if (areAlike(action, capacity)) return [];
  return breach.witness.flatMap(({ group, count }) => {
    const declared = capacity?.groupByName.get(group)?.declared;
    if (declared === undefined) return [];
    const message = `At worst for ${breach.subsystem}, ${count} of the servers ${count === 1 ? 'is' : 'are'} from ${group}.`;
    return [{ uri: fleetUri, span: declared.name.span, message }];
  });
}
