import { type Decoded, type Line, linesOf } from './decoded.ts';

/** A line with the end of its indentation. */
interface Indented extends Line {
  readonly text: number;
}

/** A literal or folded scalar. `value` tells how much of the indentation is the value's own. */
export function decodeBlock(to: Decoded, value: string): void {
  const { source } = to;
  const [header, ...rest] = linesOf(source, 0, source.length);
  const lines = rest.map((line) => ({ ...line, text: indentEnd(source, line) }));
  const keep = source
    .slice(0, header?.end)
    .replace(/[ \t]#.*/, '')
    .includes('+');
  const first = lines.findIndex(({ text, end }) => text < end);
  if (first === -1) {
    for (const line of lines.slice(0, value.length)) to.put('\n', line.start, line.next);
    return;
  }
  const trim = trimmed(lines[first], value);
  let stop = lines.length - 1 - [...lines].reverse().findIndex(({ text, end }) => text < end) + 1;
  for (let i = lines.length - 1; i >= stop; i--) if (lengthOf(lines[i]) > trim) stop = i + 1;
  const from = (line: Indented) => Math.min(line.start + trim, line.text);
  for (const line of lines.slice(0, first)) {
    to.copy(from(line), line.text);
    to.put('\n', line.end, line.next);
  }
  const body = lines.slice(first, stop);
  if (source.startsWith('>')) folded(to, body, from);
  else literal(to, body, from);
  chomp(to, lines.slice(stop), body.at(-1), value, keep, from);
}

function literal(to: Decoded, lines: readonly Indented[], from: (line: Indented) => number): void {
  let before: Indented | undefined;
  for (const line of lines) {
    if (before !== undefined) to.put('\n', before.end, before.next);
    to.copy(from(line), line.end);
    before = line;
  }
}

/** Lines are joined by spaces; empty lines are line breaks, and so are those around lines that are indented more. */
function folded(to: Decoded, lines: readonly Indented[], from: (line: Indented) => number): void {
  const { source } = to;
  let gap = '';
  let gapStart = 0;
  let isAfterIndented = false;
  for (const line of lines) {
    const start = from(line);
    const isEmpty = line.text === line.end;
    const isIndented = start < line.text || source[line.text] === '\t';
    if (isIndented) {
      if (gap === ' ') gap = '\n';
      else if (!isAfterIndented && gap === '\n') gap = '\n\n';
    } else if (isEmpty) {
      if (gap === '\n') {
        to.put('\n', gapStart, line.start);
        gapStart = line.start;
      } else gap = '\n';
      continue;
    }
    to.put(gap, gapStart, start);
    to.copy(start, line.end);
    gap = isIndented ? '\n' : ' ';
    gapStart = line.end;
    isAfterIndented = isIndented;
  }
}

/** Line breaks at the end: one, none, or all of them, as the header says. */
function chomp(
  to: Decoded,
  blank: readonly Indented[],
  last: Indented | undefined,
  value: string,
  keep: boolean,
  from: (line: Indented) => number,
): void {
  let before = last;
  if (keep) {
    for (const line of blank) {
      if (before !== undefined) to.put('\n', before.end, before.next);
      to.copy(from(line), line.text);
      before = line;
    }
  }
  const isShort = to.length < value.length;
  if (isShort && before !== undefined) to.put('\n', before.end, before.next);
}

/** Columns that are the block's, not the value's. */
function trimmed(first: Indented | undefined, value: string): number {
  const ownFirst = /^\n* *[^ \n]/.exec(value.replace(/^(?: *\n)+/, ''))?.[0].length ?? 1;
  return lengthOf(first) - (ownFirst - 1);
}

function lengthOf(line: Indented | undefined): number {
  return line === undefined ? 0 : line.text - line.start;
}

function indentEnd(source: string, { start, end }: Line): number {
  let at = start;
  while (at < end && source[at] === ' ') at++;
  return at;
}
