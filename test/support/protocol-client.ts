import { PassThrough } from 'node:stream';
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Registration,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import type { FileSystem } from '../../server/src/project/file-system.ts';
import { serve } from '../../server/src/protocol/connection.ts';
import { type DocumentParams, listFolderRequest, readFileRequest } from '../../server/src/protocol/messages.ts';

export interface ClientOptions {
  /** Files of the server's machine. */
  readonly files?: FileSystem;
  /** Files that the client offers to read. */
  readonly clientFiles?: FileSystem;
  readonly capabilities?: ClientCapabilities;
  /** URIs of the folders that are open at first. */
  readonly workspaceFolders?: readonly string[];
  readonly initializationOptions?: Readonly<Record<string, unknown>>;
  /** The answer to `workspace/configuration`, by the URI of the document. */
  readonly settings?: (uri: string) => unknown;
}

/** A language client in the same process as the server, for tests. Nothing here sleeps: what is awaited is a message. */
export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly server: InitializeResult;
  /** What the server has registered for. */
  readonly registrations: readonly Registration[];
  /** What the server has written to its log. */
  readonly log: readonly string[];
  /** Waits for the next `workspace/…/refresh`. */
  refreshed(method: string): Promise<void>;
  open(uri: string, text: string, version?: number): Promise<void>;
  /** Takes the words' place; the version grows by itself. */
  replace(uri: string, old: string, by: string): Promise<void>;
  close(uri: string): Promise<void>;
  text(uri: string): string;
  /** The newest diagnostics sent for the document, as soon as they are what is asked for. */
  diagnostics(uri: string, accept?: (sent: PublishDiagnosticsParams) => boolean): Promise<readonly Diagnostic[]>;
  /** Every publication so far. */
  readonly published: readonly PublishDiagnosticsParams[];
  pull(uri: string, previousResultId?: string): Promise<PullAnswer>;
  request<Answer>(method: string, params: unknown): Promise<Answer>;
  notify(method: string, params: unknown): Promise<void>;
  /** Bytes as they are, for what no well-behaved client sends. */
  writeRaw(bytes: string): void;
  dispose(): void;
}

export interface PullAnswer {
  readonly kind: 'full' | 'unchanged';
  readonly resultId?: string;
  readonly items?: readonly Diagnostic[];
}

interface OpenText {
  text: string;
  version: number;
}

/** Connects to a new server and initializes it. The caller disposes of it. */
export async function connect(options: ClientOptions = {}): Promise<TestClient> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const served = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  serve(served, { version: '0.0.0', files: options.files });
  const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));

  const texts = new Map<string, OpenText>();
  const published: PublishDiagnosticsParams[] = [];
  const registrations: Registration[] = [];
  const log: string[] = [];
  let watchers: (() => boolean)[] = [];
  const refreshWaiters: { readonly method: string; readonly resolve: () => void }[] = [];

  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.push(params);
    watchers = watchers.filter((isDone) => !isDone());
  });
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => void log.push(message));
  connection.onRequest('client/registerCapability', (params: { registrations: Registration[] }) => {
    registrations.push(...params.registrations);
    return null;
  });
  connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
    items.map(({ scopeUri }) => options.settings?.(scopeUri ?? '') ?? null),
  );
  for (const kind of ['diagnostic', 'inlayHint', 'codeLens', 'semanticTokens']) {
    const method = `workspace/${kind}/refresh`;
    connection.onRequest(method, () => {
      for (const waiter of refreshWaiters.filter((one) => one.method === method)) waiter.resolve();
      return null;
    });
  }
  const { clientFiles } = options;
  if (clientFiles !== undefined) {
    connection.onRequest(readFileRequest, async ({ uri }: DocumentParams): Promise<unknown> => clientFiles.read(uri));
    connection.onRequest(listFolderRequest, ({ uri }: DocumentParams) => clientFiles.list(uri));
  }
  connection.listen();
  const params: InitializeParams = {
    processId: null,
    rootUri: null,
    capabilities: options.capabilities ?? pushing,
    ...(options.workspaceFolders === undefined
      ? {}
      : { workspaceFolders: options.workspaceFolders.map((uri) => ({ uri, name: uri })) }),
    initializationOptions: { ...options.initializationOptions, fileRequests: clientFiles !== undefined },
  };
  const server: InitializeResult = await connection.sendRequest<InitializeResult>(InitializeRequest.method, params);
  await connection.sendNotification('initialized', {});

  function opened(uri: string): OpenText {
    const known = texts.get(uri);
    if (known === undefined) throw new Error(`${uri} is not open.`);
    return known;
  }

  return {
    connection,
    server,
    registrations,
    log,
    published,
    refreshed: (method) => new Promise((resolve) => refreshWaiters.push({ method, resolve })),
    async open(uri, text, version = 1) {
      texts.set(uri, { text, version });
      const textDocument = { uri, languageId: 'yaml', version, text };
      await connection.sendNotification('textDocument/didOpen', { textDocument });
    },
    async replace(uri, old, by) {
      const document = opened(uri);
      const start = document.text.indexOf(old);
      if (start < 0) throw new Error(`There is no ${old} in ${uri}.`);
      const range = { start: positionAt(document.text, start), end: positionAt(document.text, start + old.length) };
      document.text = document.text.slice(0, start) + by + document.text.slice(start + old.length);
      document.version += 1;
      const contentChanges: TextDocumentContentChangeEvent[] = [{ range, text: by }];
      const textDocument = { uri, version: document.version };
      await connection.sendNotification('textDocument/didChange', { textDocument, contentChanges });
    },
    async close(uri) {
      texts.delete(uri);
      await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    },
    text: (uri) => opened(uri).text,
    diagnostics(uri, accept = () => true) {
      return new Promise((resolve) => {
        const isDone = () => {
          const newest = published.findLast((params) => params.uri === uri);
          if (newest === undefined || !accept(newest)) return false;
          resolve(newest.diagnostics);
          return true;
        };
        if (!isDone()) watchers.push(isDone);
      });
    },
    pull: (uri, previousResultId) =>
      connection.sendRequest('textDocument/diagnostic', { textDocument: { uri }, previousResultId }),
    request: (method, params) => connection.sendRequest(method, params),
    notify: (method, params) => connection.sendNotification(method, params),
    writeRaw: (bytes) => void toServer.write(bytes),
    dispose() {
      connection.dispose();
      served.dispose();
    },
  };
}

/** A client to which diagnostics are sent. */
export const pushing: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
    hover: { contentFormat: ['markdown'] },
    completion: { completionItem: { snippetSupport: true } },
  },
  workspace: { workspaceEdit: { documentChanges: true } },
};

/** A client that asks for diagnostics and can be told to ask again. */
export const pulling: ClientCapabilities = {
  ...pushing,
  textDocument: { ...pushing.textDocument, diagnostic: { relatedInformation: true } },
  workspace: {
    ...pushing.workspace,
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
};

/** Line and column of an offset; lines end with `\n`. */
export function positionAt(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** Where the words stand, as a range. */
export function rangeOfWords(text: string, words: string): Diagnostic['range'] {
  const start = text.indexOf(words);
  return { start: positionAt(text, start), end: positionAt(text, start + words.length) };
}
