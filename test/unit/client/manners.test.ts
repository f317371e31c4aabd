import assert from 'node:assert/strict';
import { hasSchemaElsewhere, isReportedTwice } from '../../../client/src/doubles.ts';
import { ruleOfPage, rulePageCommand } from '../../../client/src/rule-link.ts';

describe('beside the YAML extension of Red Hat', () => {
  it('what both find stands there once', () => {
    assert.ok(isReportedTwice('duplicate-key', '/x/notes.yaml', false));
    assert.ok(isReportedTwice('syntax', '/x/notes.yaml', true));
    for (const path of [
      '/x/a.runbook.yaml',
      '/x/runbook.yml',
      '/a.fleet.yaml',
      '/x/a.commands.yml',
      '/.runbook-lint.yaml',
      '/.runbook-lint.yml',
    ]) {
      assert.ok(isReportedTwice('schema', path, false), path);
      assert.ok(isReportedTwice('syntax', path, false), path);
    }
  });

  it('leaves the keys of a file to it where it has the schema', () => {
    assert.ok(hasSchemaElsewhere('/x/a.runbook.yaml'));
    assert.ok(!hasSchemaElsewhere('/x/drain.yaml'));
  });

  it('what only we find stays', () => {
    assert.ok(!isReportedTwice('below-minimum', '/x/a.runbook.yaml', true));
    // The other extension has our schemas by the file's name only.
    assert.ok(!isReportedTwice('schema', '/x/drain.yaml', true));
    // Braces without quotes are a mapping to everybody else.
    assert.ok(!isReportedTwice('syntax', '/x/drain.yaml', false));
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
