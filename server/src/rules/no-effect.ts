import type { Action } from '../commands/action.ts';
import type { ActionOutcome } from '../simulation/outcome.ts';
import type { Span } from '../syntax/span.ts';
import { isForAnother } from './noted-step.ts';
import type { Report, Rule, StepReport, StepsContext } from './rule.ts';
import { called } from './telling/words.ts';

const fleet = 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\n';

/** A step that does nothing is mostly a step that was meant to do something else. */
export const noEffect: Rule = {
  id: 'no-effect',
  severity: 'warning',
  title: 'Changes nothing',
  summary: 'The target matches no server, or there is nothing that the step could restore.',
  details: [
    'A selector that matches nothing and a restore that has nothing to restore point to a name or an order that is not what was meant.',
    'Where an earlier step cannot be told, nothing is said of a restore.',
    'For named hosts that are already out, or in service already, it is only an information: the step is safe to run again.',
    'Of a command that restarts a server which is out nothing is said: that is what it was taken out for.',
    'Nor is it of a server that a script drains before it stops it, of the second service that it stops or starts there, or of one that takes work again after an earlier step drained it.',
  ].join('\n'),
  bad: { 'x.runbook.yaml': 'runbook: Put web back\nsteps:\n  - restore: { subsystem: web }\n', 'x.fleet.yaml': fleet },
  good: {
    'x.runbook.yaml':
      'runbook: Put web back\nsteps:\n  - remove: { subsystem: web, count: 2 }\n  - restore: { subsystem: web }\n',
    'x.fleet.yaml': fleet,
  },
  checkStep: ({ outcome }) => {
    const actions = outcome?.actions ?? none;
    if (!actions.some(isIdle)) return none;
    const idle = actions.find((done, i) => isTold(done, actions.slice(0, i)));
    return idle === undefined ? none : reportOf(idle);
  },
  checkSteps: nothingOut,
};

const none: readonly never[] = [];
const another = 'Correct what it names, or leave it out.';

function isIdle({ idle }: ActionOutcome): boolean {
  return idle !== undefined;
}

/** A restore of nothing; where an earlier step cannot be told, nobody knows what is out. */
function nothingOut({ notable }: StepsContext): readonly StepReport[] {
  const reports: StepReport[] = [];
  const blocked = new Set<string>();
  for (const [i, step] of notable) {
    const { emptyRestores, isUnclear } = step;
    for (const name of step.blocked) blocked.add(name);
    for (const { path, done } of emptyRestores) {
      const { target } = done;
      const isUnblocked = target.length > 0 && target.every((name) => blocked.has(name));
      if (!isUnblocked) reports.push({ step: `${i}${path}`, ...reportEmpty(done) });
    }
    if (isUnclear) break;
  }
  return reports;
}

function reportEmpty({ action, target }: ActionOutcome): Report {
  const id = action.restores?.value;
  const out = `${target.length === 0 ? 'this' : called(target)} is out because of an earlier step`;
  const message = `Nothing ${id === undefined ? `of ${out}` : `that \`${id}\` took out is still out`}, so there is nothing to restore.`;
  // A command that takes work for a host again does no harm where it has, and is often typed to be sure.
  const isSure = action.command !== undefined && action.target.terms.some(({ role }) => role === 'hosts');
  const span = placeIn(action);
  return isSure ? { message, span, severity: 'information' } : { message: `${message} ${another}`, span };
}

function placeIn(action: Action): Span {
  return action.restores?.span ?? action.target.terms[0]?.span ?? action.at;
}

/** What another command of the same script has just taken out is stopped after it was drained. */
function isTold(done: ActionOutcome, earlier: readonly ActionOutcome[]): boolean {
  const { action, idle, target } = done;
  if (idle !== 'already-out') return idle !== undefined && idle !== 'nothing-out';
  // That is what a server is taken out for.
  if (action.effect === 'restart' && action.command !== undefined) return false;
  const usage = action.command?.usage;
  return !earlier.some(
    (other) =>
      other.action.effect === 'remove' &&
      other.idle === undefined &&
      // In another turn of a loop the same words try it once more.
      (other.action.command?.usage !== usage ||
        isForAnother(done, other) ||
        placeIn(other.action).start === placeIn(action).start) &&
      other.target.join() === target.join(),
  );
}

function reportOf({ action, idle, target }: ActionOutcome): readonly Report[] {
  const span = placeIn(action);
  const name = called(target);
  switch (idle) {
    case 'nothing-matches':
      return [
        {
          message: `No server of the fleet matches ${name === '' ? 'this' : name}, so nothing happens. ${another}`,
          span,
        },
      ];
    case 'none-in-service':
      return [
        {
          message: `No server of ${name === '' ? 'this target' : name} is in service, so nothing happens. Restore some first, or leave the step out.`,
          span,
        },
      ];
    case 'already-out':
      return [{ message: `${areOut(action, target)} out already, so nothing happens.`, span, severity: 'information' }];
    default:
      return [];
  }
}

function areOut({ target: { terms } }: Action, target: readonly string[]): string {
  const name = called(target);
  if (name === '') return 'All servers of this target are';
  if (terms.length === 0 || terms.some(({ role }) => role !== 'hosts')) return `All servers of ${name} are`;
  return target.length === 1 && !/[[,*]/.test(name) ? `${name} is` : `${name} are`;
}
