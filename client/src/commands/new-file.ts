import { commands, type ExtensionContext, l10n, SnippetString, Uri, WorkspaceEdit, window, workspace } from 'vscode';

interface Kind {
  readonly language: 'runbook' | 'fleet';
  /** Of the file's name. */
  readonly end: string;
  readonly example: string;
  readonly snippet: string;
}

const runbook: Kind = {
  language: 'runbook',
  end: '.runbook.yaml',
  example: 'rotate-web',
  snippet: [
    'runbook: ${1:Rotate the web servers}',
    'steps:',
    '  - name: ${2:Take servers out}',
    '    id: take-out',
    '    remove: { ${3|subsystem,group|}: ${4:web}, count: ${5:1} }',
    '',
    '  - check: ${6:The error rate is flat}',
    '',
    '  - restore: take-out',
    '$0',
  ].join('\n'),
};

const fleet: Kind = {
  language: 'fleet',
  end: '.fleet.yaml',
  example: 'production',
  snippet: [
    'fleet: ${1:production}',
    'subsystems:',
    '  ${2:web}: { minimum: ${3:75%} }',
    'groups:',
    '  ${4:web-a}: { count: ${5:12}, serves: [${2:web}] }',
    '$0',
  ].join('\n'),
};

/** Registers *New Runbook* and *New Fleet*. */
export function registerNewFile(context: ExtensionContext): void {
  context.subscriptions.push(
    commands.registerCommand('runbookLint.newRunbook', (name?: string) => create(runbook, name)),
    commands.registerCommand('runbookLint.newFleet', (name?: string) => create(fleet, name)),
  );
}

/** A new file beside the one at hand, or in the first folder; without any folder, one that is not saved yet. */
async function create(kind: Kind, given?: string): Promise<void> {
  const folder = folderAtHand();
  if (folder === undefined) {
    const document = await workspace.openTextDocument({ language: kind.language });
    await fillIn(await window.showTextDocument(document), kind);
    return;
  }
  const name = given ?? (await askForName(kind, folder));
  if (name === undefined) return;
  const file = Uri.joinPath(folder, fileName(kind, name));
  const edit = new WorkspaceEdit();
  edit.createFile(file, { ignoreIfExists: true });
  await workspace.applyEdit(edit);
  const editor = await window.showTextDocument(file, { preview: false });
  if (editor.document.getText() === '') await fillIn(editor, kind);
}

function folderAtHand(): Uri | undefined {
  const active = window.activeTextEditor?.document.uri;
  const inWorkspace = active !== undefined && workspace.getWorkspaceFolder(active) !== undefined;
  return inWorkspace ? Uri.joinPath(active, '..') : workspace.workspaceFolders?.[0]?.uri;
}

async function askForName(kind: Kind, folder: Uri): Promise<string | undefined> {
  return window.showInputBox({
    title: kind.language === 'runbook' ? l10n.t('New Runbook') : l10n.t('New Fleet'),
    prompt: l10n.t('Its name, without {0}', kind.end),
    value: kind.example,
    validateInput: async (name) => {
      if (!/^[^\\/:*?"<>|]+$/.test(name.trim())) return l10n.t('A name of a file is needed.');
      const there = await workspace.fs.stat(Uri.joinPath(folder, fileName(kind, name))).then(
        () => true,
        () => false,
      );
      return there ? l10n.t('{0} is there already.', fileName(kind, name)) : undefined;
    },
  });
}

function fileName({ end, language }: Kind, name: string): string {
  return `${name.trim().replace(new RegExp(`(?:\\.${language})?(?:\\.ya?ml)?$`), '')}${end}`;
}

async function fillIn(editor: { insertSnippet(snippet: SnippetString): Thenable<boolean> }, kind: Kind): Promise<void> {
  await editor.insertSnippet(new SnippetString(kind.snippet));
}
