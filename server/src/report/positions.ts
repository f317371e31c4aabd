import type { Span } from '../syntax/span.ts';

/** A place as people count it: lines and columns from 1, columns in UTF-16 units. */
interface Position {
  readonly line: number;
  readonly column: number;
}

interface Range {
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
}

/** Finds lines and columns in one text. */
export interface Positions {
  /** An offset outside the text is taken for the nearest one in it. */
  at(offset: number): Position;
  range(span: Span): Range;
}

/** Lines end with `\n`, `\r\n` or a lone `\r`, as editors count them. The text is searched once. */
export function positionsIn(text: string): Positions {
  const starts = lineStarts(text);
  const at = (offset: number): Position => {
    const place = Math.min(Math.max(offset, 0), text.length);
    const line = lastNotAfter(starts, place);
    return { line: line + 1, column: place - (starts[line] ?? 0) + 1 };
  };
  return { at, range: (span) => ({ start: at(span.start), end: at(span.end) }) };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
  return starts;
}

/** The index of the last of the ascending `starts` that is not after `offset`. */
function lastNotAfter(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
