import assert from 'node:assert/strict';
import { hasSchemaElsewhere, isReportedTwice } from '../../../client/src/doubles.ts';
import { ruleOfPage, rulePageCommand } from '../../../client/src/rule-link.ts';

describe('beside the YAML extension of Red Hat', () => {
  it('what both find stands there once', () => {
    for (const rule of ['syntax', 'duplicate-key']) assert.ok(isReportedTwice(rule, '/x/notes.yaml'), rule);
    for (const path of [
      '/x/a.runbook.yaml',
      '/x/runbook.yml',
      '/a.fleet.yaml',
      '/x/a.commands.yml',
      '/.runbook-lint.yaml',
    ]) {
      assert.ok(isReportedTwice('schema', path), path);
    }
  });

  it('leaves the keys of a file to it where it has the schema', () => {
    assert.ok(hasSchemaElsewhere('/x/a.runbook.yaml'));
    assert.ok(!hasSchemaElsewhere('/x/drain.yaml'));
  });

  it('what only we find stays', () => {
    assert.ok(!isReportedTwice('below-minimum', '/x/a.runbook.yaml'));
    // The other extension has our schemas by the file's name only.
    assert.ok(!isReportedTwice('schema', '/x/drain.yaml'));
  });
});

describe('the page of a rule', () => {
  it('is opened by a command, not by the browser', () => {
    const link = rulePageCommand('below-minimum');
    assert.equal(link, 'command:runbookLint._openRuleDoc?%5B%22below-minimum%22%5D');
    assert.equal(ruleOfPage('runbook-lint-rule', '/below-minimum.md'), 'below-minimum');
    assert.equal(ruleOfPage('https', '/below-minimum.md'), undefined);
    assert.equal(ruleOfPage('runbook-lint-rule', '/../x.md'), undefined);
  });
});
