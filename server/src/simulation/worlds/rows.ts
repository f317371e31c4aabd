/** A list that is cheap to copy with one entry changed: chunks that did not change are shared. */
export class Rows<T> {
  private static readonly size = 32;
  private readonly chunks: readonly (readonly T[])[];

  private constructor(chunks: readonly (readonly T[])[]) {
    this.chunks = chunks;
  }

  static of<T>(values: readonly T[]): Rows<T> {
    const chunks: T[][] = [];
    for (let at = 0; at < values.length; at += Rows.size) chunks.push(values.slice(at, at + Rows.size));
    return new Rows(chunks);
  }

  at(index: number): T | undefined {
    return this.chunks[index >> 5]?.[index & 31];
  }

  /** One entry changed. */
  set(index: number, value: T): Rows<T> {
    const chunks = this.chunks.slice();
    const chunk = (chunks[index >> 5] ?? []).slice();
    chunk[index & 31] = value;
    chunks[index >> 5] = chunk;
    return new Rows(chunks);
  }

  /** The entries at `indices` changed; the same object where none is another than before. */
  with(indices: readonly number[], value: (position: number) => T): Rows<T> {
    let chunks: (readonly T[])[] | undefined;
    const fresh = new Set<number>();
    for (const [position, index] of indices.entries()) {
      const wanted = value(position);
      if (Object.is(this.at(index), wanted)) continue;
      chunks ??= [...this.chunks];
      const at = index >> 5;
      const chunk = fresh.has(at) ? (chunks[at] as T[]) : [...(chunks[at] ?? [])];
      chunk[index & 31] = wanted;
      chunks[at] = chunk;
      fresh.add(at);
    }
    return chunks === undefined ? this : new Rows(chunks);
  }

  /** Indices at which the two lists, of one length, hold different objects. */
  differences(other: Rows<T>): readonly number[] {
    const found: number[] = [];
    for (const [i, chunk] of this.chunks.entries()) {
      const theirs = other.chunks[i];
      if (chunk === theirs) continue;
      for (const [j, value] of chunk.entries()) if (!Object.is(value, theirs?.[j])) found.push(i * Rows.size + j);
    }
    return found;
  }
}
