import crypto from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Script } from 'node:vm';

/**
 * Runs scripts with the code that V8 made of them before, which takes half of the time.
 * Beside a script lies what the builder kept of it (server/scripts/code-cache.mjs). Another V8 than the builder's refuses that,
 * and a package holds none: then what was made in this process can be kept in a folder for the next one.
 */
export class KeptCode {
  readonly #folder: string | undefined;
  readonly #build: string;
  /** Scripts that the builder's code was not for, by the name of their file. */
  readonly #own = new Map<string, Own>();

  /**
   * @param folder where code may be kept, and nothing else is; it is made when there is something to put there
   * @param build names what was built, in sixteen hexadecimal digits, since V8 tells scripts apart by their length alone
   */
  constructor(folder: string | undefined, build: string) {
    this.#folder = folder;
    this.#build = build;
  }

  /** What the script that stands in `path` evaluates to. `source` is its text, where that is not just the file's. */
  run(path: string, source = textOf(path)): unknown {
    return this.#scriptOf(path, source).runInThisContext();
  }

  #scriptOf(path: string, source: string): Script {
    const built = scriptFrom(path, source, readIfThere(`${path}.cache`));
    if (built !== undefined) return built;
    const name = `${basename(path)}.cache`;
    const kept = this.#folder === undefined ? undefined : unsealed(readIfThere(join(this.#folder, this.#build, name)));
    const known = scriptFrom(path, source, kept);
    const script = known ?? new Script(source, { filename: path });
    this.#own.set(name, { script, kept: known === undefined ? 0 : (kept?.length ?? 0) });
    return script;
  }

  /** Keeps the code of what has run until now, where none was kept or much less. Never throws: where nothing can be written, nothing is lost. */
  keep(): void {
    if (this.#folder === undefined || this.#own.size === 0) return;
    try {
      this.#write(join(this.#folder, this.#build));
      for (const other of readdirSync(this.#folder))
        if (other !== this.#build && buildName.test(other))
          rmSync(join(this.#folder, other), { recursive: true, force: true });
    } catch {
      // The folder may be full, or another process may be about the same.
    }
  }

  #write(folder: string): void {
    for (const [name, { script, kept }] of this.#own) {
      const code = script.createCachedData();
      if (code.length < kept * worthwhile) continue;
      mkdirSync(folder, { recursive: true });
      // Another process never reads half a file.
      const draft = join(folder, `${name}.${process.pid}`);
      writeFileSync(draft, sealed(code));
      renameSync(draft, join(folder, name));
    }
  }
}

interface Own {
  readonly script: Script;
  /** The size of the code that it was run with, in bytes; 0 where it was made anew. */
  readonly kept: number;
}

const buildName = /^[0-9a-f]{16}$/;
/** So many times what was kept is worth to be written again: the first session may have been a short one. */
const worthwhile = 1.1;

function scriptFrom(path: string, source: string, cachedData: Buffer | undefined): Script | undefined {
  if (cachedData === undefined) return undefined;
  const script = new Script(source, { filename: path, cachedData });
  return script.cachedDataRejected === true ? undefined : script;
}

/** V8 takes code as it is, and would fall over what a failing disk has made of it. */
function sealed(code: Buffer): Buffer {
  return Buffer.concat([sealOf(code), code]);
}

function unsealed(file: Buffer | undefined): Buffer | undefined {
  if (file === undefined) return undefined;
  const code = file.subarray(sealLength);
  return file.subarray(0, sealLength).equals(sealOf(code)) ? code : undefined;
}

const sealLength = 20;

function sealOf(code: Buffer): Buffer {
  return crypto.createHash('sha1').update(code).digest();
}

/** The programs are ASCII (server/scripts/build.mjs), and Latin-1 is read without a look at each character. */
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
