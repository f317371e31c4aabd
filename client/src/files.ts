import { FileSystemError, FileType, type LogOutputChannel, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type DocumentParams,
  listFolderRequest,
  type ReadResult,
  readFileRequest,
} from '../../server/src/protocol/messages.ts';

/** In bytes. Far above what the server reads: it keeps a stray disk image from being carried over the wire. */
const largestFile = 64 * 1024 * 1024;

/**
 * Answers the server's questions about files with the editor's own file system,
 * so that a server in a web worker, or one beside a virtual workspace, sees what the user sees.
 */
export function answerFileRequests(client: BaseLanguageClient, output: LogOutputChannel): void {
  client.onRequest<ReadResult, void>(readFileRequest, ({ uri }: DocumentParams) => readFile(client, uri, output));
  client.onRequest(listFolderRequest, ({ uri }: DocumentParams) => listFolder(client, uri, output));
}

async function readFile(client: BaseLanguageClient, uri: string, output: LogOutputChannel): Promise<ReadResult> {
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

function decode(bytes: Uint8Array): ReadResult {
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
