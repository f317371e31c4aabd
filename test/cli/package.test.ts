import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './command-line.ts';

const file = join(root, 'runbook-lint.vsix');

/** The names in a zip file, out of its central directory. */
function namesIn(zip: Buffer): readonly string[] {
  const names: string[] = [];
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    names.push(zip.toString('utf8', at + 46, at + 46 + (name ?? 0)));
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return names;
}

describe('the packaged extension', () => {
  let zip: Buffer;

  before(() => {
    assert.ok(existsSync(file), 'runbook-lint.vsix is not there; `npm run package` makes it');
    zip = readFileSync(file);
  });

  it('is at most 950 kB, well below the megabyte that is promised', () =>
    assert.ok(zip.length <= 950_000, `${zip.length} bytes`));

  it('holds no source, test, map or anything else that does not run', () => {
    const strange = namesIn(zip).filter((name) =>
      /\.(ts|mjs|map|vsix|cache)$|node_modules|test|scripts|coverage|tsconfig|(^|\/)\.[^/]*$/.test(name),
    );
    assert.deepEqual(strange, []);
  });

  it('holds everything that the manifest speaks of', () => {
    const names = new Set(namesIn(zip));
    const manifest = readFileSync(join(root, 'package.json'), 'utf8');
    const spoken = [...manifest.matchAll(/"\.\/((?:dist|client|docs|schemas)\/[^"*]+\.\w+)"/g)].map(
      (found) => found[1],
    );
    const absent = spoken.filter((path) => !names.has(`extension/${path}`));
    assert.ok(spoken.length > 0);
    assert.deepEqual(absent, []);
    for (const path of [
      'dist/node/extension.js',
      'dist/node/server.js',
      'dist/web/extension.js',
      'dist/web/server.js',
    ]) {
      assert.ok(names.has(`extension/${path}`), path);
    }
  });
});
