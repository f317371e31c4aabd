import { allMet } from '../match/conditions.ts';
import type { Match } from '../match/match.ts';
import { type Field, fieldOf } from '../shell/words/field.ts';
import type { Variable } from '../shell/words/variable.ts';

/** By tool, the variable that says how many hosts it speaks to at once where no option does. */
const fanOuts: Readonly<Record<string, string>> = { pdsh: 'FANOUT', ansible: 'ANSIBLE_FORKS' };

/**
 * The match, with the batch that a variable gives to a tool whose words give none: `FANOUT=4 pdsh …`.
 * What `ansible -B 600 -P 0` starts on a few hosts after the others, and does not wait for, runs on all of them.
 */
export function withFanOut(match: Match, tool: Field, variables: ReadonlyMap<string, Variable>): Match {
  const name = fanOuts[match.usage.tool.tool.value ?? ''];
  const isLeft = name === 'ANSIBLE_FORKS' && allMet(['-B', '-P=0'], match);
  const variable = isLeft ? { words: [{ text: '0' }], why: '', place: undefined } : variables.get(name ?? '');
  if (variable === undefined || (!isLeft && match.bound.some(({ role }) => role === 'batch'))) return match;
  const text = variable.words?.[0]?.text;
  const piece = { text, why: variable.why, from: tool.from, to: tool.to, exact: false, origin: variable.place };
  return { ...match, bound: [...match.bound, { role: 'batch', field: fieldOf([piece], tool.source, true) }] };
}
