import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeptCode } from '../../../server/src/main/kept-code.ts';

const [first, second] = ['0123456789abcdef', 'fedcba9876543210'];

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

  type Times = (a: number) => unknown;

  /** Runs the script as a process of that build would, and keeps what it had to make. */
  function runOnce(build = first): void {
    const code = new KeptCode(folder, build);
    assert.deepEqual((code.run(script) as Times)(2), [2, 4, 6]);
    code.keep();
  }

  const kept = (build = first) => join(folder, build, 'part.js.cache');

  it('is written once, and read by the next process', () => {
    runOnce();
    const written = statSync(kept()).mtimeMs;
    runOnce();
    assert.equal(statSync(kept()).mtimeMs, written);
  });

  it('is written again when much more of it has run', () => {
    const text =
      '(function (name) { return { a() { return 1; }, b(x) { return x.map((y) => [y, y + 1, "b"]); } }[name]; })';
    writeFileSync(script, text);
    const keepAfter = (use: (get: (name: string) => (x: number[]) => unknown) => void) => {
      const code = new KeptCode(folder, first);
      use(code.run(script) as (name: string) => (x: number[]) => unknown);
      code.keep();
      return readFileSync(kept()).length;
    };
    const short = keepAfter(() => {});
    const long = keepAfter((get) => assert.deepEqual(get('b')([1]), [[1, 2, 'b']]));
    assert.ok(long > short, `${short} ${long}`);
  });

  for (const [how, damage] of Object.entries<(file: Buffer) => Buffer>({
    'cut short': (file) => file.subarray(0, 100),
    'half zeros': (file) => file.fill(0, file.length >> 1),
    'one bit off': (file) => {
      file[file.length - 9] = (file[file.length - 9] ?? 0) ^ 4;
      return file;
    },
    empty: () => Buffer.alloc(0),
  }))
    it(`is made anew where it is ${how}`, () => {
      runOnce();
      const whole = readFileSync(kept()).length;
      writeFileSync(kept(), damage(readFileSync(kept())));
      runOnce();
      assert.equal(readFileSync(kept()).length, whole);
    });

  it('is that of one build, and no draft stays behind', () => {
    runOnce(first);
    runOnce(second);
    assert.deepEqual(readdirSync(folder), [second]);
    assert.deepEqual(readdirSync(join(folder, second)), ['part.js.cache']);
  });

  it('leaves alone what else is in the folder', () => {
    const other = join(folder, 'precious', 'file');
    mkdirSync(join(folder, 'precious'), { recursive: true });
    writeFileSync(other, 'mine');
    runOnce();
    assert.equal(readFileSync(other, 'utf8'), 'mine');
  });

  it('is not asked for without a folder', () => {
    const code = new KeptCode(undefined, first);
    code.run(script);
    code.keep();
    assert.deepEqual(readdirSync(home), ['part.js']);
  });

  it('is no loss where the folder cannot be written', () => {
    writeFileSync(folder, 'a file where the folder would be');
    runOnce();
    assert.ok(existsSync(folder));
    assert.equal(readFileSync(folder, 'utf8'), 'a file where the folder would be');
  });
});
