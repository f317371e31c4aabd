import { PassThrough } from 'node:stream';
import { createConnection, type Message, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import type { FileSystem } from '../../../server/src/project/file-system.ts';
import { serve } from '../../../server/src/protocol/connection.ts';

/** In milliseconds: longer than any answer takes on a busy machine. */
const patience = 60_000;

/** What came back for a request: one of the two. */
export interface RawAnswer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A client that sends whatever it is given, well formed or not, and keeps count of what comes back. */
export interface RawClient {
  request(method: string, params: unknown): { readonly id: number; readonly answer: Promise<RawAnswer> };
  notify(method: string, params: unknown): void;
  /** The newest findings that were sent for a URI. */
  published(uri: string): { readonly version?: number; readonly diagnostics: readonly unknown[] } | undefined;
  /** Settles at the next message that the server sends of itself; `story` says what is waited for, should none come. */
  next(story: () => string): Promise<void>;
  /** Errors in the server's log. */
  readonly errors: readonly string[];
  /** What no server may do: answer twice, or what was not asked. */
  readonly offences: readonly string[];
  dispose(): void;
}

interface Sent {
  readonly id: number;
  readonly method: string;
}

/** A promise that is rejected where it is not settled in time. */
function inTime<T>(what: () => string, begin: (resolve: (value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`There never was ${what()}`)), patience);
    begin((value) => {
      clearTimeout(late);
      resolve(value);
    });
  });
}

/** Connects to a new server; `answers` gives the answer to what the server asks, by method. */
export async function rawClient(
  files: FileSystem,
  initialize: Readonly<Record<string, unknown>>,
  answers: (method: string, params: unknown) => unknown,
): Promise<RawClient> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const served = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  serve(served, { version: '0.0.0', files });
  const writer = new StreamMessageWriter(toServer);
  const reader = new StreamMessageReader(toClient);
  const waiting = new Map<number, { readonly sent: Sent; readonly resolve: (answer: RawAnswer) => void }>();
  const published = new Map<string, { readonly version?: number; readonly diagnostics: readonly unknown[] }>();
  const errors: string[] = [];
  const offences: string[] = [];
  const watchers: (() => void)[] = [];
  let last = 0;

  const write = (message: Readonly<Record<string, unknown>>) =>
    void writer.write({ jsonrpc: '2.0', ...message } as Message);

  function heard(method: string, params: unknown): void {
    const { uri, type, message } = Object(params);
    if (method === 'textDocument/publishDiagnostics') published.set(uri, Object(params));
    if (method === 'window/logMessage' && type === 1) errors.push(message);
    for (const wake of watchers.splice(0)) wake();
  }

  reader.listen((incoming) => {
    const { id, method, params, result, error } = Object(incoming);

    if (method === undefined) {
      const asked = waiting.get(id);
      waiting.delete(id);
      if (asked === undefined) offences.push(`an answer to ${id} that nobody waits for`);
      else if ((result === undefined) === (error === undefined)) offences.push(`${asked.sent.method}: neither nor`);
      asked?.resolve(error === undefined ? { result } : { error });
    } else if (id === undefined) heard(method, params);
    else write({ id, result: answers(method, params) ?? null });
  });

  function request(method: string, params: unknown): { readonly id: number; readonly answer: Promise<RawAnswer> } {
    last += 1;
    const id = last;
    const answer = inTime<RawAnswer>(
      () => `an answer to ${method} ${JSON.stringify(params)}`,
      (resolve) => waiting.set(id, { sent: { id, method }, resolve }),
    );
    write({ id, method, params });
    return { id, answer };
  }

  await request('initialize', { processId: null, rootUri: null, ...initialize }).answer;
  write({ method: 'initialized', params: {} });
  return {
    request,
    notify: (method, params) => write({ method, params }),
    published: (uri) => published.get(uri),
    next: (story) => inTime(story, (resolve) => watchers.push(resolve)),
    errors,
    offences,
    dispose() {
      // The server may still be about something, which it is left to end.
      reader.dispose();
    },
  };
}
