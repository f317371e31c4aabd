import assert from 'node:assert/strict';
import type { Step } from '../../../server/src/model/runbook.ts';
import { type CheckedKind, checkSchema } from '../../../server/src/model/schema/check.ts';
import { readStep } from '../../../server/src/model/step.ts';
import { parseYaml } from '../../../server/src/syntax/parse.ts';
import type { Node } from '../../../server/src/syntax/tree.ts';
import { mark, marked } from '../../support/markers.ts';

/** The tree of a text that has no mistakes in its YAML. */
export function tree(text: string): Node {
  const { root, problems } = parseYaml(text);
  assert.deepEqual(problems, []);
  return root ?? assert.fail('the text is empty');
}

/** Findings stand on the marked places, each with a message that fits. */
export function expectProblems(kind: CheckedKind, source: string, ...messages: readonly RegExp[]): void {
  const { text, spans } = marked(source);
  const problems = checkSchema(kind, tree(text));
  const places = problems.map((problem) => problem.span);
  const said = problems.map((problem) => problem.message).join('\n');
  assert.equal(mark(text, places), mark(text, spans), said);
  for (const [i, message] of messages.entries()) assert.match(problems[i]?.message ?? '', message);
  for (const { message } of problems) {
    assert.match(message, /^[A-Z`].*[.?]$/, 'a message is a sentence');
    assert.doesNotMatch(message, /undefined|NaN|\[object|#\//, 'a message speaks plainly');
  }
}

export function stepOf(text: string, values: Readonly<Record<string, string | undefined>> = {}): Step {
  return readStep(tree(text), new Map(Object.entries(values)));
}
