/**
 * A list that is cheap to copy with one entry changed, and of which every version is kept.
 * A version is a snapshot, and the few changes since then, one behind the other: a step that changes one entry adds no more than that to what is kept.
 * Snapshots are in chunks, and share those in which nothing changed.
 */
export class Rows<T> {
  private static readonly size = 32;
  /** Changes since the snapshot; who reads an entry looks at each of them. */
  private static readonly most = 16;
  private readonly chunks: Chunks<T>;
  /** The version before, which has another value at `index`; undefined: this is the snapshot. */
  private readonly before: Rows<T> | undefined;
  private readonly index: number;
  private readonly value: T | undefined;
  private readonly changes: number;

  private constructor(chunks: Chunks<T>, before?: Rows<T>, index = -1, value?: T) {
    this.chunks = chunks;
    this.before = before;
    this.index = index;
    this.value = value;
    this.changes = before === undefined ? 0 : before.changes + 1;
  }

  static of<T>(values: readonly T[]): Rows<T> {
    const chunks: T[][] = [];
    for (let at = 0; at < values.length; at += Rows.size) chunks.push(values.slice(at, at + Rows.size));
    return new Rows<T>(chunks);
  }

  at(index: number): T | undefined {
    let version: Rows<T> = this;
    while (version.before !== undefined) {
      if (version.index === index) return version.value;
      version = version.before;
    }
    return this.chunks[index >> 5]?.[index & 31];
  }

  /** One entry changed. */
  set(index: number, value: T): Rows<T> {
    const changed = new Rows(this.chunks, this, index, value);
    return changed.changes < Rows.most ? changed : new Rows(changed.snapshot());
  }

  /** The entries at `indices` changed; the same object where none is another than before. */
  with(indices: readonly number[], value: (position: number) => T): Rows<T> {
    let chunks: Draft<T> | undefined;
    for (const [position, index] of indices.entries()) {
      const wanted = value(position);
      if (Object.is(this.at(index), wanted)) continue;
      chunks ??= new Draft(this.snapshot());
      chunks.set(index, wanted);
    }
    return chunks === undefined ? this : new Rows(chunks.chunks);
  }

  /** Indices at which the two lists, of one length, hold different objects. */
  differences(other: Rows<T>): readonly number[] {
    const theirs = other.snapshot();
    const found: number[] = [];
    for (const [i, chunk] of this.snapshot().entries()) {
      const same = theirs[i];
      if (chunk === same) continue;
      for (const [j, value] of chunk.entries()) if (!Object.is(value, same?.[j])) found.push(i * Rows.size + j);
    }
    return found;
  }

  private snapshot(): Chunks<T> {
    if (this.before === undefined) return this.chunks;
    const draft = new Draft(this.chunks);
    const versions: Rows<T>[] = [];
    for (let version: Rows<T> = this; version.before !== undefined; version = version.before) versions.push(version);
    for (const { index, value } of versions.reverse()) draft.set(index, value as T);
    return draft.chunks;
  }
}

type Chunks<T> = readonly (readonly T[])[];

/** Chunks that are copied when the first of their entries changes. */
class Draft<T> {
  readonly chunks: (readonly T[])[];
  private readonly fresh = new Set<number>();

  constructor(chunks: Chunks<T>) {
    this.chunks = chunks.slice();
  }

  set(index: number, value: T): void {
    const at = index >> 5;
    const chunk = this.fresh.has(at) ? (this.chunks[at] as T[]) : (this.chunks[at] ?? []).slice();
    chunk[index & 31] = value;
    this.chunks[at] = chunk;
    this.fresh.add(at);
  }
}
