import type { Entry } from '../../syntax/tree.ts';
import { isEmpty, type Place } from './place.ts';
import type { SchemaProblem } from './problem.ts';

/** What is no key at all, and is taken for one because of a comma or a line before it: a part of a number, a comment. */
export function takenForKey(place: Place, entry: Entry): SchemaProblem | undefined {
  const { value, span } = entry.key;
  if (value.startsWith('//')) {
    const message = 'A comment begins with `#`, not with `//`.';
    return { rule: 'schema', message, span: { start: span.start, end: span.start + 2 } };
  }
  if (!isEmpty(entry.value)) return undefined;
  if (/^\d{3}$/.test(value))
    return { rule: 'schema', message: `A number is written without commas; \`${value}\` is taken for a key.`, span };
  if (!/^\d{1,2}%?$/.test(value) || !isBehindNumber(place, entry)) return undefined;
  return { rule: 'schema', message: `A decimal is written with a point; \`${value}\` is taken for a key.`, span };
}

/** `minimum: 66,5%` in braces. */
function isBehindNumber({ node }: Place, entry: Entry): boolean {
  const before = node?.kind === 'mapping' && node.flow ? node.entries[node.entries.indexOf(entry) - 1] : undefined;
  return before?.value?.kind === 'scalar' && /^\d+$/.test(before.value.value);
}
