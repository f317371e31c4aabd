import assert from 'node:assert/strict';
import type { Analysis } from '../../server/src/lint/analysis.ts';
import { fixesOf, withEdits } from '../../server/src/lint/lint.ts';
import { createProject } from '../../server/src/project/project.ts';
import type { Finding } from '../../server/src/rules/finding.ts';
import type { Example } from '../../server/src/rules/rule.ts';
import { mark, marked } from './markers.ts';
import { memoryFiles } from './memory-files.ts';

/** Checks the first of some files, by the way that editor and command line go. */
export async function analyseFiles(files: Example): Promise<{ readonly analysis: Analysis; readonly text: string }> {
  const [name = '', text = ''] = Object.entries(files)[0] ?? [];
  const project = createProject(memoryFiles(files));
  const analysis = await project.analyse(`file:///${name}`);
  assert.ok(analysis, `${name} is not a file of ours`);
  return { analysis, text };
}

/**
 * Checks that a rule reports exactly the marked places of the first file: `⟦…⟧` around each word at fault.
 * Gives the findings, in the order of the text.
 */
export async function reports(rule: string, files: Example): Promise<readonly Finding[]> {
  const [name = '', source = ''] = Object.entries(files)[0] ?? [];
  const { text, spans } = marked(source);
  const { analysis } = await analyseFiles({ ...files, [name]: text });
  const findings = analysis.findings.filter((finding) => finding.rule === rule);
  const shown = mark(
    text,
    findings.map(({ span }) => span),
  );
  assert.equal(
    shown,
    mark(text, spans),
    `${rule} says: ${analysis.findings.map(({ rule: id, message }) => `${id}: ${message}`).join('\n')}`,
  );
  return findings;
}

/** The first file after a fix of the rule's first finding: the one with that title, or the preferred one. */
export async function fixed(rule: string, files: Example, title?: RegExp): Promise<string> {
  const { analysis, text } = await analyseFiles(files);
  const finding = analysis.findings.find((one) => one.rule === rule);
  assert.ok(finding, `${rule} reports nothing`);
  const fixes = fixesOf(analysis, finding);
  const fix = fixes.find((one) => (title === undefined ? one.preferred : title.test(one.title)));
  assert.ok(fix, `no such fix among ${fixes.map((one) => one.title).join(', ')}`);
  const after = withEdits(text, fix.edits);
  const [name = ''] = Object.keys(files);
  const again = await analyseFiles({ ...files, [name]: after });
  const same = again.analysis.findings.filter((one) => one.rule === rule && one.step === finding.step);
  assert.deepEqual(same, [], 'the finding is still there');
  return after;
}
