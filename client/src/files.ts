import { FileSystemError, FileType, type LogOutputChannel, workspace } from 'vscode';
import { type BaseLanguageClient, RequestType } from 'vscode-languageclient';

/** Why a file has no text; the words are those of the server's own file system. */
type Unreadable = 'missing' | 'a folder' | 'not text' | 'too large' | 'unreadable';
type ReadAnswer = { readonly text: string } | { readonly why: Unreadable };
interface FileParams {
  readonly uri: string;
}

const readFileRequest = new RequestType<FileParams, ReadAnswer, void>('runbook-lint/readFile');
const listFolderRequest = new RequestType<FileParams, string[], void>('runbook-lint/listFolder');

/** In bytes. Far above what the server reads: it keeps a stray disk image from being carried over the wire. */
const largestFile = 64 * 1024 * 1024;

/**
 * Answers the server's questions about files with the editor's own file system,
 * so that a server in a web worker, or one beside a virtual workspace, sees what the user sees.
 */
export function answerFileRequests(client: BaseLanguageClient, output: LogOutputChannel): void {
  client.onRequest(readFileRequest, ({ uri }) => readFile(client, uri, output));
  client.onRequest(listFolderRequest, ({ uri }) => listFolder(client, uri, output));
}

async function readFile(client: BaseLanguageClient, uri: string, output: LogOutputChannel): Promise<ReadAnswer> {
  try {
    const file = client.protocol2CodeConverter.asUri(uri);
    const { type, size } = await workspace.fs.stat(file);
    if ((type & FileType.Directory) !== 0) return { why: 'a folder' };
    if (size > largestFile) return { why: 'too large' };
    return decode(await workspace.fs.readFile(file));
  } catch (error) {
    if (isMissing(error)) return { why: 'missing' };
    output.warn(`${uri} cannot be read: ${message(error)}`);
    return { why: 'unreadable' };
  }
}

function decode(bytes: Uint8Array): ReadAnswer {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { why: 'not text' };
  }
}

async function listFolder(client: BaseLanguageClient, uri: string, output: LogOutputChannel): Promise<string[]> {
  try {
    const entries = await workspace.fs.readDirectory(client.protocol2CodeConverter.asUri(uri));
    return entries.map(([name]) => name);
  } catch (error) {
    if (!isMissing(error)) output.warn(`${uri} cannot be listed: ${message(error)}`);
    return [];
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof FileSystemError && (error.code === 'FileNotFound' || error.code === 'FileNotADirectory');
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
