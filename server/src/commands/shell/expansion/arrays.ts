import type { Variable } from '../words/variable.ts';
import type { Atom } from './atoms.ts';

/** `${a[1]}`, `${a[-1]}`: one word of an array; undefined where it is not known which, or there is none. */
export function elementOf(words: readonly Atom[], index: number | undefined): readonly Atom[] | undefined {
  const word = index === undefined ? undefined : words.at(index);
  return word?.text === undefined ? undefined : [{ ...word, breaks: false }];
}

/** `${a[@]:1:3}`: some words of an array; undefined where it is not known which. `length` undefined: up to the end. */
export function sliceOf(
  words: readonly Atom[],
  offset: number | undefined,
  length: number | undefined,
): readonly Atom[] | undefined {
  if (offset === undefined || (length ?? 0) < 0 || words.some(({ text }) => text === undefined)) return undefined;
  const start = offset < 0 ? Math.max(0, words.length + offset) : offset;
  const some = words.slice(start, length === undefined ? undefined : start + length);
  return some.map((word, index) => ({ ...word, breaks: index > 0 }));
}

/** `([db]=db01 [web]=web01)`; undefined where one of them has no key of its own, or is not known. */
export function keyedVariable(elements: readonly (string | undefined)[]): Variable | undefined {
  let variable: Variable | undefined;
  for (const element of elements) {
    const [, key, text] = /^\[([^\]]+)\]=(.*)$/s.exec(element ?? '') ?? [];
    variable = key === undefined || text === undefined ? undefined : withElement(variable, key, text);
    if (variable === undefined) return undefined;
  }
  return variable;
}

/** The array with one more word, or another one under that key; undefined where it cannot be followed. */
export function withElement(
  before: Variable | undefined,
  key: string | undefined,
  text: string | undefined,
): Variable | undefined {
  if (key === undefined || text === undefined || (before !== undefined && before.words === undefined)) return undefined;
  const words = before?.words ?? [];
  const keys = before?.keys ?? words.map((_, at) => `${at}`);
  const at = keys.includes(key) ? keys.indexOf(key) : keys.length;
  const own = { text, origin: undefined };
  return {
    words: [...words.slice(0, at), own, ...words.slice(at + 1)],
    why: '',
    keys: [...keys.slice(0, at), key, ...keys.slice(at + 1)],
  };
}
