import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
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

  it('is at most 600 kB, since it holds the linter once', () =>
    assert.ok(zip.length <= 600_000, `${zip.length} bytes`));

  it('runs as it is packed, on the command line and in a browser worker', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runbook-lint-package-'));
    for (const name of [...files.keys()].filter((path) => path.endsWith('.js'))) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), await textOf(name));
    }
    const cli = join(folder, 'extension/dist/node/cli.js');
    const { stdout } = spawnSync(process.execPath, [cli, 'check', 'examples/s3-2017'], { cwd: root, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    assert.match(stdout, /below-minimum/);
    const said = await answerOfWorker(await textOf('extension/dist/web/server.js'));
    assert.match(JSON.stringify(said), /"serverInfo":{"name":"runbook-lint"/);
  });

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

/** Runs a script with as little as a worker has, greets it, and waits for its answer. */
function answerOfWorker(script: string): Promise<unknown> {
  return new Promise((resolve) => {
    const self = { addEventListener() {}, postMessage: resolve, onmessage: (_: unknown) => {} };
    runInNewContext(script, { self, console, setTimeout, clearTimeout, queueMicrotask, TextDecoder, TextEncoder });
    const params = { processId: null, rootUri: null, capabilities: {} };
    self.onmessage({ data: { jsonrpc: '2.0', id: 1, method: 'initialize', params } });
  });
}
