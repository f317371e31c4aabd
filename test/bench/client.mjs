// A language client over stdio that does as little as it can, so that what is measured is the server.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

/** Starts a server and initializes it; `started` is the time from the start of its process to its answer, in ms. */
export async function start(command, args, rootUri, settings = {}) {
  const begun = performance.now();
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const waiting = [];
  connection.onNotification('textDocument/publishDiagnostics', (params) => {
    for (const waiter of waiting.splice(0)) if (!waiter(params)) waiting.push(waiter);
  });
  connection.onRequest('workspace/configuration', ({ items }) => items.map(({ section }) => settings[section] ?? null));
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.listen();
  const root = { uri: rootUri, name: 'bench' };
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [root],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: { dynamicRegistration: true } },
      textDocument: {
        synchronization: {},
        publishDiagnostics: { relatedInformation: true, versionSupport: true },
        completion: { completionItem: { snippetSupport: true } },
        hover: { contentFormat: ['markdown'] },
      },
    },
    initializationOptions: {},
  });
  const started = performance.now() - begun;
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('workspace/didChangeConfiguration', { settings });

  /** Sends something and waits for the next diagnostics of the document that are not older than `version`. */
  async function untilDiagnostics(uri, version, send) {
    const from = performance.now();
    const arrived = new Promise((resolve) => {
      waiting.push((params) => {
        const fits = params.uri === uri && (params.version === undefined || params.version >= version);
        if (fits) resolve(performance.now() - from);
        return fits;
      });
    });
    await send();
    return arrived;
  }

  return {
    started,
    pid: child.pid,
    open: (uri, text) =>
      untilDiagnostics(uri, 1, () =>
        connection.sendNotification('textDocument/didOpen', {
          textDocument: { uri, languageId: 'yaml', version: 1, text },
        }),
      ),
    edit: (uri, version, range, text) =>
      untilDiagnostics(uri, version, () =>
        connection.sendNotification('textDocument/didChange', {
          textDocument: { uri, version },
          contentChanges: [{ range, text }],
        }),
      ),
    request: async (method, params) => {
      const from = performance.now();
      await connection.sendRequest(method, params);
      return performance.now() - from;
    },
    /** Resident memory in MB; undefined where the system does not say. */
    memory: () => {
      try {
        const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
        return Number(kilobytes) / 1024;
      } catch {
        return undefined;
      }
    },
    stop: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      await connection.sendRequest('shutdown').catch(() => {});
      await connection.sendNotification('exit').catch(() => {});
      const killer = setTimeout(() => child.kill('SIGKILL'), 2000);
      await gone;
      clearTimeout(killer);
      connection.dispose();
    },
  };
}
