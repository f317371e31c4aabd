import assert from 'node:assert/strict';
import {
  CancellationTokenSource,
  WorkDoneProgress,
  type WorkspaceDiagnosticReport,
  WorkspaceDiagnosticRequest,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { at, type MemoryFiles, memoryFiles } from '../../support/memory-files.ts';
import { connect, pulling, type TestClient } from '../../support/protocol-client.ts';

const fleet = 'fleet: demo\nsubsystems:\n  billing: { capacity: 12, minimum: 8 }\n';
const runbook = (count: number) =>
  `runbook: X\nsteps:\n  - remove: { subsystem: billing, count: ${count} }\n    permanent: true\n`;
const demo = at('ops/a.fleet.yaml');
const good = at('ops/good.runbook.yaml');
const bad = at('ops/deep/bad.runbook.yaml');

const tree = {
  'ops/a.fleet.yaml': fleet,
  'ops/good.runbook.yaml': runbook(1),
  'ops/deep/bad.runbook.yaml': runbook(6),
};

/** `file kind findings`, errors only. */
function shown(items: readonly WorkspaceDocumentDiagnosticReport[]): readonly string[] {
  return items.map((item) => {
    const name = item.uri.slice(item.uri.lastIndexOf('/') + 1);
    return item.kind === 'full'
      ? `${name} ${item.items.filter(({ severity }) => severity === 1).length}`
      : `${name} unchanged`;
  });
}

function ids(items: readonly WorkspaceDocumentDiagnosticReport[]) {
  return items.map(({ uri, resultId = '' }) => ({ uri, value: resultId }));
}

describe('workspace diagnostics', () => {
  let client: TestClient;
  let files: MemoryFiles;
  beforeEach(async () => {
    files = memoryFiles(tree);
    client = await connect({ files, capabilities: pulling, workspaceFolders: [at('ops')] });
  });
  afterEach(() => client.dispose());

  const pull = (previousResultIds: readonly { uri: string; value: string }[] = [], more: object = {}) =>
    client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds, ...more });

  it('cover every file of the folders, open or not, with the version of what is open', async () => {
    await client.open(good, runbook(7), 3);
    const { items } = await pull();
    assert.deepEqual(new Set(shown(items)), new Set(['a.fleet.yaml 0', 'good.runbook.yaml 1', 'bad.runbook.yaml 1']));
    assert.equal(items.find(({ uri }) => uri === good)?.version, 3);
    assert.equal(items.find(({ uri }) => uri === bad)?.version, null);
  });

  it('come in parts where the client takes them so', async () => {
    const parts: WorkspaceDocumentDiagnosticReport[] = [];
    client.connection.onProgress(
      WorkspaceDiagnosticRequest.partialResult,
      'part',
      ({ items }) => void parts.push(...items),
    );
    const { items } = await pull([], { partialResultToken: 'part' });
    assert.deepEqual(items, []);
    assert.equal(parts.length, 3);
  });

  it('wait while nothing changes, and tell what does', async () => {
    await client.open(demo, fleet);
    const first = await pull();
    const next = pull(ids(first.items));
    let answered = false;
    void next.then(() => {
      answered = true;
    });
    // Another request is answered meanwhile: the one that waits holds nothing up.
    await client.request('textDocument/hover', { textDocument: { uri: demo }, position: { line: 0, character: 0 } });
    assert.equal(answered, false);
    await client.replace(demo, 'minimum: 8', 'minimum: 12');
    const { items } = await next;
    assert.deepEqual(new Set(shown(items)), new Set(['a.fleet.yaml 0', 'good.runbook.yaml 1', 'bad.runbook.yaml 1']));
  });

  it('are told again of what changed alone', async () => {
    const first = await pull();
    files.write(bad, runbook(2));
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: bad, type: 2 }] });
    const second = await pull(ids(first.items));
    assert.deepEqual(
      shown(second.items).filter((one) => !one.endsWith('unchanged')),
      ['bad.runbook.yaml 0'],
    );
  });

  it('are taken back where a file has gone', async () => {
    const first = await pull();
    files.remove(bad);
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: bad, type: 3 }] });
    const second = await pull(ids(first.items));
    assert.deepEqual(
      second.items.flatMap((item) => (item.uri === bad && item.kind === 'full' ? [item.items] : [])),
      [[]],
    );
  });

  it('can be cancelled while they wait', async () => {
    const first = await pull();
    const source = new CancellationTokenSource();
    const waiting = client.connection.sendRequest(
      'workspace/diagnostic',
      { previousResultIds: ids(first.items) },
      source.token,
    );
    source.cancel();
    await assert.rejects(waiting, /cancelled/);
  });

  it('show how far they have come where the client shows it', async () => {
    client.dispose();
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`ops/${i}.runbook.yaml`, runbook(1)]));
    const capabilities = { ...pulling, window: { workDoneProgress: true } };
    client = await connect({ files: memoryFiles({ ...tree, ...many }), capabilities, workspaceFolders: [at('ops')] });
    const said: string[] = [];
    client.connection.onRequest('window/workDoneProgress/create', ({ token }: { token: string }) => {
      client.connection.onProgress(WorkDoneProgress.type, token, ({ kind }) => void said.push(kind));
      return null;
    });
    await pull();
    assert.equal(said[0], 'begin');
    assert.equal(said.at(-1), 'end');
    assert.ok(said.filter((kind) => kind === 'report').length >= 12);
  });

  it('are asked for again when a folder comes or goes, or a file changes', async () => {
    const refreshed = client.refreshed('workspace/diagnostic/refresh');
    await client.notify('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [{ uri: at('ops'), name: 'ops' }] },
    });
    await refreshed;
    assert.deepEqual((await pull()).items, []);
    const again = client.refreshed('workspace/diagnostic/refresh');
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: at('ops/new.runbook.yaml'), type: 1 }] });
    await again;
  });
});
