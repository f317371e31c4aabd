import { closeSync, openSync, readSync } from 'node:fs';

/** As long as the head that server/scripts/parts.mjs writes. */
const headLength = 1024;

interface Head {
  /** By the name of a part, its place and its length in the file. */
  readonly places: Readonly<Record<string, readonly [start: number, length: number]>>;
}

/** A script made of parts, such as the browser's server, each of which can be read by itself. */
export class Parts {
  readonly #path: string;
  #head: Head | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** The text of one part, read as Latin-1 as every program is. */
  textOf(name: string): string {
    const file = openSync(this.#path, 'r');
    try {
      this.#head ??= JSON.parse(read(file, 2, headLength - 2)) as Head;
      const place = this.#head.places[name];
      if (place === undefined) throw new Error(`There is no part ${name} in ${this.#path}`);
      return read(file, ...place);
    } finally {
      closeSync(file);
    }
  }
}

function read(file: number, start: number, length: number): string {
  const bytes = Buffer.allocUnsafe(length);
  for (let done = 0; done < length; ) {
    const more = readSync(file, bytes, done, length - done, start + done);
    if (more === 0) throw new Error('The file has been cut off');
    done += more;
  }
  return bytes.toString('latin1');
}
