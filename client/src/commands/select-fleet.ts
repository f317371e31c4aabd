import { commands, type ExtensionContext, l10n, Range, type Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { nameFleet, relativePath } from './fleet-line.ts';

const fleets = '**/*.fleet.{yaml,yml}';
/** More than anybody chooses from in a list. */
const most = 500;

/** Registers *Select Fleet for This Runbook*, which writes the one that is chosen into the runbook. */
export function registerSelectFleet(context: ExtensionContext): void {
  context.subscriptions.push(
    commands.registerCommand('runbookLint.selectFleet', async (given?: Uri) => {
      const document = window.activeTextEditor?.document;
      if (document === undefined) return;
      const fleet = given ?? (await askForFleet(document.uri));
      if (fleet === undefined) return;
      const { start, end, newText } = nameFleet(document.getText(), relativePath(document.uri.path, fleet.path));
      const edit = new WorkspaceEdit();
      edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), newText);
      await workspace.applyEdit(edit);
    }),
  );
}

/** One of the fleets in the workspace, those that are open included; the nearest first. A new one goes its own way. */
async function askForFleet(runbook: Uri): Promise<Uri | undefined> {
  const found = await workspace.findFiles(fleets, undefined, most);
  const open = workspace.textDocuments.map(({ uri }) => uri).filter(({ path }) => /\.fleet\.ya?ml$/.test(path));
  const all = new Map([...found, ...open].map((uri) => [uri.toString(), uri]));
  const items = [...all.values()]
    .filter(({ scheme, authority }) => scheme === runbook.scheme && authority === runbook.authority)
    .map((uri) => ({ label: relativePath(runbook.path, uri.path), uri }))
    .toSorted((a, b) => a.label.split('/').length - b.label.split('/').length || a.label.localeCompare(b.label));
  const another = { label: `$(add) ${l10n.t('New Fleet')}`, uri: undefined };
  const chosen = await window.showQuickPick([...items, another], {
    placeHolder:
      items.length === 0
        ? l10n.t('There is no *.fleet.yaml in this workspace yet.')
        : l10n.t('The fleet that this runbook is checked against'),
  });
  if (chosen === another) await commands.executeCommand('runbookLint.newFleet');
  return chosen?.uri;
}
