import type { Span } from '../../syntax/span.ts';
import type { Field } from './field.ts';

/** From the first word to the last that stands in the same script. */
export function wholeOf(words: readonly Field[]): Span {
  const [first] = words;
  if (first === undefined) return { start: 0, end: 0 };
  const own = words.filter(({ source }) => source === first.source);
  return first.source.span(first.from, Math.max(...own.map(({ to }) => to)));
}
