import assert from 'node:assert/strict';
import { suppressionsOf } from '../../../server/src/features/suppress-here.ts';
import { lineBreakOf } from '../../../server/src/syntax/line-start.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

describe('the line breaks of a text', () => {
  it('are what is put into it', () => {
    for (const [text, lineBreak] of [
      ['', '\n'],
      ['a\nb\r', '\n'],
      ['a\r\nb\n', '\r\n'],
      ['a\rb\r', '\r'],
    ] as const) {
      assert.equal(lineBreakOf(text), lineBreak, JSON.stringify(text));
    }
  });

  it('keep a text of carriage returns readable when a finding is suppressed in it', () => {
    const fleet = fleetIn({ 'x.fleet.yaml': 'fleet: x\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\n' });
    const text = 'runbook: x\rsteps:\r  - remove: { subsystem: web, count: 6 }\r    permanent: true\r';
    const { analysis } = checkText(text, fleet);
    const [finding] = analysis.findings;
    assert.equal(finding?.rule, 'below-minimum');
    for (const { offset, before, after } of finding === undefined ? [] : suppressionsOf(analysis, finding)) {
      const next = `${text.slice(0, offset)}${before}a drill${after}${text.slice(offset)}`;
      assert.deepEqual(checkText(next, fleet).analysis.findings, [], JSON.stringify(next));
    }
  });
});
