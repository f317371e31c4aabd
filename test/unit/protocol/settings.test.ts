import assert from 'node:assert/strict';
import type { ClientCapabilities, CodeAction, Diagnostic } from 'vscode-languageserver/node';
import { type Why, whyRequest } from '../../../server/src/protocol/messages.ts';
import { at, memoryFiles } from '../../support/memory-files.ts';
import { connect, pulling, pushing, type TestClient } from '../../support/protocol-client.ts';

const fleet = 'fleet: demo\nsubsystems:\n  billing: { capacity: 12, minimum: 8 }\n';
const strict = fleet.replace('demo', 'strict').replace('minimum: 8', 'minimum: 12');
const runbook = 'runbook: X\nsteps:\n  - remove: { subsystem: billing, count: 5 }\n    permanent: true\n';
const book = at('ops/x.runbook.yaml');
const other = at('web/y.runbook.yaml');
const files = { 'ops/a.fleet.yaml': fleet, 'web/a.fleet.yaml': fleet, 'fleets/strict.fleet.yaml': strict };

const some = ({ diagnostics }: { diagnostics: readonly Diagnostic[] }) => diagnostics.length > 0;
const none = ({ diagnostics }: { diagnostics: readonly Diagnostic[] }) => diagnostics.length === 0;
const rulesOf = (diagnostics: readonly Diagnostic[] = []) => diagnostics.map(({ code }) => code);

describe('settings, by folder', () => {
  let client: TestClient;
  let settings: (uri: string) => unknown;
  const start = async (given: (uri: string) => unknown, base: ClientCapabilities = pushing, more = {}) => {
    settings = given;
    client = await connect({
      files: memoryFiles({ ...files, ...more }),
      capabilities: { ...base, workspace: { ...base.workspace, configuration: true, workspaceFolders: true } },
      workspaceFolders: [at('')],
      settings: (uri) => settings(uri),
    });
  };
  const change = async (given: (uri: string) => unknown) => {
    settings = given;
    await client.notify('workspace/didChangeConfiguration', { settings: null });
  };
  const why = (uri: string) => client.request<Why>(whyRequest, { uri });
  const saved = (uri: string) => client.notify('textDocument/didSave', { textDocument: { uri } });
  const inOps = (uri: string) => uri.includes('/ops/');
  afterEach(() => client.dispose());

  it('of documents may come with the initialization, and are asked for when they change', async () => {
    let asked = 0;
    client = await connect({
      files: memoryFiles(files),
      capabilities: { ...pushing, workspace: { ...pushing.workspace, configuration: true } },
      initializationOptions: { settings: [{ uri: book, settings: { rules: { 'below-minimum': 'hint' } } }, 5] },
      settings: () => {
        asked += 1;
        return {};
      },
    });
    await client.open(book, runbook);
    assert.equal((await client.diagnostics(book, some))[0]?.severity, 4);
    assert.equal(asked, 0);
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.diagnostics(book, ({ diagnostics }) => diagnostics[0]?.severity === 1);
    assert.equal(asked, 1);
  });

  describe('`enable`', () => {
    it('switches everything off there, and on again', async () => {
      await start((uri) => ({ enable: !inOps(uri) }));
      await client.open(book, runbook);
      await client.open(other, runbook);
      assert.deepEqual(rulesOf(await client.diagnostics(other, some)), ['below-minimum']);
      assert.deepEqual(await client.diagnostics(book), []);
      const position = { line: 2, character: 6 };
      assert.equal(await client.request('textDocument/hover', { textDocument: { uri: book }, position }), null);
      assert.deepEqual((await why(book)).sentences, ['It is not checked: the setting `runbookLint.enable` is off.']);
      assert.equal((await why(book)).checked, false);
      await change(() => ({}));
      await client.diagnostics(book, some);
      assert.equal((await why(book)).checked, true);
      await change(() => ({ enable: false }));
      await client.diagnostics(book, none);
    });

    it('takes the findings from a client that pulls them, and gives them back', async () => {
      await start(() => ({}), pulling);
      await client.open(book, runbook);
      assert.equal((await client.pull(book)).items?.length, 1);
      const asked = client.refreshed('workspace/diagnostic/refresh');
      await change(() => ({ enable: false }));
      await asked;
      assert.deepEqual(await client.pull(book), { kind: 'full', items: [] });
      const again = client.refreshed('workspace/diagnostic/refresh');
      await change(() => ({}));
      await again;
      assert.equal((await client.pull(book)).items?.length, 1);
    });
  });

  describe('`exclude`', () => {
    it('leaves files out, open or not', async () => {
      await start(() => ({ exclude: ['web', '*-draft.runbook.yaml'] }), pulling, { 'ops/x.runbook.yaml': runbook });
      await client.open(other, runbook);
      await client.open(book, runbook);
      await client.open(at('ops/z-draft.runbook.yaml'), runbook);
      assert.equal((await client.pull(book)).items?.length, 1);
      assert.deepEqual((await client.pull(other)).items, []);
      assert.deepEqual((await client.pull(at('ops/z-draft.runbook.yaml'))).items, []);
      assert.match((await why(other)).sentences[0] ?? '', /`web` of the setting `runbookLint.exclude` covers it/);
      const { items } = await client.request<{ items: readonly { uri: string }[] }>('workspace/diagnostic', {
        previousResultIds: [],
      });
      assert.deepEqual(
        items.map(({ uri }) => uri).filter((uri) => uri.endsWith('.runbook.yaml')),
        [book],
      );
    });

    it('counts from the folder that a file is in, also of one that is added later', async () => {
      await start(() => ({ exclude: ['web'] }));
      await client.open(other, runbook);
      assert.deepEqual(await client.diagnostics(other), []);
      const web = { uri: at('web'), name: 'web' };
      await client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [web], removed: [] } });
      assert.equal((await client.diagnostics(other, some)).length, 1);
      assert.equal((await why(other)).checked, true);
      await client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [web] } });
      await client.diagnostics(other, none);
    });
  });

  describe('`run: onSave`', () => {
    it('sends findings when a file is opened and when it is saved, not while it is edited', async () => {
      await start(() => ({ run: 'onSave' }));
      await client.open(book, runbook);
      await client.diagnostics(book, some);
      await client.replace(book, 'count: 5', 'count: 3');
      // A question that is answered later than the edit shows that nothing was sent in between.
      await why(book);
      assert.deepEqual(
        client.published.map(({ version }) => version),
        [1],
      );
      await saved(book);
      await client.diagnostics(book, none);
    });

    it('answers a client that pulls them that nothing is new, until the file is saved', async () => {
      await start(() => ({ run: 'onSave' }), pulling);
      await client.open(book, runbook);
      const { resultId, items } = await client.pull(book);
      assert.equal(items?.length, 1);
      await client.replace(book, 'count: 5', 'count: 3');
      assert.deepEqual(await client.pull(book, resultId), { kind: 'unchanged', resultId });
      const asked = client.refreshed('workspace/diagnostic/refresh');
      await saved(book);
      await asked;
      assert.deepEqual((await client.pull(book, resultId)).items, []);
    });

    it('holds for the runbooks of a fleet that is edited', async () => {
      await start(() => ({ run: 'onSave' }));
      const uri = at('ops/a.fleet.yaml');
      await client.open(book, runbook);
      await client.open(uri, fleet);
      await client.diagnostics(book, some);
      // What the opening of the fleet may have sent again has come with the answer.
      await why(book);
      const sent = () => client.published.filter((one) => one.uri === book).length;
      const before = sent();
      await client.replace(uri, 'minimum: 8', 'minimum: 2');
      await why(book);
      assert.equal(sent(), before);
      await saved(uri);
      await client.diagnostics(book, none);
    });
  });

  describe('`fleet.path`', () => {
    it('is the fleet of runbooks that name none, and counts from the folder', async () => {
      await start((uri) => (inOps(uri) ? { fleet: { path: 'fleets/strict.fleet.yaml' } } : {}));
      await client.open(book, runbook.replace('count: 5', 'count: 1'));
      assert.deepEqual(rulesOf(await client.diagnostics(book, some)), ['below-minimum']);
      assert.match((await why(book)).sentences.join(' '), /because the setting `runbookLint.fleet.path` names it/);
      await client.open(other, runbook.replace('count: 5', 'count: 1'));
      assert.deepEqual(await client.diagnostics(other), []);
    });

    it('gives way to the runbook’s own', async () => {
      await start(() => ({ fleet: { path: './fleets/strict.fleet.yaml' } }));
      await client.open(book, runbook.replace('count: 5', 'count: 1').replace('steps', 'fleet: ./a.fleet.yaml\nsteps'));
      assert.deepEqual(await client.diagnostics(book), []);
    });

    it('that leads nowhere is told of, once', async () => {
      await start(() => ({ fleet: { path: 'none.fleet.yaml' } }));
      await client.open(book, runbook);
      const found = await client.diagnostics(book, some);
      assert.deepEqual(rulesOf(found), ['unknown-name']);
      assert.match(String(found[0]?.message), /none\.fleet\.yaml.*there is no such file/);
    });

    it('that leads nowhere waits for a title to be told of on', async () => {
      await start(() => ({ fleet: { path: 'none.fleet.yaml' } }));
      await client.open(book, runbook.replace('runbook', 'runook'));
      assert.deepEqual(rulesOf(await client.diagnostics(book, some)), ['schema']);
    });
  });

  describe('`files.runbooks` and `files.fleets`', () => {
    it('say what a file is whose name and content do not', async () => {
      const plain = at('ops/rotate.yaml');
      await start(() => ({ files: { runbooks: ['ops/r*.yaml'], fleets: ['ops/fleet-*.yaml'] } }));
      await client.open(plain, 'steps: []\n');
      const [found] = await client.diagnostics(plain, some);
      assert.match(String(found?.message), /`runbook`/);
      assert.match((await why(plain)).sentences[0] ?? '', /because the setting `runbookLint.files.runbooks` says so/);
      assert.equal((await why(plain)).by, 'setting');
      await client.open(at('web/rotate.yaml'), 'steps: []\n');
      assert.deepEqual(await client.diagnostics(at('web/rotate.yaml')), []);
    });

    it('let a runbook find its fleet', async () => {
      const deep = at('deep/x.runbook.yaml');
      const more = { 'deep/production.yaml': 'subsystems:\n  billing: { capacity: 12, minimum: 8 }\nfleet: demo\n' };
      await start(() => ({ files: { fleets: ['deep/production.yaml'] } }), pushing, more);
      await client.open(deep, runbook);
      assert.deepEqual(rulesOf(await client.diagnostics(deep, some)), ['below-minimum']);
    });

    it('count where the whole workspace is checked', async () => {
      await start(() => ({ files: { runbooks: ['ops/*.yaml'] } }), pulling, { 'ops/r.yaml': runbook });
      await client.open(book, runbook);
      await client.pull(book);
      const { items } = await client.request<{ items: readonly { uri: string }[] }>('workspace/diagnostic', {
        previousResultIds: [],
      });
      assert.ok(items.some(({ uri }) => uri === at('ops/r.yaml')));
    });
  });

  describe('`config.path`', () => {
    it('takes the place of the nearest configuration', async () => {
      const more = {
        '.runbook-lint.yaml': 'rules: { below-minimum: off }\n',
        'etc/lint.yaml': 'rules: { below-minimum: hint }\n',
      };
      await start((uri) => (inOps(uri) ? { config: { path: 'etc/lint.yaml' } } : {}), pushing, more);
      await client.open(book, runbook);
      assert.equal((await client.diagnostics(book, some))[0]?.severity, 4);
      assert.match((await why(book)).sentences.join(' '), /those of `..\/etc\/lint.yaml`/);
      await client.open(other, runbook);
      assert.deepEqual(await client.diagnostics(other), []);
    });
  });

  describe('`maxProblems`', () => {
    const many = `runbook: X\nsteps:\n${'  - remove: { subsystem: biling, count: 1 }\n'.repeat(5)}`;

    it('shows the gravest, and says that there are more', async () => {
      await start(() => ({ maxProblems: 2 }));
      await client.open(book, many);
      const found = await client.diagnostics(book, some);
      assert.deepEqual(rulesOf(found), ['unknown-name', 'unknown-name', 'limit-reached']);
      assert.equal(
        found.at(-1)?.message,
        'Only the gravest 2 of 5 findings are shown here. The setting `runbookLint.maxProblems` says how many.',
      );
      await change(() => ({}));
      await client.diagnostics(book, ({ diagnostics }) => diagnostics.length === 5);
    });

    it('leaves the fixes of all of them', async () => {
      await start(() => ({ maxProblems: 1 }));
      await client.open(book, many);
      await client.diagnostics(book, some);
      const range = { start: { line: 6, character: 27 }, end: { line: 6, character: 27 } };
      const actions = await client.request<readonly CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: book },
        range,
        context: { diagnostics: [] },
      });
      assert.ok(
        actions.some(({ title }) => title === 'Did you mean `billing`?'),
        JSON.stringify(actions),
      );
    });
  });
});
