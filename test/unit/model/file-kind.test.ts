import assert from 'node:assert/strict';
import { fileKind } from '../../../server/src/model/file-kind.ts';

describe('the kind of a file', () => {
  it('goes by the name', () => {
    const names = {
      runbook: ['file:///a/x.runbook.yaml', 'x.runbook.yml', 'runbook.yaml', 'file:///a%20b/Runbook.YML'],
      fleet: ['a.b.fleet.yaml', 'vscode-vfs://github/o/r/x.fleet.yml'],
      commands: ['s3ctl.commands.yaml', 'C:\\a\\x.commands.yml'],
      config: ['file:///a/.runbook-lint.yaml', 'file:///a/.runbook-lint.yml'],
      other: ['a.yaml', 'fleet.yaml', 'myrunbook.yaml', 'x.runbook.json', 'README.md'],
    };
    for (const [kind, list] of Object.entries(names))
      for (const name of list) assert.equal(fileKind(name, ''), kind, name);
  });

  it('lets the name go before the content', () => {
    assert.equal(fileKind('x.fleet.yaml', 'runbook: a\n'), 'fleet');
  });

  it('goes by the keys at the top level', () => {
    assert.equal(fileKind('a.yaml', '# hello\n\nrunbook: x\nfleet: y\n'), 'runbook');
    assert.equal(fileKind('untitled:Untitled-1', '---\n"runbook" : x\n'), 'runbook');
    assert.equal(fileKind('fleet.yaml', 'subsystems: {}\nfleet: x\n'), 'fleet');
    assert.equal(fileKind('a.yaml', '{ "fleet": "x", "subsystems": {} }'), 'fleet');
    assert.equal(fileKind('a.yaml', '\uFEFFrunbook: x\r\n'), 'runbook');
  });

  it('takes nothing else for ours', () => {
    assert.equal(fileKind('fleet.yaml', 'fleet: rancher\nnamespace: x\n'), 'other');
    assert.equal(fileKind('a.yaml', 'a:\n  runbook: x\n'), 'other');
    assert.equal(fileKind('a.yaml', 'text: |\n  runbook: x\n'), 'other');
    assert.equal(fileKind('a.yaml', 'runbooks: x\nrunbook:x\n# runbook: x\n'), 'other');
    assert.equal(fileKind('a.yaml', 'a: b\n---\nrunbook: x\n'), 'other');
    assert.equal(fileKind('post.md', 'runbook: x\n'), 'other');
  });

  it('is quick on a large file', () => {
    const text = 'key: value\n'.repeat(500_000);
    const start = performance.now();
    assert.equal(fileKind('a.yaml', text), 'other');
    assert.ok(performance.now() - start < 1000);
  });
});
