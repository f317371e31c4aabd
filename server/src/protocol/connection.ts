import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import type { FileSystem } from '../project/file-system.ts';
import { type ClientTraits, serverCapabilities, traitsOf } from './capabilities.ts';
import type { Handler } from './handler.ts';
import { routeRequests } from './routes.ts';
import type { Session } from './session.ts';

/** What differs between the places that the server runs in. */
export interface Host {
  readonly version: string;
  /** Files of the machine that the server runs on; undefined in a browser. */
  readonly files: FileSystem | undefined;
  /** Loads the linter before the client has said anything: of use where the client itself is still being loaded. */
  readonly preload?: boolean;
  /** Is told when the linter is loaded, before it is used. */
  readonly loaded?: () => void;
  /** Is told of each edit, before the linter sees it. */
  readonly edited?: () => void;
}

type Core = typeof import('./core.ts');

interface Running {
  readonly core: Core;
  readonly session: Session;
}

/**
 * Answers a client over a connection.
 * `initialize` is answered before the linter itself is loaded; what comes meanwhile waits and is then dealt with in its order.
 */
export function serve(connection: Connection, host: Host): void {
  let traits: ClientTraits | undefined;
  let isShutDown = false;
  let running: Running | undefined;
  let isLoading = false;
  const waiting: { run(running: Running): void; fail(error: unknown): void }[] = [];

  connection.onInitialize((params): InitializeResult => {
    traits = traitsOf(params);
    return {
      capabilities: serverCapabilities(traits),
      serverInfo: { name: 'runbook-lint', version: host.version },
    };
  });
  connection.onShutdown(() => {
    isShutDown = true;
  });

  async function loadCore(): Promise<Core> {
    const core = await import('./core.ts');
    host.loaded?.();
    return core;
  }

  async function load(client: ClientTraits): Promise<void> {
    try {
      const core = await loadCore();
      const files = core.filesFor(connection, client, host.files);
      const ready = { core, session: core.createSession(connection, client, files) };
      // Whatever waits goes first, and nothing can come in between.
      for (const { run } of waiting.splice(0)) run(ready);
      running = ready;
    } catch (error) {
      connection.console.error(`The linter could not be loaded: ${describe(error)}`);
      for (const { fail } of waiting.splice(0)) fail(error);
      isLoading = false;
    }
  }

  /** At once where the linter is loaded. */
  function use<T>(action: (running: Running) => T): T | Promise<T> {
    if (running !== undefined) return action(running);
    const client = traits;
    if (client === undefined) throw new ResponseError(ErrorCodes.ServerNotInitialized, 'Send `initialize` first.');
    const result = new Promise<T>((resolve, reject) => {
      const run = (ready: Running) => {
        try {
          resolve(action(ready));
        } catch (error) {
          reject(error);
        }
      };
      waiting.push({ run, fail: reject });
    });
    if (!isLoading) void load(client);
    isLoading = true;
    return result;
  }

  /** A message that has no answer: what goes wrong with it is logged. */
  function told<Params>(select: (core: Core) => (session: Session, params: Params) => void) {
    return async (params: Params): Promise<void> => {
      if (traits === undefined || isShutDown) return;
      try {
        await use(({ core, session }) => select(core)(session, params));
      } catch (error) {
        connection.console.error(describe(error));
      }
    };
  }

  /** A message that is answered: what goes wrong with it is its answer. */
  function asked<Params, Answer>(select: (core: Core) => Handler<Params, Answer>) {
    return async (params: Params, token: CancellationToken) => {
      if (isShutDown) return new ResponseError<never>(ErrorCodes.InvalidRequest, 'The server has been shut down.');
      if (token.isCancellationRequested) return cancelled();
      const answer = await use(({ core, session }) => select(core)(session, params, token));
      return token.isCancellationRequested ? cancelled() : answer;
    };
  }

  connection.onInitialized(told((core) => core.registerWatchers));
  connection.onDidOpenTextDocument(told((core) => core.opened));
  connection.onDidChangeTextDocument(
    told((core) => {
      host.edited?.();
      return core.changed;
    }),
  );
  connection.onDidCloseTextDocument(told((core) => core.closed));
  connection.onDidSaveTextDocument(told((core) => core.saved));
  connection.onDidChangeWatchedFiles(told((core) => core.watched));
  connection.onDidChangeConfiguration(told((core) => core.configured));
  connection.onNotification(
    'workspace/didChangeWorkspaceFolders',
    told((core) => core.foldersChanged),
  );
  routeRequests(<Params, Result>(method: string, select: (core: Core) => Handler<Params, Result>) => {
    connection.onRequest<unknown, never>(method, asked(select));
  });
  connection.listen();
  // What fails here fails again where it is needed, and is told there.
  if (host.preload === true)
    loadCore()
      .then((core) => core.warmUp())
      .catch(() => {});
}

function cancelled(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
