import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fleet, removing, runbookLint, withFolder } from './command-line.ts';

const misspelt = removing(3).replace('subsystem: billing', 'subsystem: biling');

describe('runbook-lint check --fix', () => {
  it('mends spelling, writes the file, says what was mended, and checks what came of it', () => {
    withFolder({ 'demo.fleet.yaml': fleet, 'a.runbook.yaml': `\uFEFF# mine\r\n${misspelt}` }, (folder) => {
      const ended = runbookLint(folder, ['--fix', '--format', 'json']);
      assert.equal(ended.status, 0);
      assert.match(ended.err, /mended a\.runbook\.yaml:6:26: `biling` is now `billing` \(unknown-name\)/);
      assert.equal(readFileSync(join(folder, 'a.runbook.yaml'), 'utf8'), `\uFEFF# mine\r\n${removing(3)}`);
      assert.doesNotMatch(ended.out, /unknown-name/);
    });
  });

  it('never touches a count, nor a file that is only looked up', () => {
    const files = { 'demo.fleet.yaml': fleet.replace('minimum', 'minimun'), 'b.runbook.yaml': removing(5) };
    withFolder(files, (folder) => {
      const ended = runbookLint(folder, ['--fix', 'b.runbook.yaml']);
      assert.equal(ended.status, 1);
      assert.doesNotMatch(ended.err, /mended/);
      for (const [name, text] of Object.entries(files)) assert.equal(readFileSync(join(folder, name), 'utf8'), text);
    });
  });

  it('leaves the files alone without it', () => {
    withFolder({ 'demo.fleet.yaml': fleet, 'a.runbook.yaml': misspelt }, (folder) => {
      assert.equal(runbookLint(folder, []).status, 1);
      assert.equal(readFileSync(join(folder, 'a.runbook.yaml'), 'utf8'), misspelt);
    });
  });
});
