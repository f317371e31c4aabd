import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { schemas } from '../../../server/src/model/schemas.ts';
import { createProject } from '../../../server/src/project/project.ts';
import { memoryFiles } from '../../support/memory-files.ts';

function textOf(page: string): string {
  return readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');
}

/** Each example begins with a comment that names its file; those of a page are a folder. */
function examplesOn(page: string): Record<string, string> {
  const blocks = [...textOf(page).matchAll(/```yaml\n# (\S+)\n([^`]*)```/g)];
  return Object.fromEntries(blocks.map(([, name = '', example = '']) => [name, example]));
}

describe('the pages about files', () => {
  for (const page of ['fleet.md', 'runbook.md', 'configuration.md', 'hours.md']) {
    it(`${page} has examples without an error or a warning`, async () => {
      const examples = examplesOn(page);
      assert.ok(Object.keys(examples).length > 1);
      const project = createProject(memoryFiles(examples));
      for (const name of Object.keys(examples)) {
        if (name.startsWith('.')) continue;
        const analysis = await project.analyse(`file:///${name}`);
        assert.ok(analysis, name);
        const grave = analysis.findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
        assert.deepEqual(
          grave.map(({ rule, message }) => `${name}: ${rule}: ${message}`),
          [],
        );
      }
    });
  }

  for (const [schema, ...pages] of [
    ['fleet', 'fleet.md', 'commands.md'],
    ['runbook', 'runbook.md'],
  ] as const) {
    it(`tell of every key of the schema of ${schema}`, () => {
      const text = pages.map(textOf).join('');
      const { properties, definitions } = schemas[schema];
      const keys = [{ properties }, ...Object.values(definitions ?? {})].flatMap((one) =>
        Object.keys(one.properties ?? {}),
      );
      assert.deepEqual(
        keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(text)),
        [],
      );
    });
  }
});
