/** A text as a client keeps it: lines end with `\n`, `\r\n` or `\r`, columns count UTF-16 units. Written apart from the server's library. */

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Where each line begins, and where its text ends. */
function linesOf(text: string): readonly (readonly [number, number])[] {
  const lines: [number, number][] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const isReturn = text[i] === '\r';
    if (!isReturn && text[i] !== '\n') continue;
    lines.push([start, i]);
    if (isReturn && text[i + 1] === '\n') i += 1;
    start = i + 1;
  }
  return [...lines, [start, text.length]];
}

/** A position that is beyond its line means the line's end, one beyond the last line the text's. */
export function offsetOf(text: string, { line, character }: Position): number {
  const [start, end] = linesOf(text)[line] ?? [text.length, text.length];
  return Math.min(start + character, end);
}

export function positionOf(text: string, offset: number): Position {
  const lines = linesOf(text);
  const line = lines.findLastIndex(([start]) => start <= offset);
  return { line, character: offset - (lines[line]?.[0] ?? 0) };
}

/** Whether a position is one that the text has. */
export function isInside(text: string, { line, character }: Position): boolean {
  const [start, end] = linesOf(text)[line] ?? [0, -1];
  return line >= 0 && character >= 0 && start + character <= end;
}

export interface TextChange {
  readonly range: Range;
  readonly newText: string;
}

/** All changes are of the text as it is; they may touch and not overlap. */
export function withChanges(text: string, changes: readonly TextChange[]): string {
  const placed = changes
    .map(({ range, newText }, order) => {
      const [a, b] = [offsetOf(text, range.start), offsetOf(text, range.end)];
      return { start: Math.min(a, b), end: Math.max(a, b), newText, order };
    })
    .toSorted((a, b) => a.start - b.start || a.order - b.order);
  let done = '';
  let at = 0;
  for (const { start, end, newText } of placed) {
    if (start < at) throw new Error(`edits overlap at ${start}`);
    done += text.slice(at, start) + newText;
    at = end;
  }
  return done + text.slice(at);
}
