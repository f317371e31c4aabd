import { namePattern } from '../../../model/name-pattern.ts';
import { joined } from '../state/written.ts';
import { type Field, part, textOfFields } from '../words/field.ts';
import type { ShellText } from '../words/text.ts';
import { linesIn } from '../wrappers/xargs.ts';
import { pasted, substituted, trimmed } from './edit-lines.ts';

/**
 * What `sort`, `uniq`, `grep`, `awk`, `cut`, `sed`, `tr` and `paste` leave of lines that are known.
 * Undefined where a line or what they do with it is not.
 */
export function filterLines(tool: string, args: readonly Field[], input: ShellText): ShellText | undefined {
  const lines = linesIn(input);
  const values = args.map(({ value }) => value);
  if (lines.some(({ value }) => value === undefined) || values.some((value) => value === undefined)) return undefined;
  const given = values.map((value) => value ?? '');
  const left = filters[tool]?.(lines, given);
  return left && (joined(left.map((line) => textOfFields([line]))) ?? textOfFields([]));
}

type Filter = (lines: readonly Field[], args: readonly string[]) => readonly Field[] | undefined;

const filters: Readonly<Record<string, Filter>> = {
  ...{ sort, uniq, grep, egrep: grep, fgrep: grep, awk, gawk: awk, cut, tr: trimmed, paste: pasted },
  sed: (lines, args) => sed(lines, args) ?? substituted(lines, args),
  head: (lines, args) => allBut(args, '-', (count) => lines.slice(0, Math.max(0, lines.length - count))),
  tail: (lines, args) => allBut(args, '+', (count) => lines.slice(Math.max(0, count - 1))),
};

function textOf({ value }: Field): string {
  return value ?? '';
}

function sort(lines: readonly Field[], args: readonly string[]): readonly Field[] | undefined {
  if (!args.every((arg) => /^-[urnV]+$/.test(arg))) return undefined;
  const has = (letter: string) => args.some((arg) => arg.includes(letter));
  // What is no number counts as none, and is put in an order of its own.
  if (has('n') && !lines.every((line) => /^-?\d+$/.test(textOf(line)))) return undefined;
  const numeric = has('n') || has('V');
  const compare = (a: Field, b: Field) =>
    numeric
      ? textOf(a).localeCompare(textOf(b), 'en', { numeric: true })
      : Number(textOf(a) > textOf(b)) - Number(textOf(a) < textOf(b));
  const sorted = lines.toSorted(has('r') ? (a, b) => compare(b, a) : compare);
  return has('u') ? uniq(sorted, []) : sorted;
}

function uniq(lines: readonly Field[], args: readonly string[]): readonly Field[] | undefined {
  return args.length > 0 ? undefined : lines.filter((line, at) => textOf(line) !== lines[at - 1]?.value);
}

/** Signs that mean something else without `-E`. */
const extendedOnly = /[+?(){}|]/;

function grep(lines: readonly Field[], args: readonly string[]): readonly Field[] | undefined {
  const options = args.filter((arg) => arg.startsWith('-'));
  const [text, ...files] = args.filter((arg) => !arg.startsWith('-'));
  const has = (letter: string) => options.some((option) => option.includes(letter));
  if (text === undefined || files.length > 0 || !options.every((option) => /^-[vEFwx]+$/.test(option)))
    return undefined;
  if (!has('F') && ((!has('E') && extendedOnly.test(text)) || text.includes('\\'))) return undefined;
  const literal = has('F') ? text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : text;
  const whole = has('x') ? `^${literal}$` : has('w') ? `\\b${literal}\\b` : literal;
  const pattern = namePattern(whole, 'regex-anywhere');
  return pattern && lines.filter((line) => pattern.fits(textOf(line)) !== has('v'));
}

/** `{print $2}`, `NR<=4`, `NR>1 {print $1}`, with `-F ,`. */
function awk(lines: readonly Field[], args: readonly string[]): readonly Field[] | undefined {
  const [separator, program, ...files] = withOption('-F', args);
  const found = /^(?:NR(==|<=|<|>=|>)(\d{1,6}))?\s*(\{\s*print(?:\s+\$(\d{1,2}))?\s*;?\s*\})?$/.exec(
    (program ?? '').trim().replace(/NR\s*([<>=]+)\s*/, 'NR$1'),
  );
  if (found === null || program?.trim() === '' || files.length > 0) return undefined;
  const [, operator, number, , column = '0'] = found;
  const some = operator === undefined ? lines : lines.filter((_, at) => holds(at + 1, operator, Number(number)));
  return columnOf(some, Number(column), separator === undefined ? /\S+/g : fieldsBetween(separator));
}

function holds(row: number, operator: string, number: number): boolean {
  switch (operator) {
    case '==':
      return row === number;
    case '<=':
      return row <= number;
    case '<':
      return row < number;
    case '>=':
      return row >= number;
    default:
      return row > number;
  }
}

/** `cut -d, -f2`. */
function cut(lines: readonly Field[], args: readonly string[]): readonly Field[] | undefined {
  const [separator = '\t', ...rest] = withOption('-d', args);
  const [column, ...others] = withOption('-f', rest);
  if (column === undefined || !/^\d{1,2}$/.test(column) || others.length > 0) return undefined;
  // A line without the separator is handed on whole.
  return lines.flatMap((line) =>
    textOf(line).includes(separator) ? (columnOf([line], Number(column), fieldsBetween(separator)) ?? []) : [line],
  );
}

/** The value of an option, and what else stands there. */
function withOption(name: string, args: readonly string[]): readonly [string | undefined, ...(readonly string[])] {
  const at = args.findIndex((arg) => arg.startsWith(name));
  const option = args[at];
  if (option === undefined) return [undefined, ...args];
  const isGlued = option.length > name.length;
  return [
    isGlued ? option.slice(name.length) : args[at + 1],
    ...args.slice(0, at),
    ...args.slice(at + (isGlued ? 1 : 2)),
  ];
}

function fieldsBetween(separator: string): RegExp | undefined {
  return separator.length === 1 ? new RegExp(`[^${separator.replace(/[\\\]^-]/g, '\\$&')}]*`, 'g') : undefined;
}

/** One column of each line, 0 being all of it. */
function columnOf(lines: readonly Field[], column: number, cell: RegExp | undefined): readonly Field[] | undefined {
  if (column === 0) return lines;
  if (cell === undefined) return undefined;
  return lines.flatMap((line) => {
    const cells = cellsOf(textOf(line), cell);
    const found = cells[column - 1];
    const own = found === undefined ? undefined : part(line, found.from, found.to);
    return own === undefined || own.value === '' ? [] : [own];
  });
}

function cellsOf(text: string, cell: RegExp): readonly { readonly from: number; readonly to: number }[] {
  const isBlank = cell.source === '\\S+';
  const cells: { from: number; to: number }[] = [];
  for (let from = 0; from <= text.length; ) {
    cell.lastIndex = from;
    const found = cell.exec(text);
    if (found === null) break;
    cells.push({ from: found.index, to: found.index + found[0].length });
    // Behind a separator the next cell begins; blanks count as one.
    from = found.index + found[0].length + (isBlank ? 0 : 1);
  }
  return cells;
}

/** `head -n -2`, `tail -n +2`. */
function allBut(
  args: readonly string[],
  sign: string,
  take: (count: number) => readonly Field[],
): readonly Field[] | undefined {
  const [, own, count] = /^(?:-n|--lines=)\s?([+-])(\d{1,6})$/.exec(args.join(' ')) ?? [];
  return own === sign ? take(Number(count)) : undefined;
}

/** `sed 1d`, `sed 2,4d`, `sed -n 2,4p`, `sed 3q`. */
function sed(lines: readonly Field[], args: readonly string[]): readonly Field[] | undefined {
  const [, silent, first, last = first, action] =
    /^(-n )?(\d{1,6})(?:,(\d{1,6}|\$))?([dpq])$/.exec(args.join(' ')) ?? [];
  const [from, to] = [Number(first), last === '$' ? lines.length : Number(last)];
  const isWithin = (_: Field, at: number) => at + 1 >= from && at + 1 <= to;
  if (action === 'd' && silent === undefined) return lines.filter((line, at) => !isWithin(line, at));
  if (action === 'p' && silent !== undefined) return lines.filter(isWithin);
  return action === 'q' && silent === undefined ? lines.slice(0, from) : undefined;
}
