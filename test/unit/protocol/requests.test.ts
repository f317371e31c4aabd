import assert from 'node:assert/strict';
import type {
  CodeAction,
  CompletionItem,
  Diagnostic,
  Hover,
  InlayHint,
  Location,
  TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { at, memoryFiles } from '../../support/memory-files.ts';
import { connect, positionAt, pulling, rangeOfWords, type TestClient } from '../../support/protocol-client.ts';

const fleet = `fleet: demo
subsystems:
  billing: { minimum: 8 }
  index: { minimum: 8 }
groups:
  core: { count: 12, serves: [billing, index] }
`;
const runbook = `runbook: Debug
steps:
  - name: Take out
    id: take-out
    remove: { subsystem: billing, count: 5 }
  - restore: take-out
`;
const second = 'runbook: Second\nsteps:\n  - restart: { subsystem: billing, batch: 2, takes: 5m }\n';
const book = at('ops/x.runbook.yaml');
const other = at('ops/deep/y.runbook.yaml');
const demo = at('ops/a.fleet.yaml');

describe('requests', () => {
  let client: TestClient;
  beforeEach(async () => {
    client = await connect({ files: memoryFiles({ 'ops/a.fleet.yaml': fleet, 'ops/deep/y.runbook.yaml': second }) });
    await client.open(book, runbook);
  });
  afterEach(() => client.dispose());

  const cursorIn = (words: string, text = runbook, uri = book) => ({
    textDocument: { uri },
    position: positionAt(text, text.indexOf(words) + 1),
  });

  describe('code actions', () => {
    const actionsAt = (words: string, context: object): Promise<readonly CodeAction[]> =>
      client.request('textDocument/codeAction', {
        textDocument: { uri: book },
        range: rangeOfWords(client.text(book), words),
        context: { diagnostics: [], ...context },
      });
    const editsOf = (action: CodeAction | undefined): readonly TextEdit[] =>
      (action?.edit?.documentChanges ?? []).flatMap((change) =>
        'edits' in change ? (change.edits as TextEdit[]) : [],
      );

    it('carry edits after which the file is clean', async () => {
      const diagnostics = await client.diagnostics(book, (sent) => sent.diagnostics.length > 0);
      const actions = await actionsAt('5', { diagnostics });
      const best = actions.find(({ isPreferred }) => isPreferred);
      assert.match(best?.title ?? '', /4/);
      assert.equal(best?.kind, 'quickfix');
      assert.ok(best?.diagnostics?.some(({ code }) => code === 'below-minimum'));
      const [change] = best?.edit?.documentChanges ?? [];
      assert.deepEqual(change && 'textDocument' in change && change.textDocument, { uri: book, version: 1 });
      for (const { newText } of editsOf(best)) await client.replace(book, 'count: 5', `count: ${newText}`);
      const clean = await client.diagnostics(book, ({ version }) => version === 2);
      assert.deepEqual(
        clean.filter(({ severity = 1 }) => severity < 3),
        [],
      );
    });

    it('are edits by URI for a client that knows no versions', async () => {
      client.dispose();
      client = await connect({ files: memoryFiles({ 'ops/a.fleet.yaml': fleet }), capabilities: {} });
      await client.open(book, runbook);
      const [action] = await actionsAt('5', {});
      const text = TextDocument.applyEdits(
        TextDocument.create(book, 'yaml', 1, runbook),
        action?.edit?.changes?.[book] ?? [],
      );
      assert.match(text, /count: 4 /);
    });

    it('are none of a kind that was not asked for, and none where there is no finding', async () => {
      assert.deepEqual(await actionsAt('5', { only: ['refactor'] }), []);
      assert.notDeepEqual(await actionsAt('5', { only: ['quickfix'] }), []);
      assert.deepEqual(await actionsAt('Debug', {}), []);
    });

    it('are those of the diagnostic that is asked about', async () => {
      const diagnostics = await client.diagnostics(book, (sent) => sent.diagnostics.length > 0);
      const about = (wanted: readonly Diagnostic[]) => actionsAt('5', { diagnostics: wanted });
      const codes = new Set((await about(diagnostics.slice(0, 1))).flatMap((action) => action.diagnostics ?? []));
      assert.deepEqual([...new Set([...codes].map(({ code }) => code))], [diagnostics[0]?.code]);
    });
  });

  it('hover shows Markdown over the word', async () => {
    const hover = await client.request<Hover | null>('textDocument/hover', cursorIn('billing'));
    assert.deepEqual(hover?.range, rangeOfWords(runbook, 'billing'));
    assert.ok(typeof hover?.contents === 'object' && 'kind' in hover.contents && hover.contents.kind === 'markdown');
    assert.equal(await client.request('textDocument/hover', cursorIn('\n  - restore')), null);
  });

  it('completion puts a name in place of what is typed', async () => {
    const items = await client.request<readonly CompletionItem[]>('textDocument/completion', cursorIn('billing'));
    const item = items.find(({ label }) => label === 'billing');
    assert.ok(item?.textEdit && 'range' in item.textEdit);
    assert.deepEqual(item.textEdit.range, rangeOfWords(runbook, 'billing'));
    assert.equal(item.textEdit.newText, 'billing');
  });

  it('completion goes on by itself for a client that knows how', async () => {
    const typed = 'runbook: x\r\nsteps:\r\n  - rem';
    const files = memoryFiles({ 'ops/a.fleet.yaml': fleet });
    const removes = async (initializationOptions: Readonly<Record<string, unknown>>) => {
      client.dispose();
      client = await connect({ files, initializationOptions });
      await client.open(book, typed);
      const items = await client.request<readonly CompletionItem[]>('textDocument/completion', {
        textDocument: { uri: book },
        position: { line: 2, character: 7 },
      });
      const { command, textEdit, insertTextMode } = items.find(({ label }) => label === 'remove') ?? {};
      return { command: command?.command, text: textEdit?.newText, insertTextMode };
    };
    const command = 'editor.action.triggerSuggest';
    assert.deepEqual(await removes({ commands: [command] }), { command, text: 'remove:\r\n      ', insertTextMode: 1 });
    assert.deepEqual(await removes({}), { command: undefined, text: 'remove:', insertTextMode: undefined });
  });

  it('inlay hints stand behind the steps of the range', async () => {
    const range = rangeOfWords(runbook, runbook);
    const hints = await client.request<readonly InlayHint[]>('textDocument/inlayHint', {
      textDocument: { uri: book },
      range,
    });
    assert.ok(hints.length > 0);
    assert.match(String(hints[0]?.label), /billing 7\/8/);
    const none = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    assert.deepEqual(await client.request('textDocument/inlayHint', { textDocument: { uri: book }, range: none }), []);
  });

  it('definition leads to the fleet, open or not', async () => {
    const expected = [{ uri: demo, range: rangeOfWords(fleet, 'billing') }];
    assert.deepEqual(await client.request('textDocument/definition', cursorIn('billing')), expected);
    await client.open(demo, `# A comment\n${fleet}`);
    const [moved] = await client.request<readonly Location[]>('textDocument/definition', cursorIn('billing'));
    assert.equal(moved?.range.start.line, 3);
  });

  it('references are found in the fleet and in runbooks that are not open', async () => {
    const places = await client.request<readonly Location[]>('textDocument/references', {
      ...cursorIn('billing'),
      context: { includeDeclaration: true },
    });
    assert.deepEqual(new Set(places.map(({ uri }) => uri)), new Set([book, demo, other]));
    const elsewhere = places.find(({ uri }) => uri === other);
    assert.deepEqual(elsewhere?.range, rangeOfWords(second, 'billing'));
  });

  it('are answered for the text as it is, not as it was', async () => {
    await client.replace(book, 'runbook: Debug', '# first line\nrunbook: Debug');
    const hover = await client.request<Hover>('textDocument/hover', cursorIn('billing', client.text(book)));
    assert.deepEqual(hover.range, rangeOfWords(client.text(book), 'billing'));
  });

  it('have inlay hints asked for again when the fleet changes', async () => {
    client.dispose();
    const workspace = { ...pulling.workspace, inlayHint: { refreshSupport: true } };
    const files = memoryFiles({ 'ops/a.fleet.yaml': fleet });
    client = await connect({ files, capabilities: { ...pulling, workspace } });
    await client.open(book, runbook);
    await client.open(demo, fleet);
    await client.pull(book);
    const refreshed = client.refreshed('workspace/inlayHint/refresh');
    await client.replace(demo, 'count: 12', 'count: 20');
    await refreshed;
  });
});
