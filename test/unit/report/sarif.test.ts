import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { type SarifContext, sarifReport } from '../../../server/src/report/sarif.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { analyseFiles } from '../../support/rule-tester.ts';
import { checked, context } from './files.ts';

const here: SarifContext = {
  ...context,
  version: '0.1.0',
  root: 'file:///here/',
  pageOf: (rule) => `file:///docs/${rule}.md`,
};

/** The schema that OASIS publishes, as a package holds it; its draft 4 says what draft 7 does. */
const schemaPath = createRequire(import.meta.url)
  .resolve('@microsoft/jest-sarif')
  .replace(/index\.js$/, '');
const {
  $schema: _,
  id: __,
  ...schema
} = JSON.parse(readFileSync(`${schemaPath}schemas/sarif-2.1.0-rtm.5.json`, 'utf8'));
const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

function logOf(files: Parameters<typeof sarifReport>[0]) {
  const text = sarifReport(files, here);
  assert.ok(validate(JSON.parse(text)), JSON.stringify(validate.errors, undefined, 2));
  return JSON.parse(text);
}

describe('sarifReport', () => {
  it('is valid for every rule, with its related places and its fixes', async () => {
    for (const { bad } of rules) {
      const { analysis } = await analyseFiles(bad);
      logOf([{ path: Object.keys(bad)[0] ?? '', analysis, findings: analysis.findings }]);
    }
  });

  it('describes each rule, and points to it', () => {
    const [run] = logOf([checked('a', 'x: ⟦1⟧', [{}])]).runs;
    const [result] = run.results;
    const rule = run.tool.driver.rules[result.ruleIndex];
    assert.equal(rule.id, result.ruleId);
    assert.equal(rule.helpUri, 'file:///docs/below-minimum.md');
    assert.equal(rule.defaultConfiguration.level, 'error');
  });

  it('has levels for all severities', () => {
    const severities = ['error', 'warning', 'information', 'hint'] as const;
    const { results } = logOf([
      checked(
        'a',
        'x: ⟦1⟧',
        severities.map((severity) => ({ severity })),
      ),
    ]).runs[0];
    assert.deepEqual(
      results.map(({ level }: { level: string }) => level),
      ['error', 'warning', 'note', 'note'],
    );
  });

  it('counts lines and columns from 1, the end exclusive, in UTF-16 units', () => {
    const [run] = logOf([checked('a b/ü.yaml', 'x:\n  y: 🙂⟦40⟧\n', [{}])]).runs;
    assert.equal(run.columnKind, 'utf16CodeUnits');
    assert.deepEqual(run.results[0].locations[0].physicalLocation, {
      artifactLocation: { uri: 'a%20b/%C3%BC.yaml', uriBaseId: 'ROOT' },
      region: { startLine: 2, startColumn: 8, endLine: 2, endColumn: 10 },
    });
  });

  it('knows a finding again where lines were put in above it, and tells those alike apart', () => {
    const prints = (text: string, count: number): readonly string[] =>
      logOf([checked('a', text, Array(count).fill({}))]).runs[0].results.map(
        ({ partialFingerprints }: { partialFingerprints: object }) => Object.values(partialFingerprints)[0],
      );
    const [before] = prints('x: ⟦1⟧', 1);
    assert.deepEqual(prints('new: 1\n  x:  ⟦1⟧\n', 1), [before]);
    assert.notDeepEqual(prints('y: ⟦1⟧', 1), [before]);
    assert.equal(new Set(prints('x: [⟦1⟧, ⟦1⟧]', 2)).size, 2);
  });
});
