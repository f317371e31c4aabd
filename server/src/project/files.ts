import type { FileSystem, ReadResult } from './file-system.ts';
import { canonicalUri, folderOf, nameOf } from './uri.ts';

/**
 * The files as the project sees them: open documents shadow the disk, and what was read once is remembered until it changes.
 * Asking never waits; what is not there yet has to be loaded first. All URIs are canonical.
 */
export interface Files {
  /** The file's text or why there is none; undefined where it has to be loaded first. */
  text(uri: string): ReadResult | undefined;
  /** Names in a folder, those of open documents included; undefined where the folder has to be loaded first. */
  names(folder: string): readonly string[] | undefined;
  /** Loads texts and folders; what is there already costs nothing. Never rejects. */
  load(uris: Iterable<string>, folders: Iterable<string>): Promise<void>;
  open(uri: string, text: string): void;
  close(uri: string): void;
  isOpen(uri: string): boolean;
  /** Open documents, in the order of their opening. */
  openUris(): readonly string[];
  /** Forgets what the disk said of these files and of the folders that they are in; of everything if none are named. */
  forget(uris?: readonly string[]): void;
}

interface Loaded<T> {
  value: T | undefined;
  loading: Promise<void>;
}

export function createFiles(fs: FileSystem): Files {
  const texts = new Map<string, Loaded<ReadResult>>();
  const folders = new Map<string, Loaded<readonly string[]>>();
  const open = new Map<string, ReadResult>();
  let openNames = namesByFolder([]);

  return {
    text: (uri) => open.get(uri) ?? texts.get(uri)?.value,
    names(folder) {
      const onDisk = folders.get(folder)?.value;
      const inEditor = openNames.get(folder);
      if (onDisk === undefined || inEditor === undefined) return onDisk;
      const more = inEditor.filter((name) => !onDisk.includes(name));
      return more.length === 0 ? onDisk : [...onDisk, ...more];
    },
    async load(uris, folderUris) {
      const loading = [
        ...[...uris].map((uri) => loadInto(texts, uri, (one) => fs.read(one))),
        ...[...folderUris].map((uri) => loadInto(folders, uri, (one) => fs.list(one))),
      ];
      await Promise.all(loading);
    },
    open(uri, text) {
      const isNew = !open.has(uri);
      open.set(uri, { text });
      if (isNew) openNames = namesByFolder([...open.keys()]);
    },
    close(uri) {
      open.delete(uri);
      openNames = namesByFolder([...open.keys()]);
    },
    isOpen: (uri) => open.has(uri),
    openUris: () => [...open.keys()],
    forget(uris) {
      if (uris === undefined) {
        texts.clear();
        folders.clear();
      }
      for (const uri of uris ?? []) {
        texts.delete(uri);
        folders.delete(uri);
        const folder = folderOf(uri);
        if (folder !== undefined) folders.delete(folder);
      }
    },
  };
}

/** A value that was forgotten while it was on its way is not kept: whoever waits for it asks again. */
function loadInto<T>(into: Map<string, Loaded<T>>, uri: string, get: (uri: string) => Promise<T>): Promise<void> {
  const known = into.get(uri);
  if (known !== undefined) return known.loading;
  const entry: Loaded<T> = { value: undefined, loading: Promise.resolve() };
  into.set(uri, entry);
  entry.loading = get(uri).then((value) => {
    entry.value = value;
  });
  return entry.loading;
}

function namesByFolder(uris: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const uri of uris) {
    const folder = folderOf(canonicalUri(uri));
    if (folder !== undefined) names.set(folder, [...(names.get(folder) ?? []), nameOf(uri)]);
  }
  return names;
}
