import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Script } from 'node:vm';

/**
 * Runs scripts with the code that V8 made of them before, which saves half of the time to start.
 * Beside a script lies what the builder kept of it (server/scripts/code-cache.mjs). Another V8 than the builder's refuses that,
 * and a package holds none: then what was made in this process can be kept in a folder for the next one.
 */
export class KeptCode {
  readonly #folder: string | undefined;
  readonly #build: string;
  /** What had to be made anew, by the name of its file. */
  readonly #made = new Map<string, Script>();

  /**
   * @param folder where code may be kept; it is made when there is something to put there
   * @param build names what was built, since V8 tells scripts apart by their length alone
   */
  constructor(folder: string | undefined, build: string) {
    this.#folder = folder;
    this.#build = build;
  }

  /** What the script that stands in `path` evaluates to. `source` is its text, where that is not just the file's. */
  run(path: string, source = textOf(path)): unknown {
    const script = this.#scriptOf(path, source);
    return script.runInThisContext();
  }

  #scriptOf(path: string, source: string): Script {
    const name = `${basename(path)}.cache`;
    for (const place of [
      `${path}.cache`,
      ...(this.#folder === undefined ? [] : [join(this.#folder, this.#build, name)]),
    ]) {
      const cachedData = readIfThere(place);
      if (cachedData === undefined) continue;
      const script = new Script(source, { filename: path, cachedData });
      if (script.cachedDataRejected !== true) return script;
    }
    const script = new Script(source, { filename: path });
    this.#made.set(name, script);
    return script;
  }

  /** Keeps what had to be made anew, with all that has run until now. Never throws: where nothing can be written, nothing is lost. */
  keep(): void {
    if (this.#folder === undefined || this.#made.size === 0) return;
    try {
      this.#write(join(this.#folder, this.#build));
      for (const other of readdirSync(this.#folder))
        if (other !== this.#build) rmSync(join(this.#folder, other), { recursive: true, force: true });
    } catch {
      // Another window may be about the same.
    }
  }

  #write(folder: string): void {
    mkdirSync(folder, { recursive: true });
    for (const [name, script] of this.#made) {
      // Another process never reads half a file.
      const draft = join(folder, `${name}.${process.pid}`);
      writeFileSync(draft, script.createCachedData());
      renameSync(draft, join(folder, name));
    }
  }
}

/** The programs are ASCII, and Latin-1 is read without a look at each character. */
export function textOf(path: string): string {
  return readFileSync(path, 'latin1');
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
