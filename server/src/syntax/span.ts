/**
 * A half-open range of UTF-16 offsets.
 * Offsets count from the start of the text that was parsed: a whole file, or the block of one step.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The same span, seen from a text in which its own text starts at `offset`. */
export function shift(span: Span, offset: number): Span {
  return { start: span.start + offset, end: span.end + offset };
}

/** Whether both are the same stretch. */
export function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

/** Whether `offset` touches the span; its end counts, because a cursor stands between characters. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
