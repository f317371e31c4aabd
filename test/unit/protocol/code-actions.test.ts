import assert from 'node:assert/strict';
import type { ClientCapabilities, CodeAction, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { at, memoryFiles } from '../../support/memory-files.ts';
import { connect, pulling, pushing, rangeOfWords, type TestClient } from '../../support/protocol-client.ts';

const fleet = `fleet: demo
subsystems:
  billing: { capacity: 12, minimum: 8 }
commands:
  - tool: ctl
    usages:
      - usage: "remove --subsystem <subsystem> --count <count>"
        effect: remove
`;
const book = at('ops/x.runbook.yaml');
const files = memoryFiles({ 'ops/a.fleet.yaml': fleet });
const commands = ['runbookLint._openRuleDoc', 'runbookLint.selectFleet'];

describe('code actions over the wire', () => {
  let client: TestClient;
  const start = async (text: string, capabilities: ClientCapabilities = pushing) => {
    client = await connect({ files, capabilities, initializationOptions: { commands } });
    await client.open(book, text);
  };
  afterEach(() => client.dispose());

  const actionsAt = (words: string, context: object = {}): Promise<readonly CodeAction[]> =>
    client.request('textDocument/codeAction', {
      textDocument: { uri: book },
      range: rangeOfWords(client.text(book), words),
      context: { diagnostics: [], ...context },
    });

  function editsOf(edit: WorkspaceEdit | undefined): readonly TextEdit[] {
    return (edit?.documentChanges ?? []).flatMap((change) => ('edits' in change ? (change.edits as TextEdit[]) : []));
  }

  const applied = (action: CodeAction | undefined): string => {
    const before = client.text(book);
    assert.ok(action?.edit, action?.title);
    return TextDocument.applyEdits(TextDocument.create(book, 'yaml', 1, before), [...editsOf(action.edit)]);
  };

  const rulesAfter = async (text: string): Promise<readonly unknown[]> => {
    client.dispose();
    client = await connect({ files, capabilities: pulling });
    await client.open(book, text);
    const { items = [] } = await client.pull(book);
    return items.filter(({ severity = 1 }) => severity <= 2).map(({ code }) => code);
  };

  const step =
    'runbook: X\nsteps:\n  - wait: 1m\n  - name: Take out\n    remove: { subsystem: billing, count: 6 }\n    permanent: true\n';

  it('begin with the safe fix, and end with suppressions and the page', async () => {
    await start(step);
    const actions = await actionsAt('6');
    const titles = actions
      .filter((action) => action.diagnostics?.some(({ code }) => code === 'below-minimum'))
      .map(({ title }) => title);
    assert.match(titles[0] ?? '', /^Use 4, the largest safe count/);
    assert.deepEqual(titles.slice(-3), [
      'Suppress below-minimum for this step, with a reason',
      'Suppress below-minimum in this file, with a reason',
      'Open the page of below-minimum',
    ]);
    assert.equal(actions[0]?.isPreferred, true);
    assert.deepEqual(actions.at(-1)?.command?.arguments, ['below-minimum']);
  });

  it('lead to a fleet where there is none', async () => {
    client = await connect({ files: memoryFiles({}), capabilities: pushing, initializationOptions: { commands } });
    await client.open(book, step);
    const [first] = await actionsAt('runbook');
    assert.equal(first?.title, 'Select or make its fleet');
    assert.equal(first.command?.command, 'runbookLint.selectFleet');
  });

  it('stay one menu where several rules speak: the safe fix, what was meant, the rest, suppressions, pages', async () => {
    await start(step.replace('Take out', 'Take four out').replace('count: 6', 'count: 40'));
    const actions = await actionsAt('40');
    const titles = actions.map(({ title }) => title);
    const rules = [...new Set(actions.flatMap(({ diagnostics = [] }) => diagnostics.map(({ code }) => code)))];
    assert.ok(rules.length >= 2, rules.join());
    const kinds = titles.map((title) => ['Use', 'Did', 'Take', 'Suppress', 'Open'].indexOf(title.split(' ')[0] ?? ''));
    assert.deepEqual(
      kinds,
      kinds.toSorted((a, b) => a - b),
      titles.join('\n'),
    );
    assert.equal(new Set(titles).size, titles.length, titles.join('\n'));
    assert.equal(titles.filter((title) => title.startsWith('Suppress')).length, rules.length, titles.join('\n'));
    assert.equal(titles.filter((title) => title.startsWith('Open')).length, rules.length, titles.join('\n'));
  });

  const suppressed = async (text: string, words: string, title: RegExp): Promise<string> => {
    await start(text);
    const action = (await actionsAt(words)).find((one) => title.test(one.title));
    const after = applied(action);
    assert.deepEqual(await rulesAfter(after), []);
    return after;
  };

  it('suppress on the line before the step, at its indentation', async () => {
    assert.equal(
      await suppressed(step, '6', /below-minimum for this step/),
      step.replace('  - name', '  # runbook-lint-disable-next-line below-minimum: reason\n  - name'),
    );
  });

  it('suppress before an inner step', async () => {
    const inner =
      'runbook: X\nsteps:\n  - repeat:\n      times: 1\n      steps:\n        - wait: 1m\n        - remove: { subsystem: billing, count: 6 }\n';
    assert.match(
      await suppressed(inner, '6', /below-minimum for this step/),
      /\n {8}# runbook-lint-disable-next-line below-minimum: reason\n {8}- remove/,
    );
  });

  it('suppress in a script before the line of the command, with those that continue it', async () => {
    const script =
      'runbook: X\nsteps:\n  - run: |\n      echo hello\n      ctl remove \\\n        --subsystem billing \\\n        --count 6\n';
    assert.match(
      await suppressed(script, '6', /below-minimum for this command/),
      /hello\n {6}# runbook-lint-disable-next-line below-minimum: reason\n {6}ctl remove/,
    );
  });

  it('suppress in the whole file at its top', async () => {
    assert.equal(
      await suppressed(step, '6', /below-minimum in this file/),
      `# runbook-lint-disable-file below-minimum: reason\n${step}`,
    );
  });

  it('suppress in a fleet', async () => {
    const wrong = 'fleet: demo\nsubsystems:\n  billing:\n    capacity: 5\n    minimum: 8\n';
    await start(step);
    const uri = at('ops/b.fleet.yaml');
    await client.open(uri, wrong);
    const actions = await client.request<readonly CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: rangeOfWords(wrong, '8'),
      context: { diagnostics: [] },
    });
    const action = actions.find(({ title }) => title.startsWith('Suppress impossible-fleet for this line'));
    const [edit] = editsOf(action?.edit);
    assert.equal(edit?.newText, '    # runbook-lint-disable-next-line impossible-fleet: reason\n');
    assert.equal(edit?.range.start.line, 4);
  });

  it('leave a tab stop for the reason where the client has them', async () => {
    const workspace = { ...pushing.workspace, workspaceEdit: { documentChanges: true, snippetEditSupport: true } };
    await start(step, { ...pushing, workspace });
    const action = (await actionsAt('6')).find(({ title }) => title.startsWith('Suppress below-minimum for'));
    assert.deepEqual(editsOf(action?.edit)[0], {
      range: { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } },
      snippet: { kind: 'snippet', value: '  # runbook-lint-disable-next-line below-minimum: ${1:reason}\n' },
    });
  });

  it('mend spelling alone, on request alone', async () => {
    const slip =
      'runbook: X\nsteps:\n  - remove: { subsystem: biling, count: 6 }\n  - remove: { subsystem: billing, count: 3 }\n';
    await start(slip);
    assert.ok((await actionsAt('biling')).every(({ kind }) => kind === 'quickfix'));
    for (const only of [['source.fixAll'], ['source.fixAll.runbook-lint'], ['source']]) {
      const [action, ...rest] = await actionsAt('X', { only });
      assert.equal(action?.kind, 'source.fixAll.runbook-lint');
      assert.deepEqual(rest, []);
      assert.equal(applied(action), slip.replace('biling,', 'billing,'));
    }
    assert.deepEqual(await actionsAt('X', { only: ['source.organizeImports'] }), []);
  });
});
