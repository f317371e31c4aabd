import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { clientId, clientName, startExtension } from './extension.ts';
import type { Server } from './server.ts';
import { registerTasks } from './tasks.ts';

let extension: Server | undefined;

/** Entry point where extensions run in Node: on the desktop and on a remote machine. */
export async function activate(context: ExtensionContext): Promise<void> {
  registerTasks(context);
  const server = { module: context.asAbsolutePath('dist/node/server.js'), transport: TransportKind.ipc };
  extension = await startExtension(
    context,
    (options) => new LanguageClient(clientId, clientName, { run: server, debug: server }, options),
  );
}

export async function deactivate(): Promise<void> {
  await extension?.stop();
}
