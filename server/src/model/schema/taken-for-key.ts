import type { Entry } from '../../syntax/tree.ts';
import type { SchemaProblem } from './problem.ts';

/** A comment of another language, which is no key at all and is taken for one because of a comma or a line before it. */
export function takenForKey({ key: { value, span } }: Entry): SchemaProblem | undefined {
  if (!value.startsWith('//')) return undefined;
  const message = 'A comment begins with `#`, not with `//`.';
  return { rule: 'schema', message, span: { start: span.start, end: span.start + 2 } };
}
