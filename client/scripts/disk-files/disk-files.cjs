// The folder that serve-workbench.mjs shows, as a file system of the browser's workbench.
// Reads go to the server's disk; changes stay in the browser's memory.
const vscode = require('vscode');

const scheme = 'disk';
const { File, Directory } = vscode.FileType;

exports.activate = (context) => {
  const files = new DiskFiles();
  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider(scheme, files, { isCaseSensitive: true }),
    // Without a search provider the workbench waits seconds for one before it activates anything.
    vscode.workspace.registerFileSearchProvider(scheme, {
      provideFileSearchResults: (query, options) => files.find(query.pattern, options),
    }),
  );
};

class DiskFiles {
  #changed = new vscode.EventEmitter();
  onDidChangeFile = this.#changed.event;
  /** What was written since the page was loaded, by path; `undefined` stands for deleted. */
  #written = new Map();

  watch() {
    return new vscode.Disposable(() => {});
  }

  async stat(uri) {
    if (this.#written.has(uri.path)) {
      const entry = this.#written.get(uri.path);
      if (entry === undefined) throw vscode.FileSystemError.FileNotFound(uri);
      return { type: entry.type, size: entry.bytes?.length ?? 0, ctime: 0, mtime: entry.time };
    }
    const stat = await this.#ask(uri, '?stat');
    if (stat === null) throw vscode.FileSystemError.FileNotFound(uri);
    return { ...stat, type: stat.folder ? Directory : File };
  }

  async readDirectory(uri) {
    const folder = uri.path.endsWith('/') ? uri.path : `${uri.path}/`;
    const listed = await this.#ask(uri, '?list');
    const entries = new Map((listed ?? []).map(({ name, folder }) => [name, folder ? Directory : File]));
    for (const [path, entry] of this.#written) {
      const name = path.startsWith(folder) ? path.slice(folder.length) : '';
      if (name === '' || name.includes('/')) continue;
      if (entry === undefined) entries.delete(name);
      else entries.set(name, entry.type);
    }
    if (listed === null && entries.size === 0) throw vscode.FileSystemError.FileNotFound(uri);
    return [...entries];
  }

  async readFile(uri) {
    if (this.#written.has(uri.path)) {
      const entry = this.#written.get(uri.path);
      if (entry?.bytes === undefined) throw vscode.FileSystemError.FileNotFound(uri);
      return entry.bytes;
    }
    const answer = await this.#fetch(uri, '');
    if (!answer.ok) throw vscode.FileSystemError.FileNotFound(uri);
    return new Uint8Array(await answer.arrayBuffer());
  }

  async writeFile(uri, bytes) {
    const isNew = await this.stat(uri).then(
      () => false,
      () => true,
    );
    this.#write(uri, { type: File, bytes, time: Date.now() });
    this.#tell([uri, isNew ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed]);
  }

  async delete(uri) {
    this.#write(uri, undefined);
    this.#tell([uri, vscode.FileChangeType.Deleted]);
  }

  async rename(from, to) {
    this.#write(to, { type: File, bytes: await this.readFile(from), time: Date.now() });
    this.#write(from, undefined);
    this.#tell([from, vscode.FileChangeType.Deleted], [to, vscode.FileChangeType.Created]);
  }

  createDirectory(uri) {
    this.#write(uri, { type: Directory, time: Date.now() });
    this.#tell([uri, vscode.FileChangeType.Created]);
  }

  /** Files whose path fits one of the globs asked for; with words typed by the user, whose path holds them. */
  async find(words, { folder, includes }) {
    const globs = (includes ?? []).map((glob) => fromGlob(typeof glob === 'string' ? glob : glob.pattern));
    const found = [];
    const walk = async (parent) => {
      for (const [name, type] of await this.readDirectory(parent)) {
        const child = vscode.Uri.joinPath(parent, name);
        if (type === Directory) await walk(child);
        else if (fits(child.path.slice(folder.path.length).replace(/^\//, ''), globs, words)) found.push(child);
      }
    };
    await walk(folder);
    return found;
  }

  /** What the server says of a file or folder; null of one that is not there, or outside of what it shows. */
  async #ask(uri, query) {
    const answer = await this.#fetch(uri, query);
    return answer.ok ? answer.json() : null;
  }

  #fetch(uri, query) {
    const path = uri.path.split('/').map(encodeURIComponent).join('/');
    return fetch(`http://${uri.authority}/folder${path}${query}`);
  }

  #write(uri, entry) {
    this.#written.set(uri.path, entry);
  }

  #tell(...events) {
    this.#changed.fire(events.map(([uri, type]) => ({ uri, type })));
  }
}

function fits(path, globs, words) {
  if (globs.length > 0 && !globs.some((glob) => glob.test(path))) return false;
  let from = 0;
  return [...(words ?? '').replace(/[*\s]/g, '').toLowerCase()].every((letter) => {
    const at = path.toLowerCase().indexOf(letter, from);
    from = at + 1;
    return at >= 0;
  });
}

/** Globs of `**`, `*`, `?` and one level of braces, which is all that the workbench asks here. */
function fromGlob(glob) {
  const source = glob.replace(/\*\*\/|\*\*|[*?{},.+^$()|[\]\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part === '{') return '(?:';
    if (part === '}') return ')';
    if (part === ',') return '|';
    return `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}
