import { numberAt } from '../evidence/numbers.ts';
import type { Edit } from '../finding.ts';
import type { FixContext } from '../rule.ts';

/** The edits, with the figure in the step's name where it says the old one, and would look like a slip beside the new one. */
export function withName(
  edits: readonly Edit[],
  [old, now]: readonly [number, number],
  context: FixContext,
): readonly Edit[] {
  const named = inName(old, now, context);
  if (named === undefined || context.mends(edits)) return edits;
  const both = [...edits, named];
  return context.mends(both) ? both : edits;
}

/** Where the name says the figure once, in digits or in a word. */
function inName(old: number, now: number, { step, source }: FixContext): Edit | undefined {
  const name = step?.name;
  if (name === undefined || source(name.span.start, name.span.end) !== name.value) return undefined;
  const said = [...name.value.matchAll(/[\w-]+/g)].filter(
    ([word]) => numberAt({ text: word.toLowerCase(), ends: false }, undefined)?.value === old,
  );
  const [only] = said;
  if (only === undefined || said.length > 1) return undefined;
  const start = name.span.start + only.index;
  return { span: { start, end: start + only[0].length }, newText: `${now}` };
}
