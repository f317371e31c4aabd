import * as vscode from 'vscode';
import {
  asMeant,
  check,
  closeAll,
  edit,
  faults,
  fileUri,
  findingsOf,
  fleetFile,
  open,
  same,
  slipped,
  until,
  untilClean,
} from './support.ts';

const run = <T>(command: string, ...words: readonly unknown[]): Thenable<T> =>
  vscode.commands.executeCommand<T>(`runbookLint.${command}`, ...words);

async function activeDocument(
  what: string,
  fits: (document: vscode.TextDocument) => boolean,
): Promise<vscode.TextDocument> {
  return until(what, () => {
    const document = vscode.window.activeTextEditor?.document;
    return document !== undefined && fits(document) ? document : undefined;
  });
}

async function removed(name: string): Promise<void> {
  await closeAll();
  await vscode.workspace.fs.delete(fileUri(name)).then(undefined, () => {});
}

describe('The commands', () => {
  afterEach(closeAll);

  it('open a sample that needs no folder, with its slip found and mended', async () => {
    await run('openSample');
    const document = await activeDocument('the sample', ({ uri }) => uri.scheme === 'runbook-lint-sample');
    const [finding] = await findingsOf(document, 'below-minimum');
    same(finding && document.getText(finding.range), '40');
    same(vscode.window.activeTextEditor?.selection.active, finding?.range.start);
    const fleet = vscode.window.visibleTextEditors.find(({ document: { uri } }) => uri.path.endsWith('.fleet.yaml'));
    same(fleet?.document.languageId, 'fleet');
    const change = new vscode.WorkspaceEdit();
    check(finding, 'There is no finding.');
    change.replace(document.uri, finding.range, '4');
    check(await vscode.workspace.applyEdit(change), 'The edit was refused.');
    await untilClean(document);
    check(await document.save(), 'It cannot be saved.');
    const bytes = await vscode.workspace.fs.readFile(document.uri);
    check(new TextDecoder().decode(bytes).includes('--count 4\n'), 'It was not written.');
  });

  it('make a new runbook that is checked against the fleet beside it', async () => {
    await open(fleetFile);
    await run('newRunbook', 'made-anew');
    const document = await activeDocument('the new runbook', ({ uri }) => uri.path.endsWith('/made-anew.runbook.yaml'));
    same(document.languageId, 'runbook');
    check(/^runbook: /.test(document.getText()), document.getText());
    // `web` is not of this fleet: that it is said shows that the fleet was found.
    await findingsOf(document, 'unknown-name');
    await vscode.commands.executeCommand('leaveSnippet');
    await removed('made-anew.runbook.yaml');
  });

  it('make a new fleet that has no fault', async () => {
    await open(fleetFile);
    await run('newFleet', 'made-anew.fleet.yaml');
    const document = await activeDocument('the new fleet', ({ uri }) => uri.path.endsWith('/made-anew.fleet.yaml'));
    same(document.languageId, 'fleet');
    check(/^fleet: /.test(document.getText()), document.getText());
    await new Promise((later) => setTimeout(later, 300));
    same(faults(document), []);
    await removed('made-anew.fleet.yaml');
  });

  it('let a runbook name its fleet', async () => {
    const document = await open(asMeant);
    const before = document.getText();
    const elsewhere = vscode.Uri.joinPath(fileUri(fleetFile), '..', 'other', 'b.fleet.yaml');
    await run('selectFleet', elsewhere);
    same(document.lineAt(2).text, 'fleet: ./other/b.fleet.yaml');
    await run('selectFleet', fileUri(fleetFile));
    same(document.getText(), before);
    await untilClean(document);
  });

  it('say why a file is checked', async () => {
    await open(slipped);
    await findingsOf(await open(slipped), 'below-minimum');
    const sentences = await run<readonly string[]>('explainFile');
    check(
      sentences.some((sentence) => sentence.includes('s3-us-east-1')),
      sentences.join('\n'),
    );
  });

  it('open the page of a rule inside the editor', async () => {
    const page = vscode.Uri.parse('runbook-lint-rule:/below-minimum.md');
    const document = await until('the page', async () => {
      const found = await vscode.workspace.openTextDocument(page);
      return found.getText().includes('# below-minimum') ? found : undefined;
    });
    same(document.languageId, 'markdown');
    await run('openRulePage', 'below-minimum');
    await until('a tab with the page', () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.includes('below-minimum'))),
    );
  });

  it('lead from a finding to the page of its rule', async () => {
    const [finding] = await findingsOf(await open(slipped), 'below-minimum');
    const code = finding?.code;
    check(typeof code === 'object', JSON.stringify(code));
    same(code.target.toString(true), 'command:runbookLint._openRuleDoc?["below-minimum"]');
  });

  it('collect what is needed to find a fault in the extension, and no content of files', async () => {
    await findingsOf(await open(slipped), 'below-minimum');
    await run('collectDiagnostics');
    const document = await activeDocument('the page', ({ languageId }) => languageId === 'markdown');
    const text = document.getText();
    for (const word of ['Runbook Lint', 'VS Code', 'Settings', slipped]) check(text.includes(word), text);
    check(!text.includes('--count'), text);
  });

  it('copy the timeline as a Markdown table', async () => {
    await findingsOf(await open(slipped), 'below-minimum');
    await run('showTimeline');
    await vscode.window.showTextDocument(fileUri(slipped));
    const table = await until('the table', async () => {
      await run('copyTimeline');
      const text = await vscode.env.clipboard.readText();
      return text.includes('| Take four billing servers out |') ? text : undefined;
    });
    check(table.startsWith('| # | Step | Verdict | index | placement | billing |\n'), table);
    check(table.includes('| unsafe | 80–92, minimum 110, 30 below |'), table);
  });

  it('check runbooks that are not open', async () => {
    same(vscode.languages.getDiagnostics(fileUri(slipped)), []);
    await run('checkWorkspace');
    await until('the findings of a runbook that is not open', () =>
      vscode.languages
        .getDiagnostics(fileUri(slipped))
        .some(({ code }) => typeof code === 'object' && code.value === 'below-minimum'),
    );
    const document = await open(slipped);
    const found = await findingsOf(document, 'below-minimum');
    same(found.length, 1);
  });

  it('check the runbooks of one folder', async () => {
    const elsewhere = vscode.Uri.joinPath(fileUri(slipped), '..', 'elsewhere');
    await vscode.workspace.fs.createDirectory(elsewhere);
    same(await run('checkHere', elsewhere), 0);
    const here = vscode.workspace.workspaceFolders?.[0]?.uri;
    same((await run<number>('checkHere', here)) >= 4, true);
    await vscode.workspace.fs.delete(elsewhere, { recursive: true });
  });

  it('make a configuration, which wins over the settings', async () => {
    const runbook = await open(slipped);
    await findingsOf(runbook, 'below-minimum');
    await run('createConfig');
    const config = await activeDocument('the configuration', ({ uri }) => uri.path.endsWith('/.runbook-lint.yaml'));
    await vscode.commands.executeCommand('leaveSnippet');
    check(/^rules:\n {2}no-margin: off$/m.test(config.getText()), config.getText());
    await edit(config, 'no-margin: off', 'below-minimum: hint');
    await until('it counts', async () =>
      (await findingsOf(runbook, 'below-minimum')).every(({ severity }) => severity === vscode.DiagnosticSeverity.Hint),
    );
    check(await config.save(), 'It cannot be saved.');
    await removed('.runbook-lint.yaml');
  });

  it('open the walkthrough', async () => {
    await run('openWalkthrough');
  });
});
