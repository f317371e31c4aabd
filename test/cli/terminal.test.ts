import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fleet, removing, root, runbookLint, withFolder } from './command-line.ts';

const bad = { 'demo.fleet.yaml': fleet, 'bad.runbook.yaml': removing(5) };
const colourCode = '\u001b[';

describe('runbook-lint in a terminal', () => {
  it('says what it can do', () => {
    const ended = runbookLint(root, ['--help']);
    assert.equal(ended.status, 0);
    assert.match(ended.out, /runbook-lint \[check\] \[PATH…\]/);
  });

  it('says its version', () => {
    const ended = runbookLint(root, ['--version']);
    assert.equal(ended.status, 0);
    assert.match(ended.out, /^\d+\.\d+\.\d+\n$/);
  });

  it('ends with 2 where the words make no sense', () => {
    const ended = runbookLint(root, ['--formt', 'json']);
    assert.equal(ended.status, 2);
    assert.match(ended.err, /Did you mean `--format`\?/);
    assert.equal(ended.out, '');
    assert.equal(runbookLint(root, ['--format', 'text']).status, 2);
  });

  it('is colourful only where it is wanted', () => {
    withFolder(bad, (folder) => {
      const coloured = (words: readonly string[], env: NodeJS.ProcessEnv = {}) =>
        runbookLint(folder, words, env).out.includes(colourCode);
      assert.equal(coloured([]), false);
      assert.equal(coloured(['--color']), true);
      assert.equal(coloured([], { FORCE_COLOR: '1' }), true);
      assert.equal(coloured([], { FORCE_COLOR: '1', NO_COLOR: '1' }), false);
      assert.equal(coloured(['--color'], { NO_COLOR: '1' }), true);
      assert.equal(coloured(['--no-color'], { FORCE_COLOR: '1' }), false);
      assert.equal(coloured(['--color', '--format', 'json']), false);
    });
  });

  it('writes everything before it ends', () => {
    const steps = Array.from({ length: 3000 }, (_, i) => `  - remove: { subsystem: nobody-${i}, count: 1 }\n`).join('');
    const runbook = `runbook: Long\nfleet: ./demo.fleet.yaml\nsteps:\n${steps}`;
    withFolder({ 'demo.fleet.yaml': fleet, 'long.runbook.yaml': runbook }, (folder) => {
      const { out } = runbookLint(folder, ['--format', 'json']);
      assert.ok(out.length > 1_000_000);
      assert.equal(JSON.parse(out).files.length, 2);
    });
  });

  it('stays calm when nobody reads on', async () => {
    const shell = spawn(process.execPath, [join(root, 'dist/node/cli.js'), 'check', '--format', 'json', 'examples'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let complaint = '';
    shell.stderr.on('data', (chunk) => (complaint += chunk));
    shell.stdout.destroy();
    await new Promise((resolve) => shell.on('close', resolve));
    assert.equal(complaint, '');
  });

  it('ends with 2 where its output finds no room, and not as if something were wrong with the files', function () {
    if (!existsSync('/dev/full')) this.skip();
    const full = openSync('/dev/full', 'w');
    const ended = spawnSync(process.execPath, [join(root, 'dist/node/cli.js'), 'check', 'examples/routers'], {
      cwd: root,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    assert.equal(ended.status, 2);
    assert.match(ended.stderr, /^runbook-lint: The output cannot be written: [^\n]*no space left[^\n]*\n$/);
  });

  it('explains a rule', () => {
    const ended = runbookLint(root, ['explain', 'below-minimum']);
    assert.equal(ended.status, 0);
    assert.match(ended.out, /below-minimum/);
    const unknown = runbookLint(root, ['explain', 'below-minimun']);
    assert.equal(unknown.status, 2);
    assert.match(unknown.err, /Did you mean `below-minimum`\?/);
  });

  it('prints every schema', () => {
    for (const name of ['runbook', 'fleet', 'commands', 'config']) {
      const ended = runbookLint(root, ['schema', name]);
      assert.equal(ended.status, 0);
      assert.equal(typeof JSON.parse(ended.out), 'object');
    }
    assert.equal(runbookLint(root, ['schema', 'flet']).status, 2);
  });
});
