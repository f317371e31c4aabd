import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import manifest from '../../../package.json' with { type: 'json' };
import { serve } from '../protocol/connection.ts';

/** As much of a worker's global as is needed here; the types of a browser are not those of this project. */
interface WorkerGlobal {
  addEventListener(type: 'unhandledrejection', listener: (event: { readonly reason: unknown }) => void): void;
}
declare const self: WorkerGlobal & ConstructorParameters<typeof BrowserMessageReader>[0];

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
self.addEventListener('unhandledrejection', (event: { readonly reason: unknown }) =>
  connection.console.error(String(event.reason)),
);
serve(connection, { version: manifest.version, files: undefined });
