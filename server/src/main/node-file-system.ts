import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FileSystem, ReadResult } from '../project/file-system.ts';

/** Files larger than this many bytes are not read: nobody has typed them. */
const largest = 50_000_000;

/**
 * The files of this machine; only `file:` URIs are known.
 * They are read on the spot: they are few and small, and three trips through the thread pool take ten times as long as the reading.
 */
export const nodeFileSystem: FileSystem = {
  async read(uri) {
    const path = pathOf(uri);
    if (path === undefined) return { why: 'missing' };
    try {
      const found = statSync(path);
      if (found.isDirectory()) return { why: 'a folder' };
      if (!found.isFile()) return { why: 'unreadable' };
      if (found.size > largest) return { why: 'too large' };
      return textOf(readFileSync(path));
    } catch (error) {
      return { why: whyOf(error) };
    }
  },

  async list(folderUri) {
    const path = pathOf(folderUri);
    try {
      return path === undefined ? [] : readdirSync(path);
    } catch {
      return [];
    }
  },
};

function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

/** Drops a byte order mark, as editors do, so that both count the same columns. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf(bytes: Uint8Array): ReadResult {
  try {
    const text = utf8.decode(bytes);
    return text.includes('\0') ? { why: 'not text' } : { text };
  } catch {
    return { why: 'not text' };
  }
}

function whyOf(error: unknown): 'missing' | 'unreadable' {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable';
}
