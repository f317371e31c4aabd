import {
  type CancellationToken,
  type Connection,
  type DidChangeTextDocumentParams,
  ErrorCodes,
  type InitializeError,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import type { FileSystem } from '../project/file-system.ts';
import { serverCapabilities } from './capabilities.ts';
import { filesFor } from './client-files.ts';
import { traitsOf } from './client-traits.ts';
import type { Handler } from './handler.ts';
import { routeRequests } from './routes.ts';
import { createSession, type Session } from './session.ts';
import { changed, closed, configured, foldersChanged, opened, registerWatchers, saved, watched } from './sync.ts';
import { lackOf } from './well-formed.ts';

/** What differs between the places that the server runs in. */
interface Host {
  readonly version: string;
  /** Files of the machine that the server runs on; undefined in a browser. */
  readonly files: FileSystem | undefined;
  /** Is told of each edit, before the linter sees it. */
  readonly edited?: () => void;
}

/** Answers a client over a connection. */
export function serve(connection: Connection, host: Host): void {
  let session: Session | undefined;
  let isShutDown = false;

  connection.onInitialize((params): InitializeResult | ResponseError<InitializeError> => {
    if (session !== undefined)
      return new ResponseError(ErrorCodes.InvalidRequest, 'The server is initialized already.');
    const traits = traitsOf(params);
    session = createSession(connection, traits, filesFor(connection, traits, host.files));
    // Not before: with a client that has several folders the package takes this message for itself as it is initialized.
    connection.onNotification('workspace/didChangeWorkspaceFolders', told(foldersChanged));
    return {
      capabilities: serverCapabilities(traits),
      serverInfo: { name: 'runbook-lint', version: host.version },
    };
  });
  connection.onShutdown(() => {
    isShutDown = true;
  });

  /** A message that has no answer: what goes wrong with it is logged. */
  function told<Params>(take: (session: Session, params: Params) => void) {
    return (params: Params): void => {
      if (session === undefined || isShutDown) return;
      try {
        take(session, params);
      } catch (error) {
        connection.console.error(describe(error));
      }
    };
  }

  /** A message that is answered: what goes wrong with it is its answer. */
  function asked<Params, Answer>(method: string, handler: Handler<Params, Answer>) {
    return async (params: Params, token: CancellationToken) => {
      if (isShutDown) return new ResponseError<never>(ErrorCodes.InvalidRequest, 'The server has been shut down.');
      if (session === undefined)
        return new ResponseError<never>(ErrorCodes.ServerNotInitialized, 'Send `initialize` first.');
      if (token.isCancellationRequested) return cancelled();
      const lack = lackOf(method, params);
      if (lack !== undefined) return new ResponseError<never>(ErrorCodes.InvalidParams, lack);
      const answer = await handler(session, params, token);
      return token.isCancellationRequested ? cancelled() : answer;
    };
  }

  connection.onInitialized(told(registerWatchers));
  connection.onDidOpenTextDocument(told(opened));
  connection.onDidChangeTextDocument(
    told((current, params: DidChangeTextDocumentParams) => {
      host.edited?.();
      changed(current, params);
    }),
  );
  connection.onDidCloseTextDocument(told(closed));
  connection.onDidSaveTextDocument(told(saved));
  connection.onDidChangeWatchedFiles(told(watched));
  connection.onDidChangeConfiguration(told(configured));
  routeRequests(<Params, Result>(method: string, handler: Handler<Params, Result>) => {
    connection.onRequest<unknown, never>(method, asked(method, handler));
  });
  connection.listen();
}

function cancelled(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
