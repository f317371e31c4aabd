import { type ExtensionContext, Uri } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient, State } from 'vscode-languageclient/browser';
import { clientId, clientName, type Extension, startExtension } from './extension.ts';

let extension: Extension | undefined;

/** Entry point where extensions run in a web worker: in a browser without a machine behind it. */
export async function activate(context: ExtensionContext): Promise<void> {
  const server = Uri.joinPath(context.extensionUri, 'dist/web/server.js').toString(true);
  extension = await startExtension(context, (options) => {
    let worker: Worker | undefined;
    const startWorker = async () => {
      worker = new Worker(server);
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    };
    const languageClient = new LanguageClient(clientId, clientName, startWorker, options);
    // A worker has no exit of its own: without this, each restart would leave one behind.
    languageClient.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped) worker?.terminate();
    });
    return languageClient;
  });
}

export async function deactivate(): Promise<void> {
  await extension?.stop();
}
