import type { ExtensionContext } from 'vscode';
import type { Server } from './server.ts';
import { type ServerProcess, serverProcess } from './server-process.ts';
import { registerTasks } from './tasks.ts';

let extension: Server | undefined;
let server: ServerProcess | undefined;

/** Entry point where extensions run in Node: on the desktop and on a remote machine. */
export async function activate(context: ExtensionContext): Promise<void> {
  const from = performance.now();
  const process = serverProcess(context.asAbsolutePath('dist/node/server.js'));
  server = process;
  // The server reads its code while this process reads the client's.
  process.prepare();
  const { ipcTransports, startExtension } = await import('./extension-web.ts');
  extension = await startExtension(context, (log) => ipcTransports(process.take(log)), from);
  registerTasks(context);
}

export async function deactivate(): Promise<void> {
  await extension?.stop();
  server?.end();
}
