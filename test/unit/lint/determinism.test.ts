import assert from 'node:assert/strict';
import type { FleetAnalysis, RunbookAnalysis } from '../../../server/src/lint/analysis.ts';
import { checkRunbook, readRunbook } from '../../../server/src/lint/lint.ts';
import { documentOf } from '../../../server/src/lint/runbook-document.ts';
import { readSource } from '../../../server/src/syntax/steps/source-document.ts';
import { readWhole } from '../../../server/src/syntax/steps/whole.ts';
import { corpus } from '../../support/corpus.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const runbooks = corpus.flatMap((files) =>
  Object.entries(files).flatMap(([name, text]) => (name.includes('runbook.') ? [{ text, files }] : [])),
);

/** What is said, without what a rule keeps for its fixes: that counts from the block. */
function said({ findings }: RunbookAnalysis): string {
  return JSON.stringify(findings.map(({ data: _, ...finding }) => finding));
}

/** The findings where all of the file is read at once, and not step by step. */
function readAtOnce(text: string, fleet: FleetAnalysis | undefined): string {
  const { limits } = readSource(text);
  const document = documentOf('file:///x.runbook.yaml', { ...readWhole(text), limits });
  const lookup = { unreadable: [], nearby: fleet === undefined ? [] : undefined };
  return said(checkRunbook(document, { fleets: fleet ? [fleet] : [], lookup, severities: new Map() }));
}

describe('the same text', () => {
  it('gives the same findings, byte for byte, however often it is read', () => {
    for (const { text, files } of runbooks) {
      const first = said(checkText(text, fleetIn(files)).analysis);
      assert.equal(said(checkText(text, fleetIn(files)).analysis), first);
    }
  });

  it('gives the same findings read at once and step by step', () => {
    for (const { text, files } of runbooks) {
      const stepwise = readRunbook('file:///x.runbook.yaml', text);
      if (stepwise.problems.length > 0 || stepwise.source.blocks.some(({ problems }) => problems.length > 0)) continue;
      assert.equal(readAtOnce(text, fleetIn(files)), said(checkText(text, fleetIn(files)).analysis), text);
    }
  });

  it('gives the same findings typed and read', () => {
    for (const { text, files } of runbooks) {
      const fleet = fleetIn(files);
      let typed = checkText('', fleet);
      const step = Math.max(1, Math.floor(text.length / 12));
      for (let length = step; length < text.length + step; length += step) {
        typed = checkText(text.slice(0, length), fleet, typed);
      }
      assert.equal(said(typed.analysis), said(checkText(text, fleet).analysis), text);
    }
  });
});
