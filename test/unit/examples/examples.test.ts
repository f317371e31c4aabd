import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { fixesOf } from '../../../server/src/lint/fixes.ts';
import { checkText, fleetIn, folderAt } from '../../support/lint-folder.ts';

interface Expected {
  readonly rule: string;
  readonly severity: string;
  readonly word: string;
  readonly fix?: string;
}

const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
const list = parse(readFileSync(new URL('./expected.yaml', import.meta.url), 'utf8')) as Record<string, Expected[]>;
const folders = readdirSync(examples).sort();

describe('the examples', () => {
  for (const name of folders) {
    const folder = folderAt(join(examples, name));
    const fleet = fleetIn(folder);
    const runbooks = Object.keys(folder).filter((file) => file.includes('.runbook.'));

    it(`${name} says what happened, and has the slip and what was meant`, () => {
      assert.ok(existsSync(join(examples, name, 'README.md')));
      const asMeant = runbooks.filter((file) => file.includes('-as-meant'));
      assert.equal(asMeant.length, 1);
      assert.equal(runbooks.length, 2);
      assert.deepEqual(
        fleet?.findings.map(({ message }) => message),
        [],
      );
    });

    for (const file of runbooks) {
      it(`${name}/${file}`, () => {
        const text = folder[file] ?? '';
        const { analysis } = checkText(text, fleet);
        const found = analysis.findings
          .filter(({ severity }) => severity === 'error' || severity === 'warning')
          .map((finding): Expected => {
            const { rule, severity, span } = finding;
            const [fix] = fixesOf(analysis, finding);
            const word = text.slice(span.start, span.end);
            return { rule, severity, word, ...(fix === undefined ? {} : { fix: fix.title }) };
          });
        assert.deepEqual(found, list[`${name}/${file}`] ?? []);
      });

      it(`${name}/${file} is clean after its safe fixes`, () => {
        let text = folder[file] ?? '';
        let open = faultsIn(text);
        for (let round = 0; round < 5 && open.length > 0; round++) {
          const edits = open.flatMap(({ fixes }) => fixes.find(({ preferred }) => preferred)?.edits ?? []);
          const [first] = edits;
          if (first === undefined) break;
          text = text.slice(0, first.span.start) + first.newText + text.slice(first.span.end);
          open = faultsIn(text);
        }
        const without = open.filter(({ fixes }) => fixes.length === 0).map(({ rule }) => rule);
        assert.deepEqual(
          open.map(({ rule }) => rule),
          without,
        );
      });

      function faultsIn(text: string) {
        const { analysis } = checkText(text, fleet);
        return analysis.findings
          .filter(({ severity }) => severity === 'error' || severity === 'warning')
          .map((finding) => ({ rule: finding.rule, fixes: fixesOf(analysis, finding) }));
      }
    }
  }

  it('are all that is expected', () => {
    for (const file of Object.keys(list)) assert.ok(existsSync(join(examples, file)), file);
  });
});
