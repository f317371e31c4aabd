import { withEdits } from '../lint/lint.ts';
import type { Edit } from '../rules/finding.ts';
import { lineBreakOf } from '../syntax/line-start.ts';
import { parseWhole, type Read } from '../syntax/parse.ts';
import { type MovedValue, type Spacing, spacingOf } from '../syntax/spacing.ts';
import type { Node } from '../syntax/tree.ts';
import { type Lines, linesOf } from './lines.ts';

/** What a client wants of a formatted text. */
interface FormatOptions {
  /** Columns of one level, from 1 to 8. */
  readonly indent: number;
}

/**
 * Edits that space a file evenly and touch nothing but white space.
 * Undefined where the file has mistakes in its YAML, or where it would mean something else afterwards.
 */
export function formatted(text: string, { indent }: FormatOptions): readonly Edit[] | undefined {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const body = text.slice(mark);
  const before = parseWhole(body);
  if (before.problems.length > 0) return undefined;
  if (body.trim() === '') return [];
  const spacing = spacingOf(body, Math.max(1, Math.min(8, indent)));
  if (spacing === undefined) return undefined;
  const edits = editsOf(body, spacing);
  const after = withEdits(body, edits);
  if (!isSame(before, parseWhole(after)) || withoutBlanks(body) !== withoutBlanks(after)) return undefined;
  return edits.map(({ span, newText }) => ({ span: { start: span.start + mark, end: span.end + mark }, newText }));
}

/** In the order of the text, none over another. */
function editsOf(text: string, spacing: Spacing): readonly Edit[] {
  const lines = linesOf(text);
  const holders = holdersOf(lines, spacing.moved);
  const columns = lineColumns(text, lines, spacing, holders);
  const edits: Edit[] = [];
  const change = (start: number, end: number, newText: string) => {
    if (text.slice(start, end) !== newText) edits.push({ span: { start, end }, newText });
  };
  // Blank lines at the beginning go, too.
  let blanks = 1;
  let gap = 0;
  for (let line = 0; line < lines.count; line++) {
    const start = lines.start(line);
    const end = lines.end(line);
    const content = start + indentOf(text, start, end);
    if (holders[line] === undefined && content === end) {
      blanks += 1;
      const isLast = line === lines.count - 1;
      change(start, blanks > 1 && !isLast ? lines.start(line + 1) : end, '');
      continue;
    }
    blanks = 0;
    const column = columns[line];
    if (column !== undefined) change(start, content, ' '.repeat(column));
    for (let one = spacing.gaps[gap]; one !== undefined && one.span.start < end; one = spacing.gaps[++gap]) {
      if (one.span.start >= content) change(one.span.start, one.span.end, one.newText);
    }
    // Blanks at the ends of lines are a part of what goes over them.
    if (holders[line] !== undefined || (holders[line + 1]?.start ?? end) < end) continue;
    change(start + text.slice(start, end).trimEnd().length, end, '');
  }
  return atEnd(text, edits, spacing.moved);
}

/** For each line the value of several lines that it continues. */
function holdersOf(lines: Lines, moved: readonly MovedValue[]): readonly (MovedValue | undefined)[] {
  const ordered = moved.toSorted((a, b) => a.start - b.start);
  let at = 0;
  return Array.from({ length: lines.count }, (_, line) => {
    const start = lines.start(line);
    while ((ordered[at]?.end ?? start + 1) <= start) at += 1;
    const value = ordered[at];
    return value !== undefined && value.start <= start && line > 0 ? value : undefined;
  });
}

/** One line break at the end, and no blank lines before it, unless they belong to a script. */
function atEnd(text: string, edits: readonly Edit[], moved: readonly MovedValue[]): readonly Edit[] {
  const words = text.trimEnd().length;
  const blank = text.slice(words).search(/[\r\n]/);
  const end = blank < 0 ? text.length : words + blank;
  const rest = text.slice(end);
  const [first = ''] = /^(?:\r\n|\n|\r)?/.exec(rest) ?? [];
  if (rest === first && first !== '') return edits;
  if (moved.some((value) => value.end > end + first.length)) return edits;
  const feed = first === '' ? lineBreakOf(text) : first;
  return [...edits.filter(({ span }) => span.end <= end), { span: { start: end, end: text.length }, newText: feed }];
}

/** The new column of each line's first character; undefined where the line stays as it is. */
function lineColumns(
  text: string,
  lines: Lines,
  { columns }: Spacing,
  holders: readonly (MovedValue | undefined)[],
): readonly (number | undefined)[] {
  const found: (number | undefined)[] = [];
  for (let line = 0; line < lines.count; line++) {
    const start = lines.start(line);
    const indent = indentOf(text, start, lines.end(line));
    const value = holders[line];
    found.push(value === undefined ? columns.get(start + indent) : movedColumn(indent, value));
  }
  return found.map((column, line) => column ?? commentColumn(text, lines, found, columns, line));
}

function movedColumn(indent: number, { by }: MovedValue): number {
  return Math.max(0, indent + by);
}

/** A comment on a line of its own stands over what follows it, or beside what it stood beside. */
function commentColumn(
  text: string,
  lines: Lines,
  found: readonly (number | undefined)[],
  columns: Spacing['columns'],
  line: number,
): number | undefined {
  const start = lines.start(line);
  const indent = indentOf(text, start, lines.end(line));
  if (text[start + indent] !== '#') return undefined;
  const below = contentBelow(text, lines, columns, line);
  if (below !== undefined && below.old === indent) return found[below.line];
  for (let above = line - 1; above >= 0; above--) {
    const from = lines.start(above);
    const column = columns.get(from + indentOf(text, from, lines.end(above)));
    if (column === undefined) continue;
    const old = indentOf(text, from, lines.end(above));
    if (old === indent) return column;
    if (old < indent) return Math.max(0, indent + column - old);
  }
  return below === undefined ? indent : found[below.line];
}

/** The next line below that begins with content of its own, and the column at which it stands. */
function contentBelow(
  text: string,
  lines: Lines,
  columns: Spacing['columns'],
  line: number,
): { readonly line: number; readonly old: number } | undefined {
  for (let other = line + 1; other < lines.count; other++) {
    const start = lines.start(other);
    const old = indentOf(text, start, lines.end(other));
    if (columns.has(start + old)) return { line: other, old };
  }
  return undefined;
}

function indentOf(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && (text[at] === ' ' || text[at] === '\t')) at += 1;
  return at - start;
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Whether two readings say the same: every key and value in its style, every comment, every anchor. */
function isSame(a: Read, b: Read): boolean {
  return (
    b.problems.length === 0 &&
    JSON.stringify(meaning(a.root)) === JSON.stringify(meaning(b.root)) &&
    JSON.stringify(commentsIn(a)) === JSON.stringify(commentsIn(b)) &&
    JSON.stringify([...a.anchors.keys()]) === JSON.stringify([...b.anchors.keys()])
  );
}

function commentsIn({ comments }: Read): readonly string[] {
  return comments.map(({ text }) => text.trimEnd());
}

function meaning(node: Node | undefined): unknown {
  if (node === undefined) return null;
  if (node.kind === 'scalar') return [node.style, node.value];
  if (node.kind === 'sequence') return [node.flow, ...node.items.map(meaning)];
  return { flow: node.flow, entries: node.entries.map(({ key, value }) => [key.value, key.style, meaning(value)]) };
}
