import assert from 'node:assert/strict';
import { coversGlob, matchesGlob } from '../../../server/src/protocol/glob.ts';

describe('patterns of files', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['*.ops.yaml', 'a.ops.yaml', true],
    ['*.ops.yaml', 'deep/er/a.ops.yaml', true],
    ['*.ops.yaml', 'a.ops.yml', false],
    ['ops/*.yaml', 'ops/a.yaml', true],
    ['ops/*.yaml', 'ops/deep/a.yaml', false],
    ['ops/*.yaml', 'other/ops/a.yaml', false],
    ['./ops/*.yaml', 'ops/a.yaml', true],
    ['/ops/*.yaml', 'ops/a.yaml', true],
    ['ops/**', 'ops/deep/a.yaml', true],
    ['**/ops/*.yaml', 'x/y/ops/a.yaml', true],
    ['**/ops/*.yaml', 'ops/a.yaml', true],
    ['ops/**/a.yaml', 'ops/a.yaml', true],
    ['ops/**/a.yaml', 'ops/b/c/a.yaml', true],
    ['run-?.yaml', 'run-1.yaml', true],
    ['run-?.yaml', 'run-12.yaml', false],
    ['*.{yaml,yml}', 'a.yml', true],
    ['{drain,rotate}-*.yaml', 'rotate-web.yaml', true],
    ['{drain,rotate}-*.yaml', 'remove-web.yaml', false],
    ['a+b(c).yaml', 'a+b(c).yaml', true],
    ['a.yaml', 'aXyaml', false],
    ['[a', '[a', true],
    ['{a', '{a', true],
  ];
  for (const [pattern, path, expected] of cases) {
    it(`${pattern} ${expected ? 'is about' : 'is not about'} ${path}`, () => {
      assert.equal(matchesGlob(pattern, path), expected);
    });
  }

  it('cover a file with any of its folders', () => {
    assert.ok(coversGlob('drafts', 'ops/drafts/a.runbook.yaml'));
    assert.ok(coversGlob('ops/drafts/', 'ops/drafts/deep/a.runbook.yaml'));
    assert.ok(coversGlob('**/drafts/**', 'ops/drafts/a.runbook.yaml'));
    assert.ok(coversGlob('a.runbook.yaml', 'ops/a.runbook.yaml'));
    assert.ok(!coversGlob('drafts', 'ops/drafts.runbook.yaml'));
    assert.ok(!coversGlob('draft', 'ops/drafts/a.runbook.yaml'));
  });
});
