/** A value collected character by character, with the place of each UTF-16 unit in the source. */
export class Decoded {
  readonly source: string;
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  private readonly parts: string[] = [];

  constructor(source: string) {
    this.source = source;
  }

  get value(): string {
    return this.parts.join('');
  }

  /** Text that a stretch of the source stands for as a whole. */
  put(text: string, start: number, end: number): void {
    for (let i = 0; i < text.length; i++) {
      this.starts.push(start);
      this.ends.push(end);
    }
    this.parts.push(text);
  }

  /** Text that stands in the source as it is. */
  copy(start: number, end: number): void {
    for (let i = start; i < end; i++) {
      this.starts.push(i);
      this.ends.push(i + 1);
    }
    if (start < end) this.parts.push(this.source.slice(start, end));
  }
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
