import assert from 'node:assert/strict';
import { junitReport } from '../../../server/src/report/junit.ts';
import { checked } from './files.ts';

/** Whether every element that is opened is closed, and no attribute holds what XML forbids. */
function assertWellFormed(xml: string): void {
  const open: string[] = [];
  const rest = xml
    .replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '')
    .replace(/<(\/?)([a-z-]+)((?: [a-z]+="[^"<>]*")*)(\/?)>/g, (_, close, name, __, empty) => {
      if (close) assert.equal(open.pop(), name);
      else if (!empty) open.push(name);
      return '';
    });
  assert.deepEqual(open, []);
  assert.doesNotMatch(rest, /[<>]|&(?!#\d+;)/);
}

describe('junitReport', () => {
  it('has a suite a file, and one test that passed where nothing was found', () => {
    const xml = junitReport([checked('a', '', [])]);
    assertWellFormed(xml);
    assert.match(xml, /<testsuites name="Runbook Lint" tests="1" failures="0" errors="0">/);
    assert.match(xml, /<testsuite name="a" tests="1" failures="0" errors="0" skipped="0">\s*<testcase name="a" /);
  });

  it('fails for errors and warnings, and lets notes pass', () => {
    const findings = [{}, { severity: 'warning' }, { severity: 'information' }, { severity: 'hint' }] as const;
    const xml = junitReport([checked('a', 'x: ⟦1⟧ ⟦2⟧ ⟦3⟧ ⟦4⟧', findings)]);
    assertWellFormed(xml);
    assert.match(xml, /tests="4" failures="2"/);
    assert.match(xml, /<failure message="This goes too far\." type="error">a:1:4: This goes too far\.<\/failure>/);
    assert.equal(xml.match(/<system-out>/g)?.length, 2);
  });

  it('escapes what XML would misread, and leaves out what it does not have', () => {
    const message = '<b> & "c" \'d\'\n\u0000\u001B\uFFFE\uD800';
    const xml = junitReport([checked('a<&>".yaml', '⟦x⟧', [{ message }])]);
    assertWellFormed(xml);
    assert.match(xml, /message="&#60;b&#62; &#38; &#34;c&#34; &#39;d&#39;&#10;\uFFFD{4}"/);
  });
});
