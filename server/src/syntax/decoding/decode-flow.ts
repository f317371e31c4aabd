import { type Decoded, linesOf } from './decoded.ts';

/** Plain text from an offset of its source on: its lines are folded. */
export function decodePlain(to: Decoded, from: number): void {
  decodeLines(to, from, to.source.length, (start, end) => to.copy(start, end));
}

/** Text in single quotes: its lines are folded, and two quotes stand for one. */
export function decodeSingle(to: Decoded): void {
  const { source } = to;
  decodeLines(to, 1, contentEnd(source), (start, end) => {
    let from = start;
    for (let quote = source.indexOf("''", from); quote !== -1 && quote + 2 <= end; quote = source.indexOf("''", from)) {
      to.copy(from, quote);
      to.put("'", quote, quote + 2);
      from = quote + 2;
    }
    to.copy(from, end);
  });
}

/** White space around line breaks goes; one line break is a space, and of several one goes. */
function decodeLines(to: Decoded, from: number, end: number, copy: (start: number, end: number) => void): void {
  const { source } = to;
  const lines = linesOf(source, from, end);
  let gap = '';
  let gapStart = from;
  for (const [i, line] of lines.entries()) {
    const isFirst = i === 0;
    const isLast = i === lines.length - 1;
    const start = isFirst ? line.start : skipBlanks(source, line.start, line.end);
    const stop = isLast ? line.end : trimBlanks(source, start, line.end);
    if (start >= stop && !isFirst && !isLast) {
      gap = gap === '\n' || gap.length > 1 ? `${gap}\n` : '\n';
      continue;
    }
    if (!isFirst) to.put(gap, gapStart, start);
    copy(start, stop);
    gap = ' ';
    gapStart = stop;
  }
}

/** Text in double quotes: its lines are folded, and a backslash begins an escape. */
export function decodeDouble(to: Decoded): void {
  const { source } = to;
  const end = contentEnd(source);
  const special = /[ \t]*(?:\r\n|\n|\r)|\\/g;
  let from = 1;
  for (;;) {
    special.lastIndex = from;
    const hit = special.exec(source);
    if (hit === null || hit.index >= end) break;
    to.copy(from, hit.index);
    from = hit[0] === '\\' ? decodeEscape(to, hit.index) : fold(to, hit.index, end);
  }
  to.copy(from, end);
}

/** A line break in double quotes, with the white space and the empty lines around it. */
function fold(to: Decoded, at: number, end: number): number {
  const { source } = to;
  let breaks = 0;
  let next = at;
  for (; next < end; next++) {
    const char = source[next];
    if (char === '\n' || (char === '\r' && source[next + 1] !== '\n')) breaks += 1;
    else if (char !== ' ' && char !== '\t' && char !== '\r') break;
  }
  to.put(breaks === 1 ? ' ' : '\n'.repeat(breaks - 1), at, next);
  return next;
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
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  '\t': '\t',
};

const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** One escape in double quotes; gives the offset behind it. One that is not known stands for itself. */
function decodeEscape(to: Decoded, at: number): number {
  const { source } = to;
  const char = source[at + 1] ?? '';
  const lineBreak = /\\(?:\r\n|\n|\r)[ \t]*/y;
  lineBreak.lastIndex = at;
  if (lineBreak.test(source)) return lineBreak.lastIndex;
  const digits = Object.hasOwn(hexDigits, char) ? (hexDigits[char] ?? 0) : 0;
  const end = at + 2 + digits;
  if (digits > 0) {
    const hex = source.slice(at + 2, end);
    const code = hex.length === digits && /^[0-9a-fA-F]+$/.test(hex) ? Number.parseInt(hex, 16) : -1;
    to.put(code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : source.slice(at, end), at, end);
  } else to.put(Object.hasOwn(escapes, char) ? (escapes[char] ?? '') : source.slice(at, end), at, end);
  return end;
}

/** Where the text between the quotes ends; the quote that closes it may be missing. */
function contentEnd(source: string): number {
  return source.length > 1 && source.endsWith(source[0] ?? '') ? source.length - 1 : source.length;
}

function skipBlanks(source: string, from: number, to: number): number {
  let at = from;
  while (at < to && (source[at] === ' ' || source[at] === '\t')) at++;
  return at;
}

function trimBlanks(source: string, from: number, to: number): number {
  let at = to;
  while (at > from && (source[at - 1] === ' ' || source[at - 1] === '\t')) at--;
  return at;
}
