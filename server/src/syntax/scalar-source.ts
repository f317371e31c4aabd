import type { Span } from './span.ts';
import type { Scalar } from './tree.ts';

/** For each UTF-16 unit of a value, where it begins and ends in the source of its scalar. */
interface SourceMap {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const maps = new WeakMap<Scalar, SourceMap | 'none'>();

/**
 * Where the part `from`…`to` of a scalar's value stands in the source, in the coordinates of `scalar.span`.
 * Quotes, escapes, folded lines and block indentation are looked through.
 * A value that cannot be followed gives the span of the whole scalar.
 */
export function sourceSpan(scalar: Scalar, from: number, to: number): Span {
  if (scalar.style === 'plain' && scalar.source === scalar.value) {
    return { start: scalar.outer.start + from, end: scalar.outer.start + to };
  }
  const map = maps.get(scalar) ?? mapOf(scalar);
  maps.set(scalar, map);
  if (map === 'none') return scalar.span;
  const last = map.ends.at(-1) ?? scalar.span.start - scalar.outer.start;
  const start = map.starts[from] ?? last;
  const end = to <= from ? start : (map.ends[to - 1] ?? last);
  return { start: scalar.outer.start + start, end: scalar.outer.start + Math.max(start, end) };
}

/** Collects a value unit by unit. */
class Decoder {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  value = '';

  put(text: string, start: number, end: number): void {
    for (let i = 0; i < text.length; i++) {
      this.starts.push(start);
      this.ends.push(end);
    }
    this.value += text;
  }

  /** Text that stands in the source as it is. */
  copy(source: string, start: number, end: number): void {
    for (let i = start; i < end; i++) this.put(source[i] ?? '', i, i + 1);
  }
}

function mapOf(scalar: Scalar): SourceMap | 'none' {
  const decoder = new Decoder();
  if (scalar.style === 'literal' || scalar.style === 'folded') decodeBlock(scalar, decoder);
  else decodeFlow(scalar, decoder);
  return decoder.value.startsWith(scalar.value) ? decoder : 'none';
}

/** Plain and quoted scalars: lines fold, and inside quotes there are escapes. */
function decodeFlow({ source, style }: Scalar, decoder: Decoder): void {
  let at = style === 'plain' ? 0 : 1;
  const stop = style === 'plain' || !closed(source) ? source.length : source.length - 1;
  while (at < stop) {
    const char = source[at] ?? '';
    const fold = /^[ \t]*(?:\r\n|\n|\r)\s*/.exec(source.slice(at, stop))?.[0];
    if (fold !== undefined) {
      const breaks = fold.match(/\r\n|\n|\r/g)?.length ?? 1;
      decoder.put(breaks === 1 ? ' ' : '\n'.repeat(breaks - 1), at, at + fold.length);
      at += fold.length;
    } else if (style === 'single' && char === "'") {
      decoder.put("'", at, at + 2);
      at += 2;
    } else if (style === 'double' && char === '\\') at = decodeEscape(source, at, decoder);
    else {
      decoder.put(char, at, at + 1);
      at += 1;
    }
  }
}

function closed(source: string): boolean {
  return source.length > 1 && source.endsWith(source[0] ?? '');
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** One escape in double quotes; gives the offset behind it. */
function decodeEscape(source: string, at: number, decoder: Decoder): number {
  const next = source[at + 1] ?? '';
  const lineEnd = /^\\(?:\r\n|\n|\r)[ \t]*/.exec(source.slice(at))?.[0];
  if (lineEnd !== undefined) return at + lineEnd.length;
  const digits = hexDigits[next];
  if (digits !== undefined) {
    const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
    const end = at + 2 + digits;
    if (code >= 0 && code <= 0x10ffff) decoder.put(String.fromCodePoint(code), at, end);
    return end;
  }
  decoder.put(escapes[next] ?? next, at, at + 2);
  return at + 2;
}

interface Line {
  readonly start: number;
  readonly end: number;
  /** Where the next line begins. */
  readonly next: number;
}

/** Block scalars: the indentation goes, and lines of a folded one are joined. */
function decodeBlock({ source, style, value }: Scalar, decoder: Decoder): void {
  const [, ...lines] = linesOf(source);
  const first = lines.find((line) => source.slice(line.start, line.end).trim() !== '');
  const indent = first === undefined ? 0 : leading(source.slice(first.start, first.end)) - leading(firstText(value));
  const body = lines.map((line) => ({ ...line, start: Math.min(line.start + indent, line.end) }));
  if (style === 'literal') {
    for (const line of body) {
      decoder.copy(source, line.start, line.end);
      decoder.put('\n', line.end, Math.max(line.end, line.next));
    }
    return;
  }
  let previous: Line | undefined;
  let empty: Line[] = [];
  for (const line of body) {
    if (line.start === line.end) {
      empty.push(line);
      continue;
    }
    if (previous === undefined) for (const blank of empty) decoder.put('\n', blank.start, blank.next);
    else join(previous, empty, line);
    decoder.copy(source, line.start, line.end);
    previous = line;
    empty = [];
  }
  for (const line of [...(previous === undefined ? [] : [previous]), ...empty]) decoder.put('\n', line.end, line.next);

  function join(before: Line, blanks: readonly Line[], after: Line): void {
    const kept = /[ \t]/.test(source[before.start] ?? '') || /[ \t]/.test(source[after.start] ?? '');
    if (kept) decoder.put('\n', before.end, before.next);
    else if (blanks.length === 0) decoder.put(' ', before.end, before.next);
    for (const blank of blanks) decoder.put('\n', blank.start, blank.next);
  }
}

function linesOf(source: string): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < source.length; ) {
    const rest = /\r\n|\n|\r/.exec(source.slice(start));
    const end = rest === null ? source.length : start + rest.index;
    const next = rest === null ? source.length : end + rest[0].length;
    lines.push({ start, end, next });
    start = next;
  }
  return lines;
}

function firstText(value: string): string {
  return value.split('\n').find((line) => line.trim() !== '') ?? '';
}

function leading(line: string): number {
  return line.length - line.trimStart().length;
}
