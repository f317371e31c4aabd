import type { Connection } from 'vscode-languageserver';
import type { FileSystem, ReadResult } from '../project/file-system.ts';
import type { ClientTraits } from './client-traits.ts';
import { listFolderRequest, readFileRequest } from './messages.ts';

/** The files of the machine where they are on it; the client's where it offers them; else there are none. */
export function filesFor(connection: Connection, traits: ClientTraits, local: FileSystem | undefined): FileSystem {
  const others = traits.fileRequests ? clientFiles(connection) : noFiles;
  const filesAt = (uri: string) => (local !== undefined && uri.startsWith('file:') ? local : others);
  return {
    read: (uri) => filesAt(uri).read(uri),
    list: (uri) => filesAt(uri).list(uri),
  };
}

const noFiles: FileSystem = {
  read: async () => ({ why: 'missing' }),
  list: async () => [],
};

/** Files that the client reads for the server: those of a virtual workspace, and all of them in a browser. */
function clientFiles(connection: Connection): FileSystem {
  const ask = async <T>(method: string, uri: string, otherwise: T, check: (answer: unknown) => T): Promise<T> => {
    try {
      return check(await connection.sendRequest(method, { uri }));
    } catch (error) {
      connection.console.warn(`${method} of ${uri} failed: ${String(error)}`);
      return otherwise;
    }
  };
  return {
    read: (uri) => ask(readFileRequest, uri, { why: 'unreadable' }, readResult),
    list: (uri) => ask(listFolderRequest, uri, [], names),
  };
}

function readResult(answer: unknown): ReadResult {
  if (typeof answer !== 'object' || answer === null) return { why: 'unreadable' };
  if ('text' in answer && typeof answer.text === 'string') return { text: answer.text };
  const whys = ['missing', 'a folder', 'not text', 'too large'] as const;
  const why = 'why' in answer ? whys.find((known) => known === answer.why) : undefined;
  return { why: why ?? 'unreadable' };
}

function names(answer: unknown): readonly string[] {
  return Array.isArray(answer) ? answer.filter((name) => typeof name === 'string') : [];
}
