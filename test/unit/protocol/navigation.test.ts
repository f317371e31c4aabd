import assert from 'node:assert/strict';
import type {
  ClientCapabilities,
  CodeLens,
  CompletionItem,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  SelectionRange,
  SemanticTokens,
  SemanticTokensDelta,
  SignatureHelp,
  SymbolInformation,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { at, memoryFiles } from '../../support/memory-files.ts';
import { connect, positionAt, pushing, rangeOfWords, type TestClient } from '../../support/protocol-client.ts';

const fleet = `fleet: demo
subsystems:
  billing: { minimum: 8 }
  spare: { capacity: 3, minimum: 1 }
groups:
  core: { count: 12, serves: [billing] }
commands:
  - tool: ctl
    usages:
      - usage: "remove --group <group> [--count <count>]"
        effect: remove
`;
const runbook = `runbook: Debug
fleet: ./a.fleet.yaml
steps:
  - name: Take out
    id: take-out
    run: |
      ctl remove --group core --count 2
  - restore: take-out
`;
const second = 'runbook: Second\nfleet: ../a.fleet.yaml\nsteps:\n  - restart: { group: core, batch: 2, takes: 5m }\n';
const book = at('ops/x.runbook.yaml');
const other = at('ops/deep/y.runbook.yaml');
const demo = at('ops/a.fleet.yaml');
const files = { 'ops/a.fleet.yaml': fleet, 'ops/deep/y.runbook.yaml': second, 'ops/x.runbook.yaml': runbook };

const able: ClientCapabilities = {
  ...pushing,
  textDocument: {
    ...pushing.textDocument,
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    rename: { prepareSupport: true },
    completion: { completionItem: { resolveSupport: { properties: ['documentation'] } } },
  },
};
const commands = ['runbookLint._openRuleDoc', 'runbookLint._revealStep', 'runbookLint._showReferences'];

describe('navigation over the wire', () => {
  let client: TestClient;
  beforeEach(async () => {
    client = await connect({ files: memoryFiles(files), capabilities: able, initializationOptions: { commands } });
    await client.open(book, runbook);
  });
  afterEach(() => client.dispose());

  const document = { textDocument: { uri: book } };
  const cursorIn = (words: string, text = runbook, uri = book) => ({
    textDocument: { uri },
    position: positionAt(text, text.indexOf(words) + 1),
  });

  it('highlights tell reads from writes', async () => {
    const found = await client.request<readonly DocumentHighlight[]>(
      'textDocument/documentHighlight',
      cursorIn('take-out'),
    );
    assert.deepEqual(found, [
      { range: rangeOfWords(runbook, 'take-out'), kind: 3 },
      { range: { start: { line: 7, character: 13 }, end: { line: 7, character: 21 } }, kind: 2 },
    ]);
  });

  it('rename prepares with the word, and edits open and closed files by version', async () => {
    assert.deepEqual(await client.request('textDocument/prepareRename', cursorIn('core')), {
      range: rangeOfWords(runbook, 'core'),
      placeholder: 'core',
    });
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', { ...cursorIn('core'), newName: 'heart' });
    const changed = (edit.documentChanges ?? []).flatMap((change) =>
      'edits' in change ? [[change.textDocument.uri, change.textDocument.version, change.edits.length]] : [],
    );
    assert.deepEqual(changed, [
      [book, 1, 1],
      [other, null, 1],
      [demo, null, 1],
    ]);
  });

  it('rename that cannot be done is an error with its reason', async () => {
    await assert.rejects(
      client.request('textDocument/rename', { ...cursorIn('core'), newName: 'billing' }),
      /something called `billing`/,
    );
    await assert.rejects(client.request('textDocument/prepareRename', cursorIn('./a.fleet')), /where files are shown/);
    assert.equal(await client.request('textDocument/prepareRename', cursorIn('Debug')), null);
  });

  it('symbols are a tree for a client that shows one, else a list', async () => {
    const tree = await client.request<readonly DocumentSymbol[]>('textDocument/documentSymbol', document);
    assert.deepEqual(
      tree.map(({ name, kind, range }) => [name, kind, range.start.line]),
      [
        ['Take out', 24, 3],
        ['restore take-out', 24, 7],
      ],
    );
    client.dispose();
    client = await connect({ files: memoryFiles(files) });
    await client.open(book, runbook);
    const list = await client.request<readonly SymbolInformation[]>('textDocument/documentSymbol', document);
    assert.equal(list[0]?.location.uri, book);
  });

  it('workspace symbols are found in files that are not open, in every folder', async () => {
    client.dispose();
    client = await connect({ files: memoryFiles(files), workspaceFolders: [at('ops/deep')] });
    const found = () => client.request<readonly SymbolInformation[]>('workspace/symbol', { query: 'core' });
    assert.deepEqual(
      (await found()).map(({ name, location }) => [name, location.uri]),
      [['restart { group: core, batch: 2, takes: 5m }', other]],
    );
    const event = { added: [{ uri: at('ops'), name: 'ops' }], removed: [{ uri: at('ops/deep'), name: 'deep' }] };
    await client.notify('workspace/didChangeWorkspaceFolders', { event });
    assert.deepEqual(new Set((await found()).map(({ location }) => location.uri)), new Set([demo, other]));
  });

  it('links lead to the files that are named', async () => {
    const links = await client.request<readonly DocumentLink[]>('textDocument/documentLink', document);
    assert.deepEqual(links, [{ range: rangeOfWords(runbook, './a.fleet.yaml'), target: demo }]);
  });

  it('folding ranges are lines, as many as the client takes', async () => {
    const all = await client.request<readonly FoldingRange[]>('textDocument/foldingRange', document);
    assert.deepEqual(all, [
      { startLine: 2, endLine: 7 },
      { startLine: 3, endLine: 6 },
      { startLine: 5, endLine: 6 },
    ]);
    client.dispose();
    const capabilities = { textDocument: { foldingRange: { rangeLimit: 2 } } };
    client = await connect({ files: memoryFiles(files), capabilities });
    await client.open(book, runbook);
    assert.equal((await client.request<readonly FoldingRange[]>('textDocument/foldingRange', document)).length, 2);
  });

  it('selection ranges are chained for each position', async () => {
    const position = positionAt(runbook, runbook.indexOf('core') + 1);
    const [range, again] = await client.request<readonly SelectionRange[]>('textDocument/selectionRange', {
      ...document,
      positions: [position, { line: 0, character: 0 }],
    });
    assert.deepEqual(range?.range, rangeOfWords(runbook, 'core'));
    assert.deepEqual(range?.parent?.range, rangeOfWords(runbook, 'ctl remove --group core --count 2'));
    assert.equal(again?.range.start.line, 0);
  });

  it('semantic tokens are numbers, a difference, or those of a range', async () => {
    const full = await client.request<SemanticTokens>('textDocument/semanticTokens/full', document);
    assert.equal(full.data.length % 5, 0);
    await client.replace(book, '--group core', '--count 1 --group core');
    const delta = await client.request<SemanticTokensDelta>('textDocument/semanticTokens/full/delta', {
      ...document,
      previousResultId: full.resultId,
    });
    const [edit] = delta.edits;
    const patched = [...full.data];
    patched.splice(edit?.start ?? 0, edit?.deleteCount ?? 0, ...(edit?.data ?? []));
    const anew = await client.request<SemanticTokens>('textDocument/semanticTokens/full', document);
    assert.deepEqual(patched, anew.data);
    const range = { start: { line: 6, character: 0 }, end: { line: 7, character: 0 } };
    const some = await client.request<SemanticTokens>('textDocument/semanticTokens/range', { ...document, range });
    assert.equal(some.data[0], 6);
    const unknown = await client.request<SemanticTokens>('textDocument/semanticTokens/full/delta', {
      ...document,
      previousResultId: 'x',
    });
    assert.deepEqual(unknown.data, anew.data);
  });

  it('signature help marks the word that is typed', async () => {
    const help = await client.request<SignatureHelp>('textDocument/signatureHelp', cursorIn('core'));
    const [signature] = help.signatures;
    assert.equal(signature?.label, 'ctl remove --group <group> [--count <count>]');
    assert.deepEqual(signature?.parameters?.[help.activeParameter ?? -1]?.label, [11, 26]);
    assert.equal(await client.request('textDocument/signatureHelp', cursorIn('Debug')), null);
  });

  it('a lens above a runbook says where not all steps can be told', async () => {
    await client.open(at('ops/b.runbook.yaml'), 'runbook: B\nsteps:\n  - run: ctl remove --group "$UNKNOWN"\n');
    const textDocument = { uri: at('ops/b.runbook.yaml') };
    const [lens] = await client.request<readonly CodeLens[]>('textDocument/codeLens', { textDocument });
    assert.equal(lens?.command?.title, 'No step is known to change capacity · 1 of 1 step cannot be told');
  });

  it('a lens above a runbook leads to its tightest point', async () => {
    const [lens] = await client.request<readonly CodeLens[]>('textDocument/codeLens', document);
    assert.deepEqual(lens?.range, rangeOfWords(runbook, 'runbook'));
    assert.equal(lens?.command?.title, 'Tightest, 2 to spare: billing 10/8 in step 1, Take out');
    assert.equal(lens?.command?.command, 'runbookLint._revealStep');
    assert.deepEqual(lens?.command?.arguments, [
      book,
      rangeOfWords(runbook, 'run: |\n').start && {
        start: { line: 5, character: 4 },
        end: { line: 5, character: 7 },
      },
    ]);
  });

  it('lenses above the subsystems of a fleet are worked out when they are seen', async () => {
    await client.open(demo, fleet);
    const lenses = await client.request<readonly CodeLens[]>('textDocument/codeLens', { textDocument: { uri: demo } });
    assert.deepEqual(
      lenses.map(({ command }) => command),
      [undefined, undefined],
    );
    const seen = await Promise.all(lenses.map((lens) => client.request<CodeLens>('codeLens/resolve', lens)));
    assert.deepEqual(
      seen.map(({ command }) => command?.title),
      ['2 runbooks touch it, the closest down to 10/8 in x.runbook.yaml', 'No runbook touches it'],
    );
    assert.equal(seen[0]?.command?.command, 'runbookLint._showReferences');
    assert.equal(seen[1]?.command?.command, '');
  });

  it('lenses of a fleet are asked for again when a runbook is edited, and tell of what is not saved', async () => {
    client.dispose();
    client = await connect({
      files: memoryFiles(files),
      capabilities: { ...able, workspace: { ...able.workspace, codeLens: { refreshSupport: true } } },
    });
    const titles = async () => {
      const lenses = await client.request<readonly CodeLens[]>('textDocument/codeLens', {
        textDocument: { uri: demo },
      });
      const seen = await Promise.all(lenses.map((lens) => client.request<CodeLens>('codeLens/resolve', lens)));
      return seen.map(({ command }) => command?.title);
    };
    await client.open(book, runbook);
    await client.open(demo, fleet);
    assert.equal((await titles())[0], '2 runbooks touch it, the closest down to 10/8 in x.runbook.yaml');
    const renewed = client.refreshed('workspace/codeLens/refresh');
    await client.replace(book, '--count 2', '--count 3');
    await renewed;
    assert.equal((await titles())[0], '2 runbooks touch it, the closest down to 9/8 in x.runbook.yaml');
  });

  it('a lens of a fleet says that steps cannot be told which may touch the subsystem', async () => {
    await client.open(book, `${runbook}  - run: ctl remove --group "$UNKNOWN"\n`);
    await client.open(demo, fleet);
    const lenses = await client.request<readonly CodeLens[]>('textDocument/codeLens', { textDocument: { uri: demo } });
    const seen = await Promise.all(lenses.map((lens) => client.request<CodeLens>('codeLens/resolve', lens)));
    assert.deepEqual(
      seen.map(({ command }) => command?.title),
      [
        '2 runbooks touch it, the closest down to 10/8 in x.runbook.yaml · 1 step cannot be told',
        'No runbook is known to touch it · 1 step cannot be told',
      ],
    );
  });

  it('lenses and actions name no command that the client does not have', async () => {
    client.dispose();
    client = await connect({ files: memoryFiles(files) });
    await client.open(book, runbook);
    const [lens] = await client.request<readonly CodeLens[]>('textDocument/codeLens', document);
    assert.equal(lens?.command?.command, '');
  });

  it('completion documents a name when it is looked at', async () => {
    const items = await client.request<readonly CompletionItem[]>('textDocument/completion', cursorIn('core'));
    const item = items.find(({ label }) => label === 'core');
    assert.equal(item?.documentation, undefined);
    const resolved = await client.request<CompletionItem>('completionItem/resolve', item);
    assert.match(JSON.stringify(resolved.documentation), /Group core.*12 servers/);
  });

  it('completion offers the files that a key names', async () => {
    for (const [before, after] of [
      ['./a.fleet.yaml', './'],
      ['fleet: ./', 'fleet:\n  - '],
      ['fleet:\n  - ', 'fleet: [a, '],
    ]) {
      await client.replace(book, before ?? '', after ?? '');
      const text = client.text(book);
      const position = positionAt(text, text.indexOf('\nsteps'));
      const items = await client.request<readonly CompletionItem[]>('textDocument/completion', {
        ...document,
        position,
      });
      assert.deepEqual(
        items.map(({ label }) => label),
        ['./a.fleet.yaml'],
        after,
      );
    }
  });

  it('formatting touches white space alone, and answers null where it must not', async () => {
    await client.replace(book, 'runbook: Debug', 'runbook:   Debug  ');
    const edits = await client.request<TextEdit[]>('textDocument/formatting', {
      ...document,
      options: { tabSize: 2, insertSpaces: true },
    });
    const text = TextDocument.applyEdits(TextDocument.create(book, 'yaml', 1, client.text(book)), edits);
    assert.equal(text, runbook);
    await client.replace(book, 'id: take-out', 'id: {');
    const options = { tabSize: 2, insertSpaces: true };
    assert.equal(await client.request('textDocument/formatting', { ...document, options }), null);
  });

  it('paths follow files that are renamed or moved', async () => {
    client.dispose();
    client = await connect({ files: memoryFiles(files), capabilities: able, workspaceFolders: [at('ops')] });
    const renamed = await client.request<WorkspaceEdit>('workspace/willRenameFiles', {
      files: [{ oldUri: demo, newUri: at('ops/fleets/b.fleet.yaml') }],
    });
    const texts = (edit: WorkspaceEdit) =>
      (edit.documentChanges ?? []).flatMap((change) =>
        'edits' in change ? change.edits.flatMap((one) => ('newText' in one ? [one.newText] : [])) : [],
      );
    assert.deepEqual(texts(renamed).toSorted(), ['../fleets/b.fleet.yaml', './fleets/b.fleet.yaml']);
    const moved = await client.request<WorkspaceEdit>('workspace/willRenameFiles', {
      files: [{ oldUri: at('ops/deep'), newUri: at('ops/far/deep') }],
    });
    assert.deepEqual(texts(moved), ['../../a.fleet.yaml']);
    const same = [{ oldUri: at('ops'), newUri: at('operations') }];
    assert.equal(await client.request('workspace/willRenameFiles', { files: same }), null);
  });

  it('settings switch hover, hints, lenses and formatting off by folder', async () => {
    client.dispose();
    client = await connect({
      files: memoryFiles(files),
      capabilities: { ...able, workspace: { ...able.workspace, configuration: true } },
      settings: (uri) =>
        uri === book
          ? {
              hover: { enable: false },
              codeLens: { enable: false },
              inlayHints: { commands: false },
              format: { enable: false },
            }
          : {},
    });
    await client.open(book, runbook);
    await client.open(other, second);
    assert.equal(await client.request('textDocument/hover', cursorIn('core')), null);
    assert.deepEqual(await client.request('textDocument/codeLens', document), []);
    assert.notEqual(await client.request('textDocument/hover', cursorIn('core', second, other)), null);
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const hints = await client.request<readonly { label: string }[]>('textDocument/inlayHint', { ...document, range });
    assert.deepEqual(
      hints.map(({ label }) => label),
      ['billing 10/8', 'billing 12/8'],
    );
    const options = { tabSize: 2, insertSpaces: true };
    assert.equal(await client.request('textDocument/formatting', { ...document, options }), null);
  });
});
