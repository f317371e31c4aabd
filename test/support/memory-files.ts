import type { FileSystem, ReadResult } from '../../server/src/project/file-system.ts';
import { canonicalUri, folderOf, foldersAbove, nameOf } from '../../server/src/project/uri.ts';

/** A disk in memory, which tells how often it was asked. */
export interface MemoryFiles extends FileSystem {
  write(uri: string, text: string): void;
  remove(uri: string): void;
  /** Every text, by its URI. */
  all(): ReadonlyMap<string, string>;
  readonly asked: { reads: number; lists: number };
  /** Every answer waits until this promise is settled. */
  holdUntil(moment: Promise<unknown>): void;
}

/** Files by path below `file:///`; a value of null makes a file that is not text. */
export function memoryFiles(files: Readonly<Record<string, string | null>> = {}): MemoryFiles {
  const texts = new Map(Object.entries(files).map(([path, text]) => [at(path), text]));
  const asked = { reads: 0, lists: 0 };
  let hold: Promise<unknown> = Promise.resolve();

  function isFolder(uri: string): boolean {
    return [...texts.keys()].some((file) => file.startsWith(`${uri}/`));
  }

  return {
    asked,
    async read(uri): Promise<ReadResult> {
      asked.reads += 1;
      const text = texts.get(canonicalUri(uri));
      await hold;
      if (text === null) return { why: 'not text' };
      if (text !== undefined) return { text };
      return { why: isFolder(canonicalUri(uri)) ? 'a folder' : 'missing' };
    },
    async list(folder) {
      asked.lists += 1;
      await hold;
      const uri = canonicalUri(folder);
      const inside = [...texts.keys()].flatMap((file) => [file, ...foldersAbove(file)]);
      return [...new Set(inside.filter((one) => folderOf(one) === uri))].map(nameOf);
    },
    write: (uri, text) => void texts.set(canonicalUri(uri), text),
    remove: (uri) => void texts.delete(canonicalUri(uri)),
    all: () => new Map([...texts].flatMap(([uri, text]) => (text === null ? [] : [[uri, text] as const]))),
    holdUntil(moment) {
      hold = moment;
    },
  };
}

/** The URI of a path below `file:///`. */
export function at(path: string): string {
  return canonicalUri(`file:///${path}`);
}
