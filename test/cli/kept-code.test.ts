import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { root } from './command-line.ts';

describe('the built server', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runbook-lint-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps its code in the folder that it is told, and reads it there the next time', async () => {
    // As in a package: without what the builder has kept.
    const programs = join(folder, 'dist');
    cpSync(join(root, 'dist'), programs, { recursive: true, filter: (path) => !path.endsWith('.cache') });
    const kept = join(folder, 'code');
    const written = () => {
      const files = readdirSync(kept, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.cache'));
      return files.map((path) => `${basename(path)} ${statSync(join(kept, path)).mtimeMs}`);
    };
    await comeAndGo(join(programs, 'node/server.js'), kept);
    const first = written();
    assert.ok(first.some((line) => line.startsWith('server.main.js.cache ')));
    await comeAndGo(join(programs, 'node/server.js'), kept);
    assert.deepEqual(written(), first);
  });
});

/** Starts the server, is greeted, and tells it to go. */
async function comeAndGo(program: string, kept: string): Promise<void> {
  const child = spawn(process.execPath, [program, '--stdio', `--code-cache=${kept}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  await connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  assert.equal(await gone, 0);
  connection.dispose();
}
