import { type Field, fieldOf, type Piece, part } from '../words/field.ts';

/** What stands for several lines, or for one that is made of them, after a filter. */
type Lines = readonly Field[];

/** Longer lines and patterns are not looked at. */
const mostLetters = 400;

/** `sed 's/\\..*$//'`, `sed 's/,/ /g'`: a pattern of few signs, and a text put in its place. */
export function substituted(lines: Lines, args: readonly string[]): Lines | undefined {
  const isExtended = args.some((arg) => arg === '-E' || arg === '-r');
  const [program = '', ...others] = args.filter((arg) => !/^-[Ere]$/.test(arg));
  const [, sign = '/', rest = ''] = /^s([/|,#:@])(.*)$/.exec(program.trim()) ?? [];
  const [pattern, into, flags, ...more] = rest.split(new RegExp(`(?<!\\\\)[${sign}]`));
  if (others.length > 0 || pattern === undefined || into === undefined || more.length > 0) return undefined;
  if (pattern.length > mostLetters || !/^g?$/.test(flags ?? '-') || /[&\\]/.test(into)) return undefined;
  const written = pattern.replaceAll(`\\${sign}`, sign);
  // Signs that mean the same to both, and no part that is put in again.
  const known = isExtended ? /^(?:[^\\(){}|]|\\[./*+?$^[\]-])+$/ : /^(?:[^\\(){}|+?]|\\[./*$^[\]-])+$/;
  // Few enough that the search takes no long time, whatever the line.
  const isAnchored = /^\^?[^^$]*\$?$/.test(written.replace(/\\.|\[\^?\]?[^\]]*\]/g, ''));
  const isPlain =
    known.test(written) && isAnchored && !/\[:|[*+?]{2}/.test(written) && written.split(/[*+]/).length <= 3;
  const searched = isPlain ? compiled(written) : undefined;
  return searched && edited(lines, searched, into, flags === 'g');
}

function compiled(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'g');
  } catch {
    return undefined;
  }
}

/** `tr -d '"'`, `tr -s ' '`; undefined where it does something else. */
export function trimmed(lines: Lines, [option, letters = '', ...others]: readonly string[]): Lines | undefined {
  const named: Readonly<Record<string, string>> = { '[:space:]': '\\s', '[:blank:]': '[ \\t]', '\\r': '\\r' };
  const set = named[letters] ?? (/^[^\\[\]-]+$/.test(letters) ? `[${letters.replaceAll('^', '\\^')}]` : undefined);
  if (others.length > 0) return undefined;
  if (option === '-d' && letters === '\\n') return [inOne(lines, '')].flatMap((line) => line ?? []);
  if (option === '-d' && set !== undefined) {
    const left = edited(lines, new RegExp(set, 'g'), '', true);
    return letters === '[:space:]' && left !== undefined ? [inOne(left, '')].flatMap((line) => line ?? []) : left;
  }
  return option === '-s' && letters === ' ' ? edited(lines, / +/g, ' ', true) : undefined;
}

/** `paste -sd,`: all in one line. */
export function pasted(lines: Lines, args: readonly string[]): Lines | undefined {
  const options = args.filter((arg) => arg !== '-').join(' ');
  const [, between = '\t'] = /^-s(?:$| ?-?d ?(.)$)/.exec(options) ?? /^-d ?(.) -s$/.exec(options) ?? [undefined, ''];
  if (between === '') return undefined;
  return [inOne(lines, between)].flatMap((line) => line ?? []);
}

/** The lines in one, with a text between them. */
function inOne(lines: Lines, between: string): Field | undefined {
  const [first] = lines;
  if (first === undefined) return undefined;
  return fieldOf(
    lines.flatMap((line, at) => (at === 0 ? line.pieces : [textAt(line, between), ...line.pieces])),
    first.source,
    true,
  );
}

function edited(lines: Lines, pattern: RegExp, into: string, isGlobal: boolean): Lines | undefined {
  if (lines.some(({ value = '' }) => value.length > mostLetters)) return undefined;
  return lines.map((line) => {
    const pieces: Piece[] = [];
    let from = 0;
    for (const found of (line.value ?? '').matchAll(pattern)) {
      // Right behind a match nothing is no match of its own.
      if (found[0] === '' && found.index === from && from > 0) continue;
      pieces.push(...(part(line, from, found.index)?.pieces ?? []), textAt(line, into));
      from = found.index + found[0].length;
      if (!isGlobal) break;
    }
    return pieces.length === 0 ? line : fieldOf([...pieces, ...(part(line, from)?.pieces ?? [])], line.source, true);
  });
}

/** A text that the filter puts in, said of the whole line. */
function textAt({ from, to }: Field, text: string): Piece {
  return { text, why: undefined, from, to, exact: false, origin: undefined };
}
