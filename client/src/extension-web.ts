import { type ExtensionContext, Uri } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter } from 'vscode-languageclient/browser';
import { startExtension } from './extension.ts';
import type { Server } from './server.ts';

/** The entry point for Node takes the client from this one's bundle, so that it is packed once. */
export { startExtension } from './extension.ts';
export { ipcTransports } from './ipc.ts';

let extension: Server | undefined;
let worker: Worker | undefined;

/** Entry point where extensions run in a web worker: in a browser without a machine behind it. */
export async function activate(context: ExtensionContext): Promise<void> {
  const from = performance.now();
  const server = Uri.joinPath(context.extensionUri, 'dist/web/server.js').toString(true);
  const connect = () => {
    // A worker does not end by itself: without this, each restart would leave one behind.
    worker?.terminate();
    worker = new Worker(server);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  extension = await startExtension(context, connect, from);
}

export async function deactivate(): Promise<void> {
  await extension?.stop();
  worker?.terminate();
}
