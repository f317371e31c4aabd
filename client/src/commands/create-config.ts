import { commands, type ExtensionContext, SnippetString, Uri, WorkspaceEdit, window, workspace } from 'vscode';

const name = '.runbook-lint.yaml';
const severities = 'off,hint,information,warning,error';

/** Registers *Create Configuration File*: the one that is there is opened, and nothing is written over. */
export function registerCreateConfig(context: ExtensionContext): void {
  context.subscriptions.push(
    commands.registerCommand('runbookLint.createConfig', async () => {
      const folder = await folderAtHand();
      if (folder === undefined) return;
      const file = Uri.joinPath(folder, name);
      const edit = new WorkspaceEdit();
      edit.createFile(file, { ignoreIfExists: true });
      await workspace.applyEdit(edit);
      const editor = await window.showTextDocument(file, { preview: false });
      if (editor.document.getText() === '') await editor.insertSnippet(new SnippetString(snippet));
    }),
  );
}

const snippet = [
  '# Runbook Lint in this folder and below: how grave the findings of each rule are.',
  '# It wins over the settings of the editor, so that editor and command line agree.',
  'rules:',
  `  \${1:no-margin}: \${2|${severities}|}`,
  '$0',
].join('\n');

/** That of the file at hand, the only one, or the one that is chosen of several. */
async function folderAtHand(): Promise<Uri | undefined> {
  const active = window.activeTextEditor?.document.uri;
  const own = active && workspace.getWorkspaceFolder(active);
  const { workspaceFolders = [] } = workspace;
  const folder = own ?? (workspaceFolders.length > 1 ? await window.showWorkspaceFolderPick() : workspaceFolders[0]);
  return folder?.uri;
}
