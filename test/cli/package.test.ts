import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Entry, TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import { root } from './command-line.ts';

const file = join(root, 'runbook-lint.vsix');

describe('the packaged extension', () => {
  let zip: Buffer;
  let files: ReadonlyMap<string, Entry>;

  before(async () => {
    assert.ok(existsSync(file), 'runbook-lint.vsix is not there; `npm run package` makes it');
    zip = readFileSync(file);
    const entries = await new ZipReader(new Uint8ArrayReader(zip)).getEntries();
    files = new Map(entries.map((entry) => [entry.filename, entry]));
  });

  async function textOf(name: string): Promise<string> {
    const entry = files.get(name);
    assert.ok(entry !== undefined && !entry.directory, name);
    return entry.getData(new TextWriter());
  }

  it('is at most 950 kB, well below the megabyte that is promised', () =>
    assert.ok(zip.length <= 950_000, `${zip.length} bytes`));

  it('holds no source, test, map or anything else that does not run', () => {
    const strange = [...files.keys()].filter((name) =>
      /\.(ts|mjs|map|vsix|cache)$|node_modules|test|scripts|coverage|tsconfig|(^|\/)\.[^/]*$/.test(name),
    );
    assert.deepEqual(strange, []);
  });

  it('has a page without pictures, links and commands that lead nowhere', async () => {
    const page = await textOf('extension/readme.md');
    assert.match(page, /^## Try it\n\n\*Runbook Lint: Open Sample\*/m);
    assert.doesNotMatch(page, /\]\((?!https:)|npm ci/);
  });

  it('holds everything that the manifest speaks of', () => {
    const manifest = readFileSync(join(root, 'package.json'), 'utf8');
    const spoken = [...manifest.matchAll(/"\.\/((?:dist|client|docs|schemas)\/[^"*]+\.\w+)"/g)].map(
      (found) => found[1],
    );
    const absent = spoken.filter((path) => !files.has(`extension/${path}`));
    assert.ok(spoken.length > 0);
    assert.deepEqual(absent, []);
    for (const path of [
      'dist/node/extension.js',
      'dist/node/server.js',
      'dist/web/extension.js',
      'dist/web/server.js',
    ]) {
      assert.ok(files.has(`extension/${path}`), path);
    }
  });
});
