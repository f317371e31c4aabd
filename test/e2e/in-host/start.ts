import * as vscode from 'vscode';
import { asMeant, check, closeAll, fileUri, findingsOf, fleetFile, open, same, slipped, until } from './support.ts';

const id = 'runbook-lint.runbook-lint';

describe('Starting', () => {
  afterEach(closeAll);

  it('knows runbooks, fleets and commands by their names', async () => {
    for (const name of [slipped, asMeant]) same((await open(name)).languageId, 'runbook');
    for (const name of [fleetFile, 's3ctl.commands.yaml']) same((await open(name)).languageId, 'fleet');
  });

  it('starts by itself where a runbook is open', async () => {
    const extension = vscode.extensions.getExtension(id);
    check(extension, `There is no extension ${id}.`);
    await open(slipped);
    await until('the extension is active', () => extension.isActive);
  });

  it('has the first findings soon', async () => {
    await findingsOf(await open(slipped), 'below-minimum');
    await vscode.commands.executeCommand('runbookLint.collectDiagnostics');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    const found = /^- Start: (.*first file after (\d+) ms.*first findings after (\d+) ms)$/m.exec(text);
    check(found, text);
    console.log(`@@note ${found[1]}`);
    // These very tests are read and run in the same process; how long it takes without them is measured from outside.
    check(Number(found[3]) - Number(found[2]) < 1500, text);
  });

  it('has its commands in the palette', async () => {
    const commands = await vscode.commands.getCommands(true);
    for (const { command } of vscode.extensions.getExtension(id)?.packageJSON.contributes.commands ?? []) {
      check(commands.includes(command), `${command} is not there.`);
    }
  });

  it('starts its server again on command', async () => {
    const document = await open(slipped);
    await findingsOf(document, 'below-minimum');
    await vscode.commands.executeCommand('runbookLint.restartServer');
    await findingsOf(document, 'below-minimum');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      fileUri(slipped),
      new vscode.Position(17, 12),
    );
    check(hovers.length > 0, 'The new server does not answer.');
  });

  it('shows its output on command', async () => {
    await vscode.commands.executeCommand('runbookLint.showOutput');
  });
});
