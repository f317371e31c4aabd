import type { TargetTerm } from '../commands/action.ts';
import type { Capacity } from '../simulation/fleet/capacity.ts';
import type { ActionOutcome } from '../simulation/outcome.ts';
import type { Report, Rule } from './rule.ts';
import { list } from './telling/words.ts';

const fleet =
  'fleet: demo\nsubsystems:\n  billing: { minimum: 8 }\n  index: { minimum: 40 }\ngroups:\n  billing-only: { count: 12, serves: [billing] }\n  core: { count: 60, serves: [billing, index] }\n';

/** In 2017 the servers also carried two subsystems that nobody had named. */
export const sharedServers: Rule = {
  id: 'shared-servers',
  severity: 'information',
  title: 'The servers serve other subsystems too',
  summary: 'The step names a subsystem, and its servers also serve subsystems that the step does not name.',
  details: [
    'A step that names a subsystem may take any server that serves it, also one that serves others.',
    'That is no mistake in itself, and their minimums are checked all the same; it is said so that nobody is surprised.',
    'Where `below-minimum` already says of all of them that they fall, this is not said again.',
    'Name a group that serves nothing else, where there is one.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml': 'runbook: Debug billing\nsteps:\n  - remove: { subsystem: billing, count: 4 }\n',
    'x.fleet.yaml': fleet,
  },
  good: {
    'x.runbook.yaml': 'runbook: Debug billing\nsteps:\n  - remove: { group: billing-only, count: 4 }\n',
    'x.fleet.yaml': fleet,
  },
  checkStep({ outcome, capacity }) {
    if (capacity === undefined || outcome === undefined) return none;
    for (let i = 0; i < outcome.actions.length; i++) {
      const report = reportOf(outcome.actions[i], capacity);
      if (report !== undefined) return [report];
    }
    return none;
  },
};

const none: readonly Report[] = [];

function reportOf(done: ActionOutcome | undefined, capacity: Capacity): Report | undefined {
  if (done === undefined || done.touches.length === 0) return undefined;
  const { action, touches, breaches } = done;
  const named = action.target.terms.filter(({ role, text }) => role === 'subsystem' || touches.includes(text));
  const term = named[0];
  if (term === undefined) return undefined;
  // A command may name several groups, each with subsystems of its own.
  const alongside = servedWith(term, capacity);
  const others = touches.filter((name) => alongside.has(name) && !named.some(({ text }) => text === name));
  // Where all of them fall, the graver finding names them already.
  const told = others.every((name) => breaches.some(({ subsystem }) => subsystem === name));
  if (others.length === 0 || told) return undefined;
  const narrowed = action.target.terms.some(({ role }) => role === 'group' || role === 'hosts');
  const advice = narrowed
    ? 'Make sure that they are the ones that are meant.'
    : `Name a group if only servers of ${term.text} alone are meant.`;
  const message = `The servers of ${term.text} also serve ${list(others)}. ${advice}`;
  return { message, span: term.span, subsystems: others };
}

/** Subsystems that the servers of that name serve: those of the group, or those of every group that serves the subsystem. */
function servedWith(
  { role, text }: TargetTerm,
  { groups, groupByName, subsystems, subsystemByName }: Capacity,
): ReadonlySet<string> {
  const own = role === 'subsystem' ? undefined : groupByName.get(text);
  const index = subsystemByName.get(text)?.index;
  const its = own === undefined ? groups.filter(({ units }) => index !== undefined && (units[index] ?? 0) > 0) : [own];
  const served = subsystems.filter((subsystem) => its.some(({ units }) => (units[subsystem.index] ?? 0) > 0));
  return new Set(served.map((subsystem) => subsystem.name));
}
