import type { Colours } from './terminal.ts';

/** A column of a table; a cell may have a paint of its own. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly cells: readonly Cell[];
}

type Cell = string | { readonly text: string; paint(text: string): string };

/** Columns side by side, two blanks between them, without blanks at the end of a line. Columns of nothing are left out. */
export function table(columns: readonly Column[], colours: Colours): string {
  const shown = columns
    .map((column) => ({ column, texts: [column.title, ...column.cells.map(textOf)] }))
    .filter(({ texts }) => texts.some((text) => text !== ''))
    .map(({ column, texts }) => ({ ...column, width: Math.max(...texts.map(widthOf)) }));
  const rows = Math.max(0, ...shown.map(({ cells }) => cells.length));
  const head = shown.map(({ title, align, width }) => painted({ text: title, paint: colours.bold }, align, width));
  const lines = Array.from({ length: rows }, (_, i) =>
    shown.map(({ cells, align, width }) => painted(cells[i] ?? '', align, width)),
  );
  return [head, ...lines].map((cells) => trimmed(cells.join('  '))).join('\n');
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

function painted(cell: Cell, align: Column['align'], width: number): string {
  const text = padded(textOf(cell), align, width);
  return typeof cell === 'string' || text.trim() === '' ? text : cell.paint(text);
}

function padded(text: string, align: Column['align'], width: number): string {
  const blanks = ' '.repeat(width - widthOf(text));
  return align === 'left' ? text + blanks : blanks + text;
}

/** Characters as people count them; wide ones of East Asia take two columns. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text.normalize('NFC')) {
    if (!/\p{Mark}/u.test(char)) width += wide.test(char) ? 2 : 1;
  }
  return width;
}

const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;

/** Blanks at the end of a line, before the codes that end a colour. */
function trimmed(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's codes begin with one
  return line.replace(/ +((?:\u001B\[\d+m)*)$/, '$1').trimEnd();
}
