import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { toolPage } from '../../../server/scripts/tool-page.ts';
import { compileTools } from '../../../server/src/commands/table.ts';
import { readCommandTools } from '../../../server/src/model/commands-file.ts';
import { checkSchema } from '../../../server/src/model/schema/check.ts';
import { parseYaml } from '../../../server/src/syntax/parse.ts';
import { entryOf } from '../../../server/src/syntax/tree.ts';

const page = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');

describe('the pages about commands', () => {
  it('show the built-in tools as they are: run `npm run docs`', () => {
    assert.equal(page('tools.md'), toolPage());
  });

  it('have examples without a mistake', () => {
    const examples = [...page('commands.md').matchAll(/```yaml\n([^`]*)```/g)].map(([, text = '']) => text);
    assert.ok(examples.length > 2);
    for (const text of examples) {
      const { root, problems } = parseYaml(text);
      assert.deepEqual(problems, [], text);
      assert.deepEqual(checkSchema(text.startsWith('fleet:') ? 'fleet' : 'commands', root), [], text);
      const tools = readCommandTools(entryOf(root, 'commands')?.value);
      assert.deepEqual(compileTools(tools).problems, [], text);
    }
  });
});
