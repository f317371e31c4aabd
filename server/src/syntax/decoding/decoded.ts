/** A value collected piece by piece, with the place of each UTF-16 unit in the source. */
export class Decoded {
  readonly source: string;
  length = 0;
  private readonly parts: string[] = [];
  private readonly pieces: DecodedPiece[] = [];

  constructor(source: string) {
    this.source = source;
  }

  get value(): string {
    return this.parts.join('');
  }

  /** Text that a stretch of the source stands for as a whole. */
  put(text: string, start: number, end: number): void {
    if (text !== '') this.add(text, { at: this.length, start, end, whole: true });
  }

  /** Text that stands in the source as it is. */
  copy(start: number, end: number): void {
    if (start < end) this.add(this.source.slice(start, end), { at: this.length, start, end, whole: false });
  }

  /** Where a unit of the value, by its offset, begins in the source; 0 beyond the value. */
  startOf(offset: number): number {
    const piece = this.pieceAt(offset);
    if (piece === undefined) return 0;
    return piece.whole ? piece.start : piece.start + offset - piece.at;
  }

  /** Where it ends. */
  endOf(offset: number): number {
    const piece = this.pieceAt(offset);
    if (piece === undefined) return 0;
    return piece.whole ? piece.end : piece.start + offset - piece.at + 1;
  }

  private add(text: string, piece: DecodedPiece): void {
    this.parts.push(text);
    this.pieces.push(piece);
    this.length += text.length;
  }

  private pieceAt(offset: number): DecodedPiece | undefined {
    if (offset < 0 || offset >= this.length) return undefined;
    let low = 0;
    let high = this.pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.pieces[middle]?.at ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return this.pieces[low];
  }
}

interface DecodedPiece {
  /** Where it begins in the value. */
  readonly at: number;
  /** In the source. */
  readonly start: number;
  readonly end: number;
  /** Each unit of it stands for the whole stretch. */
  readonly whole: boolean;
}

/** A line of a source. */
export interface Line {
  readonly start: number;
  /** Where its line break begins. */
  readonly end: number;
  /** Where the next line begins. */
  readonly next: number;
}

/** The lines between two offsets; the last may have no line break, and may be empty. */
export function linesOf(source: string, from: number, to: number): readonly Line[] {
  const lines: Line[] = [];
  const lineBreak = /\r\n|\n|\r/g;
  lineBreak.lastIndex = from;
  let start = from;
  for (let hit = lineBreak.exec(source); hit !== null && hit.index < to; hit = lineBreak.exec(source)) {
    lines.push({ start, end: hit.index, next: lineBreak.lastIndex });
    start = lineBreak.lastIndex;
  }
  lines.push({ start, end: Math.max(start, to), next: Math.max(start, to) });
  return lines;
}
