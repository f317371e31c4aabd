import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { withBuiltinTools } from '../../../server/src/commands/builtin.ts';
import { actionReader, readActions } from '../../../server/src/commands/reading/read-step.ts';
import { readStep } from '../../../server/src/model/step.ts';
import { parseYaml } from '../../../server/src/syntax/parse.ts';
import { readCorpus } from './corpus/corpus.ts';
import { table as declared } from './support.ts';

const folder = new URL('./corpus/', import.meta.url);
const corpora = readdirSync(folder).filter((name) => name.endsWith('.yaml') && !name.endsWith('.fleet.yaml'));
const lines = corpora.flatMap((name) => readCorpus(new URL(name, folder)).lines.map(({ run }) => run));
const table = withBuiltinTools(declared);
const values = new Map([['count', '4']]);

const forms: readonly ((name: string, run: string) => string)[] = [
  (name, run) => `name: ${name}\nrun: |\n${indented(run)}`,
  (name, run) => `name: ${name}\ntakes: 5m\nrun: >-\n${indented(run)}`,
  (name, run) => `{ name: ${name}, run: ${JSON.stringify(run)} }`,
];

function indented(run: string): string {
  return run.replace(/^/gm, '  ');
}

function stepOf(text: string) {
  return readStep(parseYaml(text).root, values);
}

describe('a script that stands in several steps', () => {
  // Every line in one of the forms, turn by turn.
  for (const [index, form] of forms.entries())
    it(`is understood in each as if it stood there alone: ${JSON.stringify(form('x', 'y'))}`, () => {
      const read = actionReader(table, values);
      for (const run of lines.filter((_, i) => i % forms.length === index)) {
        read(stepOf(form('Here', run)));
        const again = stepOf(form('Further down the page', run));
        assert.deepEqual(read(again), readActions(again, table, values), run);
      }
    });

  it('is read again where the same source has another value', () => {
    const read = actionReader(table, values);
    for (const text of ['run: |1\n  s3ctl drain web1\n', 'a:\n  run: |1\n  s3ctl drain web1\n']) {
      const step = stepOf(text);
      assert.deepEqual(read(step), readActions(step, table, values));
    }
  });
});
