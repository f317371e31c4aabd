import type { Fix } from '../finding.ts';
import type { FixContext } from '../rule.ts';
import { insertedEntries } from './batches.ts';

/** *Let the new servers come first*, where a replacement has no room. */
export function surgeFix(context: FixContext): readonly Fix[] {
  const { step } = context;
  const edit = step?.kind === 'replace' ? insertedEntries(['surge: true'], step.target.span, context) : undefined;
  if (edit === undefined || !context.mends([edit])) return [];
  return [{ title: 'Let the new servers come first', preferred: false, spelling: false, edits: [edit] }];
}
