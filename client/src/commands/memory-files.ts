import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  type Uri,
} from 'vscode';

interface MemoryFile {
  readonly bytes: Uint8Array;
  /** Of the last change, in milliseconds. */
  readonly time: number;
}

/** Files of one folder, in memory: they can be changed, and are as they were the next time that the editor starts. */
export class MemoryFiles implements FileSystemProvider {
  readonly #load: () => Promise<ReadonlyMap<string, Uint8Array>>;
  readonly #changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  #files: Promise<Map<string, MemoryFile>> | undefined;

  /** @param load gives the files by their paths; called once, when the first of them is asked for */
  constructor(load: () => Promise<ReadonlyMap<string, Uint8Array>>) {
    this.#load = load;
  }

  watch(): Disposable {
    return new Disposable(() => {});
  }

  async stat(uri: Uri) {
    const files = await this.#all();
    const file = files.get(uri.path);
    if (file !== undefined) return { type: FileType.File, ctime: 0, mtime: file.time, size: file.bytes.length };
    if (this.#namesIn(files, uri).length === 0) throw FileSystemError.FileNotFound(uri);
    return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  async readDirectory(uri: Uri): Promise<[string, FileType][]> {
    const files = await this.#all();
    return this.#namesIn(files, uri).map((name) => [
      name,
      files.has(`${folderOf(uri)}${name}`) ? FileType.File : FileType.Directory,
    ]);
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    const file = (await this.#all()).get(uri.path);
    if (file === undefined) throw FileSystemError.FileNotFound(uri);
    return file.bytes;
  }

  async writeFile(uri: Uri, bytes: Uint8Array): Promise<void> {
    const files = await this.#all();
    const type = files.has(uri.path) ? FileChangeType.Changed : FileChangeType.Created;
    files.set(uri.path, { bytes, time: Date.now() });
    this.#changed.fire([{ type, uri }]);
  }

  async delete(uri: Uri): Promise<void> {
    if (!(await this.#all()).delete(uri.path)) throw FileSystemError.FileNotFound(uri);
    this.#changed.fire([{ type: FileChangeType.Deleted, uri }]);
  }

  async rename(from: Uri, to: Uri): Promise<void> {
    await this.writeFile(to, await this.readFile(from));
    await this.delete(from);
  }

  createDirectory(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  #all(): Promise<Map<string, MemoryFile>> {
    this.#files ??= this.#load().then(
      (loaded) => new Map([...loaded].map(([path, bytes]) => [path, { bytes, time: 0 }])),
    );
    return this.#files;
  }

  #namesIn(files: ReadonlyMap<string, MemoryFile>, uri: Uri): string[] {
    const folder = folderOf(uri);
    const inside = [...files.keys()].filter((path) => path.startsWith(folder));
    return [...new Set(inside.map((path) => path.slice(folder.length).split('/')[0] ?? ''))];
  }
}

function folderOf({ path }: Uri): string {
  return path.endsWith('/') ? path : `${path}/`;
}
