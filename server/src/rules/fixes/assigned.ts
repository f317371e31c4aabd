import type { Span } from '../../syntax/span.ts';
import type { FixContext } from '../rule.ts';

/** Where the script says what the variable holds that the words are: between `HOSTS='` and `'`; undefined where they are none, or where it is said twice. */
export function assignedTo({ start, end }: Span, { source }: FixContext): Span | undefined {
  const [, name] = /^"?\$\{?([A-Za-z_]\w*)(?:\[@\])?\}?"?$/.exec(source(start, end)) ?? [];
  if (name === undefined) return undefined;
  const before = source(0, start);
  const [only, ...others] = before.matchAll(new RegExp(`(?<![\\w$])${name}\\+?=`, 'g'));
  if (only === undefined || others.length > 0) return undefined;
  const from = only.index + only[0].length;
  const [, quote, text = ''] = /^(['"(]?)([^'"()\\$`]+?)(?=['"();\n]|$)/.exec(before.slice(from)) ?? [];
  const [value = ''] = quote === '' ? text.split(/\s/, 1) : [text];
  const at = from + (quote?.length ?? 0);
  return { start: at, end: at + value.length };
}
