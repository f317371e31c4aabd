import assert from 'node:assert/strict';
import type { Diagnostic } from 'vscode-languageserver/node';
import { at, memoryFiles } from '../../support/memory-files.ts';
import {
  type ClientOptions,
  connect,
  pulling,
  pushing,
  rangeOfWords,
  type TestClient,
} from '../../support/protocol-client.ts';

const fleet = 'fleet: demo\nsubsystems:\n  billing: { capacity: 12, minimum: 8 }\n';
const runbook = 'runbook: Debug\nsteps:\n  - remove: { subsystem: billing, count: 5 }\n    permanent: true\n';
const book = at('ops/x.runbook.yaml');
const demo = at('ops/a.fleet.yaml');

describe('diagnostics', () => {
  let client: TestClient;
  afterEach(() => client.dispose());

  const start = async (options: ClientOptions = {}) => {
    client = await connect({ files: memoryFiles({ 'ops/a.fleet.yaml': fleet }), ...options });
    return client;
  };
  const none = ({ diagnostics }: { diagnostics: readonly unknown[] }) => diagnostics.length === 0;
  const some = ({ diagnostics }: { diagnostics: readonly unknown[] }) => diagnostics.length > 0;

  describe('sent', () => {
    it('stand on the word, with the rule, the fleet line and the version', async () => {
      await start();
      await client.open(book, runbook, 7);
      const [found, ...others] = await client.diagnostics(book);
      assert.deepEqual(others, []);
      assert.deepEqual(found?.range, rangeOfWords(runbook, '5'));
      assert.equal(found?.code, 'below-minimum');
      assert.equal(found?.source, 'runbook-lint');
      assert.equal(found?.severity, 1);
      const [related] = found?.relatedInformation ?? [];
      assert.deepEqual(related?.location, { uri: demo, range: rangeOfWords(fleet, '8') });
      assert.equal(client.published[0]?.version, 7);
    });

    it('lead from a name that was meant to where it is declared', async () => {
      await start();
      await client.open(book, runbook.replace('billing', 'biling'));
      const [found] = await client.diagnostics(book);
      assert.match(String(found?.message), /Did you mean `billing`\?/);
      assert.deepEqual(found?.relatedInformation, [
        { location: { uri: demo, range: rangeOfWords(fleet, 'billing') }, message: '`billing` is declared here.' },
      ]);
    });

    it('follow an edit', async () => {
      await start();
      await client.open(book, runbook);
      await client.diagnostics(book, some);
      await client.replace(book, 'count: 5', 'count: 3');
      assert.deepEqual(await client.diagnostics(book, none), []);
      await client.replace(book, 'count: 3', 'count: 12');
      assert.equal((await client.diagnostics(book, some)).length, 1);
    });

    it('follow an edit in the open fleet', async () => {
      await start();
      await client.open(book, runbook.replace('5', '3'));
      await client.open(demo, fleet);
      await client.diagnostics(book, none);
      await client.replace(demo, 'minimum: 8', 'minimum: 11');
      const [found] = await client.diagnostics(book, some);
      assert.equal(found?.code, 'below-minimum');
      await client.close(demo);
      await client.diagnostics(book, none);
    });

    it('of one version are not sent twice', async () => {
      await start();
      await client.open(book, runbook);
      await client.diagnostics(book, some);
      await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: demo, type: 2 }] });
      await client.open(demo, fleet);
      await client.diagnostics(demo);
      await client.replace(book, 'Debug', 'Debugging');
      await client.diagnostics(book, ({ version }) => version === 2);
      assert.deepEqual(
        client.published.filter(({ uri }) => uri === book).map(({ version }) => version),
        [1, 2],
      );
    });

    it('are taken back when the document is closed', async () => {
      await start();
      await client.open(book, runbook);
      await client.diagnostics(book, some);
      await client.close(book);
      await client.diagnostics(book, none);
    });

    it('are those of the last of many quick edits', async () => {
      await start();
      await client.open(book, runbook.replace('5', '1'));
      for (let count = 1; count < 12; count++) await client.replace(book, `count: ${count} `, `count: ${count + 1} `);
      const last = await client.diagnostics(book, ({ version }) => version === 12);
      assert.match(String(last[0]?.message), /to 0/);
      const versions = client.published.map(({ version = 0 }) => version);
      assert.deepEqual(
        versions,
        versions.toSorted((a, b) => a - b),
      );
    });

    it('are none for a file that is none of ours', async () => {
      await start();
      await client.open(at('ops/notes.yaml'), 'a: b\n');
      assert.deepEqual(await client.diagnostics(at('ops/notes.yaml')), []);
    });

    it('do not come to a client that asks', async () => {
      await start({ capabilities: pulling });
      await client.open(book, runbook);
      await client.pull(book);
      await client.close(book);
      await client.pull(book);
      assert.deepEqual(client.published, []);
    });
  });

  describe('asked for', () => {
    it('are the same', async () => {
      await start({ capabilities: pulling });
      assert.equal(client.server.capabilities.diagnosticProvider !== undefined, true);
      await client.open(book, runbook);
      const { kind, items = [] } = await client.pull(book);
      assert.equal(kind, 'full');
      assert.deepEqual(items[0]?.range, rangeOfWords(runbook, '5'));
      const sending = await connect({ files: memoryFiles({ 'ops/a.fleet.yaml': fleet }) });
      await sending.open(book, runbook);
      assert.deepEqual(items, await sending.diagnostics(book));
      sending.dispose();
    });

    it('are not sent again while nothing has changed', async () => {
      await start({ capabilities: pulling });
      await client.open(book, runbook);
      const first = await client.pull(book);
      const second = await client.pull(book, first.resultId);
      assert.deepEqual(second, { kind: 'unchanged', resultId: first.resultId });
      await client.replace(book, 'count: 5', 'count: 3');
      assert.deepEqual((await client.pull(book, first.resultId)).items, []);
    });

    it('have to be asked for again when the fleet changes', async () => {
      await start({ capabilities: pulling });
      await client.open(book, runbook);
      await client.open(demo, fleet);
      assert.equal((await client.pull(book)).items?.length, 1);
      const refreshed = client.refreshed('workspace/diagnostic/refresh');
      await client.replace(demo, 'minimum: 8', 'minimum: 2');
      await refreshed;
      assert.deepEqual((await client.pull(book)).items, []);
    });

    it('of a document that is not open are none', async () => {
      await start({ capabilities: pulling });
      assert.deepEqual((await client.pull(book)).items, []);
    });
  });

  describe('and the disk', () => {
    it('change with a fleet that is not open', async () => {
      const files = memoryFiles({ 'ops/a.fleet.yaml': fleet });
      await start({ files });
      await client.open(book, runbook);
      await client.diagnostics(book, some);
      files.write(demo, fleet.replace('minimum: 8', 'minimum: 2'));
      await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: demo, type: 2 }] });
      await client.diagnostics(book, none);
      files.remove(demo);
      await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: demo, type: 3 }] });
      const [found] = await client.diagnostics(book, some);
      assert.equal(found?.code, 'no-fleet');
    });

    it('are watched where the client lets itself be asked to', async () => {
      await start({ capabilities: pulling });
      await client.open(book, runbook);
      await client.pull(book);
      assert.deepEqual(
        client.registrations.map(({ method }) => method),
        ['workspace/didChangeWatchedFiles'],
      );
    });

    it('are looked at again on save where the client watches nothing', async () => {
      const files = memoryFiles({ 'ops/a.fleet.yaml': fleet });
      await start({ files });
      await client.open(book, runbook);
      await client.diagnostics(book, some);
      files.write(demo, fleet.replace('minimum: 8', 'minimum: 2'));
      await client.notify('textDocument/didSave', { textDocument: { uri: book } });
      await client.diagnostics(book, none);
    });

    it('can be the client’s', async () => {
      const uri = 'vscode-vfs://github/o/r/x.runbook.yaml';
      const remote = 'vscode-vfs://github/o/r/a.fleet.yaml';
      const clientFiles = memoryFiles();
      clientFiles.write(remote, fleet);
      await start({ clientFiles });
      await client.open(uri, runbook);
      const [found] = await client.diagnostics(uri, some);
      assert.equal(found?.code, 'below-minimum');
      assert.equal(found?.relatedInformation?.[0]?.location.uri, remote);
    });
  });

  describe('and settings', () => {
    const asking = { ...pushing, workspace: { ...pushing.workspace, configuration: true } };

    it('are asked for, document by document', async () => {
      const settings = (uri: string) => ({ rules: uri === book ? { 'below-minimum': 'warning' } : {} });
      await start({ capabilities: asking, settings });
      await client.open(book, runbook);
      const [found] = await client.diagnostics(book);
      assert.equal(found?.severity, 2);
    });

    it('hold from the moment they change', async () => {
      let severity = 'warning';
      await start({ capabilities: asking, settings: () => ({ rules: { 'below-minimum': severity } }) });
      await client.open(book, runbook);
      await client.diagnostics(book, some);
      severity = 'off';
      await client.notify('workspace/didChangeConfiguration', { settings: null });
      await client.diagnostics(book, none);
    });

    it('may come with the initialization', async () => {
      await start({ initializationOptions: { rules: { 'below-minimum': 'hint', nonsense: 5 } } });
      await client.open(book, runbook);
      const [found] = await client.diagnostics(book);
      assert.equal(found?.severity, 4);
    });

    it('of a client that has none are no obstacle', async () => {
      await start({ capabilities: asking, settings: () => null });
      await client.open(book, runbook);
      assert.equal((await client.diagnostics(book)).length, 1);
    });

    it('say where the rules’ pages are', async () => {
      await start({ initializationOptions: { rulePages: 'https://example.org/rules/' } });
      await client.open(book, runbook);
      const [found] = await client.diagnostics(book);
      assert.equal(found?.codeDescription?.href, 'https://example.org/rules/below-minimum.md');
    });
  });

  it('answer in the client’s own spelling of a URI', async () => {
    const files = memoryFiles();
    files.write('file:///c%3A/ops/a.fleet.yaml', fleet);
    await start({ files });
    const spelled = 'file:///C:/ops/my x.runbook.yaml';
    await client.open(spelled, runbook);
    assert.equal((await client.diagnostics(spelled, some)).length, 1);
    await client.open('file:///C:/ops/a.fleet.yaml', fleet);
    await client.diagnostics('file:///C:/ops/a.fleet.yaml');
    await client.replace(spelled, 'count: 5', 'count: 6');
    const [found] = await client.diagnostics(spelled, ({ version }) => version === 2);
    assert.equal(found?.relatedInformation?.[0]?.location.uri, 'file:///C:/ops/a.fleet.yaml');
  });
});

describe('a name that is still being typed', () => {
  const fleet = 'fleet: demo\nsubsystems:\n  billing: { capacity: 12, minimum: 8 }\n';
  const runbook = 'runbook: X\nsteps:\n  - remove: { subsystem: bil, count: 1 }\n';
  const book = at('ops/x.runbook.yaml');
  const files = memoryFiles({ 'ops/a.fleet.yaml': fleet });
  const unknown = (diagnostics: readonly Diagnostic[]) =>
    diagnostics.filter(({ code }) => code === 'unknown-name').length;

  it('is not called unknown while it is the beginning of a known one', async () => {
    const client = await connect({ files, capabilities: pushing });
    await client.open(book, runbook);
    const version = (wanted: number) => client.diagnostics(book, (sent) => sent.version === wanted);
    assert.equal(unknown(await version(1)), 1, 'opened, not typed');
    await client.replace(book, 'bil,', 'bill,');
    await client.replace(book, 'bill', 'billi');
    assert.equal(unknown(await version(3)), 0, 'typed');
    await client.replace(book, 'billi', 'billx');
    assert.equal(unknown(await version(4)), 1, 'no beginning of a name');
    await client.replace(book, 'billx', 'bill');
    assert.equal(unknown(await version(5)), 0, 'taken back');
    await client.replace(book, 'count: 1', 'count: 2');
    assert.equal(unknown(await version(6)), 1, 'typed elsewhere');
    client.dispose();
  });

  it('is called unknown when the file is saved', async () => {
    const client = await connect({ files, capabilities: pulling });
    await client.open(book, runbook);
    await client.replace(book, 'bil', 'bill');
    const before = await client.pull(book);
    assert.equal(unknown(before.items ?? []), 0);
    const refreshed = client.refreshed('workspace/diagnostic/refresh');
    await client.notify('textDocument/didSave', { textDocument: { uri: book } });
    await refreshed;
    const after = await client.pull(book, before.resultId);
    assert.equal(unknown(after.items ?? []), 1);
    client.dispose();
  });
});
