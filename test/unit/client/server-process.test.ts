import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverProcess } from '../../../client/src/server-process.ts';

describe('the process of the server', () => {
  let folder: string;
  let module: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runbook-lint-server-process-'));
    module = join(folder, 'server.cjs');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is waited for when it has been told to go', async () => {
    writeFileSync(module, "process.on('message', () => process.disconnect()); process.send('ready');");
    const server = serverProcess(module, [], 60_000);
    const child = server.take(() => {});
    await new Promise((resolve) => child.once('message', resolve));
    child.send('go');
    await server.end();
    assert.equal(child.exitCode, 0);
  });

  it('is ended when it does not go', async () => {
    writeFileSync(module, "process.send('ready', () => { for (;;); });");
    const server = serverProcess(module, [], 50);
    const child = server.take(() => {});
    await new Promise((resolve) => child.once('message', resolve));
    await server.end();
    assert.equal(child.signalCode, 'SIGTERM');
  });
});
