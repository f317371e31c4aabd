import { commands, type ExtensionContext, env, extensions, UIKind, version, window, workspace } from 'vscode';
import { type Status, statusRequest, type Why, whyRequest } from '../../../server/src/protocol/messages.ts';
import { isShared } from '../documents.ts';
import type { Server } from '../server.ts';

/** Registers *Collect Troubleshooting Information*: a page to look at and to paste into a report. Nothing is sent. */
export function registerTroubleshooting(context: ExtensionContext, server: Server): void {
  context.subscriptions.push(
    commands.registerCommand('runbookLint.collectDiagnostics', async () => {
      const content = await information(context, server);
      await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content }));
    }),
  );
}

async function information({ extension }: ExtensionContext, server: Server): Promise<string> {
  const { rules, ...settings } = workspace.getConfiguration('runbookLint');
  const facts = {
    'Runbook Lint': extension.packageJSON.version,
    Server: `${server.about}, ${server.state}, ended by itself ${server.crashes} times`,
    Start: String(server.times),
    'VS Code': `${env.appName} ${version} (${env.appHost}, ${env.uiKind === UIKind.Web ? 'browser' : 'desktop'})`,
    Remote: env.remoteName ?? 'none',
    Workspace: `${workspace.workspaceFolders?.length ?? 0} folders (${schemes()}), ${workspace.isTrusted ? 'trusted' : 'not trusted'}`,
    'YAML extension of Red Hat': extensions.getExtension('redhat.vscode-yaml')?.packageJSON.version ?? 'none',
    Settings: JSON.stringify({ rules, ...settings }),
  };
  const lines = Object.entries(facts).map(([name, fact]) => `- ${name}: ${fact}`);
  return ['# Runbook Lint: troubleshooting information', '', ...lines, '', ...(await openFiles(server)), ''].join('\n');
}

function schemes(): string {
  return [...new Set(workspace.workspaceFolders?.map(({ uri }) => uri.scheme))].join(', ') || 'none';
}

/** The names of open files, and nothing of what is in them. */
async function openFiles(server: Server): Promise<readonly string[]> {
  const documents = workspace.textDocuments.filter(isShared);
  if (documents.length === 0) return ['No YAML file is open.'];
  const parts = documents.map(async ({ uri, languageId, lineCount }) => {
    const params = { uri: uri.toString() };
    const [why, status] = await Promise.all([
      server.ask<Why>(whyRequest, params),
      server.ask<Status>(statusRequest, params),
    ]);
    return [
      `## ${workspace.asRelativePath(uri)}`,
      '',
      `- Language ${languageId}, scheme ${uri.scheme}, ${lineCount} lines`,
      ...(why?.sentences ?? []).map((sentence) => `- ${sentence}`),
      ...(status === undefined ? [] : [`- Findings: ${JSON.stringify(status.problems)}`]),
      '',
    ].join('\n');
  });
  return Promise.all(parts);
}
