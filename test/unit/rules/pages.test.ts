import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulePages } from '../../../server/scripts/rule-pages.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { analyseFiles } from '../../support/rule-tester.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'rules');

describe('the pages of the rules', () => {
  it('are what the rules say: run `npm run docs`', async () => {
    const pages = await rulePages();
    for (const [name, text] of pages) {
      assert.ok(existsSync(join(folder, name)), name);
      assert.equal(readFileSync(join(folder, name), 'utf8'), text, name);
    }
    assert.deepEqual(readdirSync(folder).toSorted(), [...pages.keys()].toSorted());
  });
});

describe('the examples of every rule', () => {
  it('have ids in the order of the alphabet', () => {
    const ids = rules.map(({ id }) => id);
    assert.deepEqual(ids, ids.toSorted());
  });

  for (const { id, bad, good } of rules) {
    if (bad === good) continue;
    it(`${id}: the bad one is reported`, async () => {
      const { analysis } = await analyseFiles(bad);
      assert.ok(
        analysis.findings.some(({ rule }) => rule === id),
        JSON.stringify(analysis.findings),
      );
    });
    it(`${id}: the good one is clean, and not reported`, async () => {
      const { analysis } = await analyseFiles(good);
      const loud = analysis.findings.filter(
        ({ rule, severity }) => rule === id || severity === 'error' || severity === 'warning',
      );
      assert.deepEqual(loud, []);
    });
  }
});
