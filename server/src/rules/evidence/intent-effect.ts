import { placeOf } from '../telling/places.ts';
import type { Intended, Mismatch, Performed } from './intended.ts';
import { changeOf, type Direction } from './intended.ts';

/** Which ways a step may go to have an effect. A restart that takes servers out and puts them back itself is one too. */
const ways: Readonly<Record<string, readonly Direction[]>> = {
  remove: ['out'],
  restore: ['in'],
  add: ['in'],
  restart: ['roll', 'out', 'in'],
  replace: ['roll', 'out', 'in'],
};

const doing: Readonly<Record<Direction, string>> = {
  out: 'takes servers out of service',
  in: 'puts servers into service',
  roll: 'takes servers out and brings them back',
};

const meaning: Readonly<Record<string, string>> = {
  remove: 'to take servers out',
  restore: 'to put servers back',
  add: 'to add servers',
  restart: 'to restart servers',
  replace: 'to replace servers',
  'scale-to': 'to set a size',
  none: 'to change no capacity',
};

/** A step that does another thing than it is meant to, or nothing at all. */
export function intentEffect(intended: Intended): Mismatch | undefined {
  const meant = intended.intent.effect?.value;
  if (meant === undefined || meaning[meant] === undefined) return undefined;
  const { performed } = intended;
  if (performed.length === 0) return meant === 'none' ? undefined : nothing(intended, meant);
  const wrong = performed.find((one) => isWrong(one, meant, intended));
  if (wrong !== undefined) return { message: messageOf(wrong, meant, intended), span: placeOfEffect(wrong) };
  if (meant !== 'restart' && meant !== 'replace') return undefined;
  return halfDone(intended, meant);
}

function isWrong(one: Performed, meant: string, intended: Intended): boolean {
  if (one.unclear) return false;
  if (meant === 'none') return one.outcome.idle === undefined;
  if (meant === 'scale-to') return one.outcome.action.effect !== 'scale-to';
  const direction = changeOf(one, intended)?.direction;
  if (direction === undefined || ways[meant]?.includes(direction)) return false;
  // Putting something back beside what is taken out harms nobody.
  return direction !== 'in' || !intended.performed.some((other) => changeOf(other, intended)?.direction === 'out');
}

/** A restart that takes servers out and never puts them back, or the reverse. */
function halfDone(intended: Intended, meant: string): Mismatch | undefined {
  const [first, ...others] = intended.performed;
  const direction = first && changeOf(first, intended)?.direction;
  if (first === undefined || direction === undefined || direction === 'roll') return undefined;
  const same = others.every((one) => changeOf(one, intended)?.direction === direction);
  return same ? { message: messageOf(first, meant, intended), span: placeOfEffect(first) } : undefined;
}

function messageOf(one: Performed, meant: string, intended: Intended): string {
  const direction = changeOf(one, intended)?.direction;
  const does = direction === undefined ? 'changes the size of a group' : doing[direction];
  return `This ${does}, and the intent is ${meaning[meant]}. Correct the step, or its intent.`;
}

/** On the verb: it is what is done that is wrong, not to how many. */
function placeOfEffect({ outcome: { action } }: Performed): Mismatch['span'] {
  return action.effect === 'scale-to' ? placeOf(action) : action.at;
}

/** Commands that nobody declared may do anything; those that are known do nothing here. */
function nothing({ step, commands }: Intended, meant: string): Mismatch | undefined {
  if (step.kind === 'run' && !commands.every(({ declared, effect }) => declared && effect !== undefined))
    return undefined;
  const span = commands[0]?.toolSpan ?? step.key;
  return {
    message: `This changes no capacity, and the intent is ${meaning[meant]}. Correct the step, or its intent.`,
    span,
  };
}
