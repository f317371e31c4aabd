import { type SchemaKind, schemas } from '../model/schemas.ts';
import { pageText } from '../report/page-text.ts';
import { ruleById, rules } from '../rules/index.ts';
import { rulePage } from '../rules/page.ts';
import { didYouMean, type ExplainRequest, UsageError } from './cli-options.ts';
import type { Output } from './cli-output.ts';
import { coloursFor } from './cli-project.ts';

/** Prints what a rule means and what to do about it. */
export function explain({ rule: id, colour }: ExplainRequest, output: Output): number {
  const rule = ruleById(id);
  if (rule === undefined) {
    const ids = rules.map((known) => known.id);
    throw new UsageError(`There is no rule \`${id}\`.${didYouMean(id, ids) || ` There are ${ids.join(', ')}.`}`);
  }
  output.out(pageText(rulePage(rule, []), coloursFor(colour ?? output.colour)));
  return 0;
}

/** Prints the JSON Schema of a kind of file, for editors and checkers that want it. */
export function showSchema(kind: SchemaKind, output: Output): number {
  output.out(`${JSON.stringify(schemas[kind], undefined, 2)}\n`);
  return 0;
}
