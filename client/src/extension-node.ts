import { type ExtensionContext, Uri } from 'vscode';
import { KeptCode, textOf } from '../../server/src/main/kept-code.ts';
import type { Server } from './server.ts';
import { type ServerProcess, serverProcess } from './server-process.ts';
import { registerTasks } from './tasks.ts';

/** A hash of all that was built (server/scripts/build.mjs). */
declare const BUILD: string;

let extension: Server | undefined;
let server: ServerProcess | undefined;
let code: KeptCode | undefined;

/** Entry point where extensions run in Node: on the desktop and on a remote machine. */
export async function activate(context: ExtensionContext): Promise<void> {
  const from = performance.now();
  // Of the folder that the editor gives to the extension for what outlives a session.
  const folder = Uri.joinPath(context.globalStorageUri, 'code').fsPath;
  const process = serverProcess(context.asAbsolutePath('dist/node/server.js'), [`--code-cache=${folder}`]);
  server = process;
  // The server reads its code while this process reads the client's.
  process.prepare();
  code = new KeptCode(folder, BUILD);
  const { ipcTransports, startExtension } = readClient(context.asAbsolutePath('dist/web/extension.js'), code);
  extension = await startExtension(context, (log) => ipcTransports(process.take(log)), from);
  registerTasks(context);
}

type Client = typeof import('./extension-web.ts');

/** The client is packed once, in the browser's bundle, which has to be one file. */
function readClient(path: string, kept: KeptCode): Client {
  const source = `(function(require,module,exports){${textOf(path)}\n})`;
  const run = kept.run(path, source) as (
    require: NodeJS.Require,
    module: { exports: Client },
    exports: unknown,
  ) => void;
  const module = { exports: {} as Client };
  run(require, module, module.exports);
  return module.exports;
}

export async function deactivate(): Promise<void> {
  code?.keep();
  await extension?.stop();
  await server?.end();
}
