import * as vscode from 'vscode';
import {
  asMeant,
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

const lastMinimum = '  placement:\n    minimum: 110';
const laxer = '  placement:\n    minimum: 10';

describe('A fleet and a runbook side by side', () => {
  afterEach(closeAll);

  it('have a minimum in the one change the findings in the other', async () => {
    const runbook = await open(slipped, vscode.ViewColumn.One);
    const [before] = await findingsOf(runbook, 'below-minimum');
    same(before?.message.includes('placement below'), true);
    const version = runbook.version;
    const fleet = await open(fleetFile, vscode.ViewColumn.Two);
    await edit(fleet, lastMinimum, laxer);
    await until('placement no longer falls', async () => {
      const [finding] = await findingsOf(runbook, 'below-minimum');
      return finding?.message.includes('placement below') === false;
    });
    await edit(fleet, laxer, lastMinimum);
    await until('placement falls again', async () => {
      const [finding] = await findingsOf(runbook, 'below-minimum');
      return finding?.message.includes('placement below');
    });
    same([runbook.version, runbook.isDirty], [version, false]);
  });

  it('make a sound runbook unsound where the minimum rises', async () => {
    const runbook = await open(asMeant, vscode.ViewColumn.One);
    const fleet = await open(fleetFile, vscode.ViewColumn.Two);
    await edit(fleet, lastMinimum, '  placement:\n    minimum: 119');
    await until('the runbook has a fault', () => faults(runbook).length > 0);
    await edit(fleet, '  placement:\n    minimum: 119', lastMinimum);
    await untilClean(runbook);
  });

  it('follow a fleet that another program has written', async () => {
    const runbook = await open(slipped);
    await findingsOf(runbook, 'below-minimum');
    const bytes = await vscode.workspace.fs.readFile(fileUri(fleetFile));
    const text = new TextDecoder().decode(bytes);
    await vscode.workspace.fs.writeFile(fileUri(fleetFile), new TextEncoder().encode(text.replace(lastMinimum, laxer)));
    try {
      await until('placement no longer falls', async () => {
        const [finding] = await findingsOf(runbook, 'below-minimum');
        return finding?.message.includes('placement below') === false;
      });
    } finally {
      await vscode.workspace.fs.writeFile(fileUri(fleetFile), bytes);
    }
    await until('placement falls again', async () => {
      const [finding] = await findingsOf(runbook, 'below-minimum');
      return finding?.message.includes('placement below');
    });
  });
});
