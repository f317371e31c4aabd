import { type Action, rolls } from '../../commands/action.ts';
import type { Effect } from '../../model/commands.ts';
import type { ActionOutcome } from '../../simulation/outcome.ts';
import { figureOf } from './figure.ts';
import { called, counted } from './words.ts';

const doing: Partial<Record<Effect, string>> = { remove: 'Removing', restart: 'Restarting', replace: 'Replacing' };

/** What an action does, as the subject of a sentence: `Removing 40 servers of billing`. */
export function subjectOf(outcome: ActionOutcome): string {
  const { action, count } = outcome;
  const verb = doing[action.effect as Effect];
  // Its turns add up, and each alone would be told with the figures of all.
  if (action.loop !== undefined) return 'This loop';
  if (action.effect === 'scale-to' && count !== undefined)
    return `Scaling ${namesOf(outcome)} to ${counted(count.most, 'server')}`;
  if (verb === undefined || namesOf(outcome) === '') return 'This';
  return `${verb} ${howMany(outcome)}${paceOf(outcome)}`;
}

/** How many go at a time where the tool has a rule of its own for that, which the command does not say. */
function paceOf({ action, count }: ActionOutcome): string {
  if (!rolls(action) || count?.most === 1) return '';
  const figure = figureOf(action)?.value;
  if (figure?.unit === 'servers' && figure.value === 1) return ' at a time';
  const batch = figure === undefined ? action.batch?.value : undefined;
  const isAll = batch?.unit === 'servers' && count !== undefined && batch.value >= count.most;
  if (batch === undefined || batch.unit === 'all' || isAll) return ' at once';
  const each = batch.unit === 'servers' ? counted(batch.value, 'server') : `${batch.value / 1000} %`;
  return ` by ${each} at a time`;
}

/** A command that names nothing is about everything. */
export function namesOf({ action, target }: ActionOutcome): string {
  return target.length === 0 && action.target.wholeFleet ? called(['all']) : calledTarget(action, target);
}

/** The names of a target; `sbc in dc2` where a zone narrows it. */
export function calledTarget({ target: { terms } }: Action, names: readonly string[]): string {
  const zones = new Set(terms.filter(({ role }) => role === 'zone').map(({ text }) => text));
  const others = names.filter((name) => !zones.has(name));
  if (zones.size === 0 || others.length === 0 || others.length === names.length) return called(names);
  return `${called(others)} in ${called(names.filter((name) => zones.has(name)))}`;
}

function howMany(outcome: ActionOutcome): string {
  const { action, count, target } = outcome;
  const names = namesOf(outcome);
  const figure = figureOf(action)?.value;
  if (action.target.terms.some(({ role }) => role === 'hosts') && figure === undefined) return names;
  const isAll =
    rolls(action) && figure?.unit === 'servers' && figure.value >= (count?.most ?? Number.POSITIVE_INFINITY);
  if (figure?.unit === 'servers' && !isAll) return `${counted(figure.value, 'server')} of ${names}`;
  if (figure?.unit === 'percent') return `${figure.value / 1000} % of ${names}`;
  const { amount } = action;
  if (amount?.value.unit === 'servers') return `${counted(amount.value.value, 'server')} of ${names}`;
  const all = target.length === 0 || target.includes('all') ? names : `all of ${names}`;
  return count === undefined || count.least !== count.most ? all : `${all} (${counted(count.most, 'server')})`;
}
