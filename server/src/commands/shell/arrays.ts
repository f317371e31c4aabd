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
