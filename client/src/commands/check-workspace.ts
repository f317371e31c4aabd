import {
  commands,
  type Diagnostic,
  type ExtensionContext,
  l10n,
  languages,
  ProgressLocation,
  type Tab,
  TabInputText,
  type Uri,
  window,
  workspace,
} from 'vscode';
import type { WorkspaceDiagnosticReport } from 'vscode-languageclient';
import { adapted } from '../middleware.ts';
import type { Server } from '../server.ts';

/** Registers *Check All Runbooks in Workspace* and *Check Runbooks Here*: the findings of files that are not open join those in the Problems view. */
export function registerCheckWorkspace(context: ExtensionContext, server: Server): void {
  const found = languages.createDiagnosticCollection('runbook-lint');
  const forget = (uri: Uri) => found.delete(uri);
  context.subscriptions.push(
    found,
    window.tabGroups.onDidChangeTabs(({ opened }) => opened.flatMap(uriOf).forEach(forget)),
    workspace.onDidDeleteFiles(({ files }) => files.forEach(forget)),
    commands.registerCommand('runbookLint.checkWorkspace', () => check()),
    commands.registerCommand('runbookLint.checkHere', (folder: Uri) => check(folder)),
  );

  /** Gives how many files were checked. */
  async function check(folder?: Uri): Promise<number> {
    const files = await checkAll(server, folder);
    if (files === undefined) return 0;
    found.forEach((uri) => {
      if (folder === undefined || uri.toString().startsWith(`${folder}/`)) found.delete(uri);
    });
    for (const [uri, diagnostics] of files) if (!isOpen(uri)) found.set(uri, diagnostics);
    await commands.executeCommand('workbench.actions.view.problems');
    return files.length;
  }
}

/** Whether a file has a tab: then its findings come from the server as it is edited. A document may live on without one. */
function isOpen(uri: Uri): boolean {
  const open = window.tabGroups.all.flatMap(({ tabs }) => tabs.flatMap(uriOf));
  return open.some((other) => other.toString() === uri.toString());
}

function uriOf({ input }: Tab): readonly Uri[] {
  return input instanceof TabInputText ? [input.uri] : [];
}

/** Every file with its findings; undefined where the user has cancelled it or the server does not answer. */
async function checkAll(
  server: Server,
  folder: Uri | undefined,
): Promise<readonly (readonly [Uri, Diagnostic[]])[] | undefined> {
  const options = {
    location: ProgressLocation.Notification,
    title: folder === undefined ? l10n.t('Checking all runbooks') : l10n.t('Checking runbooks'),
    cancellable: true,
  };
  return window.withProgress(options, async (_, token) => {
    const params = { identifier: 'runbook-lint', previousResultIds: [], folder: folder?.toString() };
    const report = await server.ask<WorkspaceDiagnosticReport>('workspace/diagnostic', params, token);
    const { client } = server;
    if (report === undefined || client === undefined || token.isCancellationRequested) return undefined;
    return Promise.all(
      report.items.map(async (item) => {
        const uri = client.protocol2CodeConverter.asUri(item.uri);
        const items = item.kind === 'full' ? await client.protocol2CodeConverter.asDiagnostics(item.items) : [];
        return [uri, adapted(uri, items)] as const;
      }),
    );
  });
}
