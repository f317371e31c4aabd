import assert from 'node:assert/strict';
import type { Analysis } from '../../../server/src/lint/analysis.ts';
import { fixesOf, safeFixes, withEdits } from '../../../server/src/lint/lint.ts';
import { createProject } from '../../../server/src/project/project.ts';
import { corpus } from '../../support/corpus.ts';
import type { Folder } from '../../support/lint-folder.ts';
import { memoryFiles } from '../../support/memory-files.ts';
import { generator, mutated } from '../../support/mutate.ts';

/** More with `RUNBOOK_LINT_FUZZ=20000`, others with `RUNBOOK_LINT_FUZZ_SEED=7`. */
const runs = Number(process.env.RUNBOOK_LINT_FUZZ ?? 120);
const seed = Number(process.env.RUNBOOK_LINT_FUZZ_SEED ?? 1);
const random = generator(seed);
const texts = corpus.flatMap((files) => Object.values(files));

function pick<T>(list: readonly T[]): T {
  return list[random(list.length)] ?? assert.fail('there is nothing to pick from');
}

/** The files of a folder, one of them broken: mostly the one that it is about. */
function brokenFolder(): { readonly files: Folder; readonly name: string } {
  const files = pick(corpus);
  const names = Object.keys(files);
  const name = random(4) === 0 ? pick(names) : (names[0] ?? '');
  return { files: { ...files, [name]: mutated(files[name] ?? '', pick(texts), random) }, name };
}

/** Everything that is said of a file, as it would be sent. */
function said({ findings }: Analysis): string {
  return JSON.stringify(findings.map(({ data: _, ...finding }) => finding));
}

function assertSound(analysis: Analysis, files: Folder): void {
  for (const { rule, message, span, related } of analysis.findings) {
    assert.notEqual(rule, 'internal-error', message);
    assert.ok(
      0 <= span.start && span.start <= span.end && span.end <= analysis.text.length,
      `${rule} ${JSON.stringify(span)}`,
    );
    assert.match(message, /\S/, rule);
    for (const { uri, span: place } of related) {
      const text = files[decodeURIComponent(uri.replace('file:///', ''))] ?? analysis.text;
      assert.ok(
        place.start <= place.end && place.end <= text.length,
        `${rule} relates to ${uri} ${JSON.stringify(place)}`,
      );
    }
  }
}

/** What a text is masked with while it is read. */
const masks = /[\uFDD0-\uFDD9]/;

/** Every fix is made of edits inside the text that do not touch one another, and writes what may stand in a file. */
function assertMends(analysis: Analysis): void {
  for (const finding of analysis.findings) {
    for (const { title, edits } of fixesOf(analysis, finding)) {
      let end = 0;
      for (const { span, newText } of edits.toSorted((a, b) => a.span.start - b.span.start)) {
        assert.ok(end <= span.start && span.start <= span.end && span.end <= analysis.text.length, title);
        assert.doesNotMatch(newText, masks, title);
        end = span.end;
      }
    }
  }
}

/** What may be mended unseen is mended once and for all, after as many rounds as mistakes hid others. */
async function assertSettles(files: Folder, name: string, uri: string): Promise<void> {
  let text = files[name] ?? '';
  for (let round = 0; round < 8; round++) {
    const analysis = await createProject(memoryFiles({ ...files, [name]: text })).analyse(uri);
    const edits = analysis === undefined ? [] : safeFixes(analysis).flatMap(({ fix }) => fix.edits);
    if (edits.length === 0) return;
    text = withEdits(text, edits);
  }
  assert.fail(`the fixes go on and on: ${text}`);
}

describe('files after any slips', () => {
  it(`are checked without a failure, ${runs} of them, the same way each time`, async function () {
    this.timeout(120_000 + 200 * runs);
    for (let run = 0; run < runs; run++) {
      const { files, name } = brokenFolder();
      const uri = `file:///${name}`;
      try {
        const analysis = await createProject(memoryFiles(files)).analyse(uri);
        if (analysis === undefined) continue;
        assertSound(analysis, files);
        assertMends(analysis);
        await assertSettles(files, name, uri);
        const project = createProject(memoryFiles(files));
        project.open(uri, corpus.find((folder) => name in folder)?.[name] ?? '');
        await project.analyse(uri);
        project.change(uri, files[name] ?? '');
        const edited = await project.analyse(uri);
        if (edited?.kind === analysis.kind) assert.equal(said(edited), said(analysis), 'after an edit');
      } catch (problem) {
        throw new Error(`${String(problem)}\nrun ${run} of seed ${seed}, ${name}:\n${JSON.stringify(files)}`);
      }
    }
  });
});
