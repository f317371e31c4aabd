import { type SchemaKind, schemas } from '../model/schemas.ts';
import { rulePageOf } from '../project/rule-page.ts';
import { pageText } from '../report/page-text.ts';
import type { ExplainRequest } from './cli-options.ts';
import type { Output } from './cli-output.ts';
import { coloursFor } from './cli-project.ts';
import { refuseUnknownRule } from './cli-rules.ts';

/** Prints what a rule means and what to do about it: its page. */
export async function explain({ rule: id, colour }: ExplainRequest, output: Output): Promise<number> {
  refuseUnknownRule(id);
  const page = await rulePageOf(id);
  output.out(pageText(page?.markdown ?? '', coloursFor(colour ?? output.colour)));
  return 0;
}

/** Prints the JSON Schema of a kind of file, for editors and checkers that want it. */
export function showSchema(kind: SchemaKind, output: Output): number {
  output.out(`${JSON.stringify(schemas[kind], undefined, 2)}\n`);
  return 0;
}
