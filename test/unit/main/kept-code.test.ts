import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeptCode } from '../../../server/src/main/kept-code.ts';

describe('code that is kept', () => {
  let home: string;
  let script: string;
  let folder: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'runbook-lint-kept-code-'));
    script = join(home, 'part.js');
    folder = join(home, 'code');
    writeFileSync(script, '(function (a) { return [1, 2, 3].map((n) => n * a); })');
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  /** Runs the script as a process of that build would, and keeps what it had to make. */
  function runOnce(build = 'a'): void {
    const code = new KeptCode(folder, build);
    const times = code.run(script) as (a: number) => unknown;
    assert.deepEqual(times(2), [2, 4, 6]);
    code.keep();
  }

  const kept = (build = 'a') => join(folder, build, 'part.js.cache');

  it('is written once, and read by the next process', () => {
    runOnce();
    assert.ok(existsSync(kept()));
    // Whoever reads it has nothing to write.
    const code = new KeptCode(folder, 'a');
    code.run(script);
    rmSync(folder, { recursive: true });
    code.keep();
    assert.ok(!existsSync(folder));
  });

  it('is made anew where it is damaged', () => {
    mkdirSync(join(folder, 'a'), { recursive: true });
    writeFileSync(kept(), 'damaged');
    runOnce();
    assert.notEqual(readFileSync(kept(), 'latin1'), 'damaged');
  });

  it('is that of one build, and no draft stays behind', () => {
    runOnce('a');
    runOnce('b');
    assert.deepEqual(readdirSync(folder), ['b']);
    assert.deepEqual(readdirSync(join(folder, 'b')), ['part.js.cache']);
  });

  it('is not asked for without a folder', () => {
    const code = new KeptCode(undefined, 'a');
    code.run(script);
    code.keep();
    assert.deepEqual(readdirSync(home), ['part.js']);
  });

  it('is no loss where the folder cannot be written', () => {
    writeFileSync(folder, 'a file where the folder would be');
    runOnce();
    assert.equal(readFileSync(folder, 'utf8'), 'a file where the folder would be');
  });
});
