import type { Span } from '../../../syntax/span.ts';
import type { Field } from './field.ts';

/** From the first word to the last that stands in the same script. */
export function wholeOf(words: readonly Field[]): Span {
  const first = words[0];
  if (first === undefined) return { start: 0, end: 0 };
  let end = first.to;
  for (let i = 1; i < words.length; i++) {
    const word = words[i];
    if (word?.source === first.source) end = Math.max(end, word.to);
  }
  return first.source.span(first.from, end);
}
