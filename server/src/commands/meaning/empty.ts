import type { Effect } from '../../model/commands.ts';
import type { MayBeEmpty } from '../action.ts';
import type { Match } from '../match/match.ts';
import { type Field, fieldOf, placeOf } from '../shell/words/field.ts';
import { amountOf } from './amount.ts';
import { isTargetRole, targetOf } from './target.ts';

const everything = new Set(['all', '*']);

/**
 * The word of a command that may be empty when it runs, where empty means everything (docs/rules/empty-selector.md):
 * the command is read again without that word, and then means more than it names.
 */
export function mayBeEmptyIn(match: Match, effect: Effect): MayBeEmpty | undefined {
  for (const bound of match.bound) {
    if (!isTargetRole(bound.role) && bound.role !== 'count' && bound.role !== 'percent') continue;
    const word = emptiable(bound.field);
    if (word === undefined) continue;
    const field = emptied(bound.field);
    const without = {
      ...match,
      given: match.given.map((option) => ({
        ...option,
        values: option.values.map((value) => (value === bound.field ? field : value)),
      })),
      bound: match.bound.map((other) => (other === bound ? { ...bound, field } : other)),
    };
    if (meansEverything(without, effect, bound.role, field)) return word;
  }
  return undefined;
}

/** Whether the command takes all of what it names, or everything where it names nothing. */
function meansEverything(match: Match, effect: Effect, role: string, field: Field): boolean {
  const { target } = targetOf(match);
  const isAll = target.terms.length > 0 && target.terms.every(({ text }) => everything.has(text));
  if (isTargetRole(role) && !target.wholeFleet && !isAll) return false;
  if (isAll) return true;
  // Without the word that says so, a command that has to be given one is not everything but incomplete.
  if (match.usage.usage.absent?.value !== 'all') return false;
  const { everythingAt, obstacle } = amountOf(match, effect, placeOf(field));
  return everythingAt !== undefined && obstacle === undefined;
}

/** What may be empty in a word that is nothing else. */
function emptiable({ pieces, value }: Field): MayBeEmpty | undefined {
  if (value !== undefined) return undefined;
  const isOnly = pieces.every(
    ({ text, mayBeEmpty }) => text === '' || (text === undefined && mayBeEmpty !== undefined),
  );
  return isOnly ? pieces.find(({ mayBeEmpty }) => mayBeEmpty !== undefined)?.mayBeEmpty : undefined;
}

function emptied(field: Field): Field {
  const pieces = field.pieces.map((piece) => ({ ...piece, text: '' }));
  return fieldOf(pieces, field.source, true, field);
}
