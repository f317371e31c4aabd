import { type ExtensionContext, Uri } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { clientId, clientName, startExtension } from './extension.ts';
import type { Server } from './server.ts';

let extension: Server | undefined;
let worker: Worker | undefined;

/** Entry point where extensions run in a web worker: in a browser without a machine behind it. */
export async function activate(context: ExtensionContext): Promise<void> {
  const server = Uri.joinPath(context.extensionUri, 'dist/web/server.js').toString(true);
  const startWorker = async () => {
    // A worker does not end by itself: without this, each restart would leave one behind.
    worker?.terminate();
    worker = new Worker(server);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  extension = await startExtension(
    context,
    (options) => new LanguageClient(clientId, clientName, startWorker, options),
  );
}

export async function deactivate(): Promise<void> {
  await extension?.stop();
  worker?.terminate();
}
