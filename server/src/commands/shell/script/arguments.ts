import type { Walk } from '../state/command.ts';
import { type Field, placeOf } from '../words/field.ts';
import type { Variable, VariableWord } from '../words/variable.ts';
import { variableOf } from './assign.ts';

/** What stands behind the name of a function, or behind the script of `sh -c`: `$0`, `$1` and so on. */
export function withArguments(words: readonly Field[], walk: Walk): Walk {
  if (words.length === 0) return walk;
  const variables = new Map(walk.variables);
  const all = words.map(given);
  // Where the words are known, so is that there are no more of them.
  const isKnown = all.every((word) => word.words !== undefined);
  for (let at = all.length; at <= 9; at++) {
    if (isKnown) variables.set(`${at}`, empty);
    else variables.delete(`${at}`);
  }
  for (const [index, word] of all.entries()) variables.set(`${index}`, word);
  setCount(all.slice(1), variables);
  return { ...walk, variables };
}

const empty: Variable = { words: [{ text: '', origin: undefined }], why: 'nothing is given for it' };

/** `set -- web01 web02`, and `shift`, which forgets the first of them. */
export function setArguments([tool, ...args]: readonly Field[], { variables }: Walk): void {
  if (tool?.value === 'set' && args[0]?.value === '--') {
    const words = args.slice(1).map(given);
    setNumbered(words.slice(0, mostNumbered), variables);
    setCount(words, variables);
  } else if (tool?.value === 'shift') {
    const count = Number(args[0]?.value ?? 1);
    const all = variables.get('@')?.words;
    const left = Number.isInteger(count) && all !== undefined ? all.slice(count) : undefined;
    const numbered = left?.slice(0, mostNumbered).map((word) => ({ words: [word], why: '' })) ?? [];
    setNumbered(numbered, variables);
    if (left === undefined) for (const name of ['@', '#']) variables.delete(name);
    else setAll(left, variables);
  }
}

/** So many are known by their number; all of them are in `$@`. */
const mostNumbered = 50;

function setNumbered(words: readonly Variable[], variables: Map<string, Variable>): void {
  for (let at = 1; at <= mostNumbered; at++) variables.delete(`${at}`);
  for (const [index, word] of words.entries()) variables.set(`${index + 1}`, word);
}

/** `$@`, all of them, and `$#`, how many they are. */
function setCount(words: readonly Variable[], variables: Map<string, Variable>): void {
  const gap = words.find((word) => word.words === undefined);
  if (gap === undefined)
    setAll(
      words.flatMap((word) => word.words ?? []),
      variables,
    );
  else for (const name of ['@', '#']) variables.set(name, gap);
}

function setAll(words: readonly VariableWord[], variables: Map<string, Variable>): void {
  variables.set('@', { words, why: '' });
  variables.set('#', { words: [{ text: `${words.length}`, origin: undefined }], why: '' });
}

/** What a function is given stands where it is called: a finding about it does too. */
function given(word: Field): Variable {
  const { words, ...rest } = variableOf([word]);
  return { ...rest, words: words?.map(({ text, origin }) => ({ text, origin: origin ?? placeOf(word) })) };
}
