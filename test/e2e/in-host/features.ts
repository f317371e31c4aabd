import * as vscode from 'vscode';
import {
  again,
  asMeant,
  check,
  closeAll,
  edit,
  fileUri,
  findingsOf,
  fleetFile,
  open,
  rangeOf,
  ruleOf,
  same,
  slipped,
  until,
} from './support.ts';

/** Asks a provider about a document, as the editor does. */
const ask = <T>(command: string, document: vscode.TextDocument, ...words: readonly unknown[]): Promise<T> =>
  again(async () => vscode.commands.executeCommand<T>(`vscode.${command}`, document.uri, ...words));

/** The position behind `text`, at its only place. */
const behind = (document: vscode.TextDocument, text: string): vscode.Position => rangeOf(document, text).end;

/** A place inside the name `billing` of the step that removes. */
const inBilling = (document: vscode.TextDocument) => behind(document, 'remove --subsystem ').translate(0, 2);

function namesOf(symbols: readonly vscode.DocumentSymbol[]): readonly string[] {
  return symbols.flatMap(({ name, children }) => [name, ...namesOf(children)]);
}

describe('The features of the language', () => {
  afterEach(closeAll);

  it('outline a runbook and a fleet', async () => {
    const steps = namesOf(await ask('executeDocumentSymbolProvider', await open(slipped)));
    check(
      steps.some((name) => name.includes('Take four billing servers out')),
      steps.join(),
    );
    const parts = namesOf(await ask('executeDocumentSymbolProvider', await open(fleetFile)));
    for (const name of ['billing', 'placement', 'core-a']) check(parts.includes(name), parts.join());
  });

  it('find a name in the workspace', async () => {
    await open(fleetFile);
    const found = await until('the symbol', async () => {
      const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
        'vscode.executeWorkspaceSymbolProvider',
        'placement',
      );
      return symbols.length > 0 ? symbols : undefined;
    });
    check(
      found.some(({ location }) => location.uri.toString() === fileUri(fleetFile).toString()),
      JSON.stringify(found),
    );
  });

  it('mark every place of the name at the cursor', async () => {
    const document = await open(slipped);
    const marks = await ask<vscode.DocumentHighlight[]>('executeDocumentHighlights', document, inBilling(document));
    check(marks.length >= 2, JSON.stringify(marks));
    same([...new Set(marks.map(({ range }) => document.getText(range)))], ['billing']);
  });

  it('rename a subsystem in the fleet and in the commands of every runbook', async () => {
    const document = await open(slipped);
    await findingsOf(document, 'below-minimum');
    const prepared = await ask<{ range: vscode.Range }>('prepareRename', document, inBilling(document));
    same(document.getText(prepared.range), 'billing');
    const change = await ask<vscode.WorkspaceEdit>(
      'executeDocumentRenameProvider',
      document,
      inBilling(document),
      'invoices',
    );
    const files = change
      .entries()
      .map(([uri]) => uri.path.split('/').at(-1) ?? '')
      .sort();
    for (const name of [slipped, asMeant, fleetFile]) check(files.includes(name), files.join());
    check(await vscode.workspace.applyEdit(change), 'The edit was refused.');
    const fleet = await vscode.workspace.openTextDocument(fileUri(fleetFile));
    check(
      fleet.getText().includes('  invoices:\n') && fleet.getText().includes('serves: [invoices, index, placement]'),
      fleet.getText(),
    );
    check(document.getText().includes('remove --subsystem invoices --count 40'), document.getText());
    // The slip is still found, and no name has become wrong.
    await until('the slip is found under the new name', () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return (
        found.some(({ message }) => message.includes('of invoices')) &&
        found.every((one) => ruleOf(one) !== 'unknown-name')
      );
    });
    for (const name of [slipped, asMeant, fleetFile]) {
      await vscode.window.showTextDocument(fileUri(name));
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
  });

  it('refuse to rename what is no name', async () => {
    const document = await open(slipped);
    const refused = await ask('prepareRename', document, new vscode.Position(5, 1)).then(
      () => false,
      () => true,
    );
    check(refused, 'It was not refused.');
  });

  it('link to the fleet and to the commands', async () => {
    const runbook = await ask<vscode.DocumentLink[]>('executeLinkProvider', await open(slipped));
    check(
      runbook.some(({ target }) => target?.path.endsWith(`/${fleetFile}`)),
      JSON.stringify(runbook),
    );
    const fleet = await ask<vscode.DocumentLink[]>('executeLinkProvider', await open(fleetFile));
    check(
      fleet.some(({ target }) => target?.path.endsWith('/s3ctl.commands.yaml')),
      JSON.stringify(fleet),
    );
  });

  it('fold steps', async () => {
    const ranges = await ask<vscode.FoldingRange[]>('executeFoldingRangeProvider', await open(slipped));
    check(
      ranges.some(({ start, end }) => start === 15 && end === 17),
      JSON.stringify(ranges),
    );
  });

  it('widen a selection from a word to its step', async () => {
    const document = await open(slipped);
    const [range] = await ask<vscode.SelectionRange[]>('executeSelectionRangeProvider', document, [
      inBilling(document),
    ]);
    const texts: string[] = [];
    for (let at = range; at !== undefined; at = at.parent as vscode.SelectionRange)
      texts.push(document.getText(at.range));
    same(texts[0], 'billing');
    check(
      texts.some((text) => text.includes('id: take-out') && !text.includes('wait:')),
      texts.join('\n--\n'),
    );
  });

  it('colour names by what they are', async () => {
    const document = await open(slipped);
    const tokens = await ask<vscode.SemanticTokens>('provideDocumentSemanticTokens', document);
    check(tokens.data.length > 0, 'There are no tokens.');
  });

  it('format white space, and nothing else', async () => {
    const document = await open(asMeant);
    const before = document.getText();
    await edit(document, '  - wait: 15m', '  -   wait:   15m   ');
    const options = { tabSize: 2, insertSpaces: true };
    const edits = await until('edits', async () =>
      ask<vscode.TextEdit[] | undefined>('executeFormatDocumentProvider', document, options),
    );
    const change = new vscode.WorkspaceEdit();
    change.set(document.uri, edits);
    check(await vscode.workspace.applyEdit(change), 'The edit was refused.');
    same(document.getText(), before);
  });

  it('show the tightest point above a runbook, and above a subsystem who touches it', async () => {
    const titles = (lenses: readonly vscode.CodeLens[]) => lenses.map(({ command }) => command?.title ?? '');
    const runbook = titles(await ask('executeCodeLensProvider', await open(slipped), 10));
    check(
      runbook.some((title) => /index|placement/.test(title)),
      runbook.join(),
    );
    const fleet = titles(await ask('executeCodeLensProvider', await open(fleetFile), 10));
    check(
      fleet.some((title) => /runbook/.test(title)),
      fleet.join(),
    );
  });

  it('tell inside a command what comes next', async () => {
    const document = await open(slipped);
    const help = await ask<vscode.SignatureHelp>(
      'executeSignatureHelpProvider',
      document,
      behind(document, 'billing --count '),
      ' ',
    );
    check(
      help.signatures.some(({ label }) => label.includes('--count')),
      JSON.stringify(help),
    );
  });

  it('suppress a finding with a reason, and open the page of its rule', async () => {
    const document = await open(slipped);
    const [finding] = await findingsOf(document, 'below-minimum');
    check(finding, 'There is no finding.');
    const actions = await ask<vscode.CodeAction[]>('executeCodeActionProvider', document, finding.range);
    const titles = actions.map(({ title }) => title);
    check(
      titles.some((title) => /[Ss]uppress|[Dd]isable/.test(title)),
      titles.join('\n'),
    );
    const page = actions.find(({ command }) => command?.command === 'runbookLint._openRuleDoc');
    check(page, titles.join('\n'));
  });

  it('fix all that is only a slip of spelling', async () => {
    const document = await open(asMeant);
    const before = document.getText();
    await edit(document, 'remove --subsystem billing', 'remove --subsystem bilinng');
    await findingsOf(document, 'unknown-name');
    await edit(document, 'bilinng', 'biling');
    await until('the name is wrong', () =>
      vscode.languages.getDiagnostics(document.uri).some((found) => document.getText(found.range) === 'biling'),
    );
    await until('all is fixed', async () => {
      await vscode.commands.executeCommand('runbookLint.fixAll');
      return document.getText() === before;
    });
  });
});
