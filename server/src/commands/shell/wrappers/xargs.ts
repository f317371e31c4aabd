import type { Span } from '../../../syntax/span.ts';
import type { MayBeEmpty, Obstacle } from '../../action.ts';
import { type Files, fileNamed } from '../state/files.ts';
import type { Drawn } from '../words/drawn.ts';
import { type Field, fieldOf, type Piece, part, placeOf, spanOf, textOfFields } from '../words/field.ts';
import { wholeOf } from '../words/place.ts';
import { knownText, onlyHole, type ShellText, unknownText } from '../words/text.ts';
import { afterOptions } from './wrappers.ts';

/** The commands that `xargs` or `parallel` runs, and why it cannot be told for how many things. */
export interface Fanned {
  readonly runs: readonly (readonly Field[])[];
  readonly obstacle: Obstacle | undefined;
  /** The runs that go on at the same time; 1: one after the other; undefined: as many as there are. */
  readonly atOnce: number | undefined;
  /** Where that number is written; undefined where it is not. */
  readonly atOncePlace: Span | undefined;
  /** Names that a run gets. */
  readonly each: number;
  /** The words that say how many runs there are; undefined where it is the input. */
  readonly extent?: Span | undefined;
  /** The names, where they are drawn from a listing and every run gets some of them. */
  readonly over: Drawn | undefined;
  /** The things are read by a shell, as part of the command. */
  readonly isScript: boolean;
  /** There is no command, so that each run writes what it gets. */
  readonly isEcho: boolean;
}

const xargsValues = [
  ...['-n', '-L', '-I', '-P', '-d', '-a', '-E', '-s', '-J', '-R', '-S'],
  ...['--max-args', '--max-lines', '--max-procs', '--delimiter', '--arg-file', '--max-chars', '--process-slot-var'],
];

/** Puts the words of `input` into the command that stands after `xargs` and its options. */
export function xargs(words: readonly Field[], input: ShellText | undefined, files: Files): Fanned {
  const at = afterOptions(words, 1, xargsValues);
  const options = words.slice(1, at);
  const command = words.slice(at);
  const isShort = options.some(({ value }) => value === '-i');
  const placeholder = optionValue(options, '-I', '--replace') ?? (isShort ? '{}' : undefined);
  const lines = Number(optionValue(options, '-L', '--max-lines') ?? 'NaN');
  const size = Number(optionValue(options, '-n', '--max-args') ?? `${lines}`);
  const isSkipping = options.some(({ value = '' }) => /^-[0tp]*r|^--no-run/.test(value));
  const file = optionField(options, '-a', '--arg-file');
  const delimiter = optionValue(options, '-d', '--delimiter');
  const given = file === undefined ? input : textIn(file, files);
  const found = fan(words, given, {
    ...{ command, placeholder, isSkipping },
    ...{ size: placeholder !== undefined ? 1 : Number.isInteger(size) && size > 0 ? size : undefined },
    parting: delimiter === undefined ? (placeholder === undefined ? undefined : '\n') : unescaped(delimiter),
    ...procs(optionField(options, '-P', '--max-procs'), 1),
  });
  const isByLine = lines > 0 && placeholder === undefined && given !== undefined && onlyHole(given) === undefined;
  return isByLine ? { ...found, runs: byLine(command, given, lines) } : found;
}

/** What stands in a file, as far as the script has written it. */
export function textIn(file: Field, files: Files): ShellText {
  const why = `what \`${file.value ?? 'the file'}\` holds is not known`;
  return fileNamed(file.value, files) ?? unknownText(placeOf(file), { why });
}

interface Fan {
  readonly command: readonly Field[];
  readonly placeholder: string | undefined;
  /** Names that a run gets; undefined: all of them. */
  readonly size: number | undefined;
  readonly isSkipping: boolean;
  /** What parts the names; undefined: blanks. */
  readonly parting: string | undefined;
  readonly things?: readonly Field[] | undefined;
  readonly atOnce: number | undefined;
  readonly atOncePlace: Span | undefined;
}

export function fan(words: readonly Field[], input: ShellText | undefined, how: Fan): Fanned {
  const { command, placeholder, size, isSkipping, atOnce } = how;
  // Of runs that get several names each, the number is none of servers.
  const atOncePlace = size === 1 ? how.atOncePlace : undefined;
  const [head] = words;
  const each = size ?? Number.POSITIVE_INFINITY;
  const isEcho = command.length === 0;
  const plain = { atOnce, atOncePlace, each, isScript: false, isEcho, over: undefined };
  const hole = onlyHole(input);
  if (head === undefined) return { ...plain, runs: [], obstacle: undefined };
  if (how.things === undefined && (input === undefined || hole !== undefined)) {
    const drawn = hole?.drawn;
    const tool = head.value ?? 'xargs';
    const why = hole?.why ?? `what \`${tool}\` reads is not known`;
    const span = hole === undefined || input === undefined ? spanOf(head) : input.span(0, 1);
    const together = size === undefined || atOnce === undefined ? undefined : size * atOnce;
    const own = drawn && { ...drawn, atOnce: together, atOncePlace };
    const mayBeEmpty: MayBeEmpty | undefined = isSkipping
      ? undefined
      : { span: spanOf(head), text: tool, guarded: { span: spanOf(head), text: `${tool} -r` } };
    const item = unknownItem(head, why, own, mayBeEmpty);
    const over = size === undefined ? undefined : own;
    const obstacle = own === undefined ? { span, why, onlyNames: true } : undefined;
    return { ...plain, runs: [insert(command, [item], placeholder)], obstacle, over };
  }
  const items = how.things ?? (input === undefined ? [] : itemsOf(input, how.parting));
  const extent = how.things === undefined || how.things.length === 0 ? undefined : wholeOf(how.things);
  return { ...plain, runs: runsOf(command, items, placeholder, size, isSkipping), obstacle: undefined, extent };
}

function runsOf(
  command: readonly Field[],
  items: readonly Field[],
  placeholder: string | undefined,
  size: number | undefined,
  isSkipping: boolean,
): readonly (readonly Field[])[] {
  if (placeholder !== undefined) return items.map((item) => insert(command, [item], placeholder));
  if (items.length === 0) return isSkipping ? [] : [command];
  const each = size ?? items.length;
  const runs: (readonly Field[])[] = [];
  for (let from = 0; from < items.length; from += each) runs.push([...command, ...items.slice(from, from + each)]);
  return runs;
}

/** `-L 1`: all the words of so many lines for each run. */
function byLine(command: readonly Field[], input: ShellText, size: number): readonly (readonly Field[])[] {
  const lines = linesIn(input).map((line) => itemsOf(textOfFields([line]), undefined));
  const runs: (readonly Field[])[] = [];
  for (let from = 0; from < lines.length; from += size)
    runs.push([...command, ...lines.slice(from, from + size).flat()]);
  return runs;
}

/** How many run at a time; undefined: as many as there are. */
export function procs(field: Field | undefined, absent: number | undefined): Pick<Fanned, 'atOnce' | 'atOncePlace'> {
  if (field === undefined) return { atOnce: absent, atOncePlace: undefined };
  const number = /^\d{1,6}$/.test(field.value ?? '') ? Number(field.value) : 0;
  return number === 0 ? { atOnce: undefined, atOncePlace: undefined } : { atOnce: number, atOncePlace: placeOf(field) };
}

function unescaped(delimiter: string): string {
  return delimiter === '\\n' ? '\n' : delimiter === '\\t' ? '\t' : delimiter.slice(0, 1);
}

export function optionValue(options: readonly Field[], short: string, long: string): string | undefined {
  const field = optionField(options, short, long);
  return field && (field.value ?? '');
}

/** The value of an option; the option itself where nothing stands behind it. */
export function optionField(options: readonly Field[], short: string, long: string): Field | undefined {
  for (const [index, word] of options.entries()) {
    const option = word.value ?? '';
    const next = options[index + 1] ?? part(word, option.length);
    if (option === short || option === long) return next;
    if (option.startsWith(`${long}=`)) return part(word, long.length + 1);
    if (option.startsWith(short) && option.length > 2) return part(word, 2);
    // `-rn1`, `-tP4`: flags in front of the letter that takes the value.
    const [, flags = '', letter, value] = /^-([0rtpx]+)([A-Za-z])(.*)$/.exec(option) ?? [];
    if (letter !== undefined && `-${letter}` === short) return value ? part(word, flags.length + 2) : next;
  }
  return undefined;
}

/** The lines of a text that are not empty. */
export function linesIn(input: ShellText): readonly Field[] {
  return itemsOf(input, '\n');
}

function itemsOf(input: ShellText, parting: string | undefined): readonly Field[] {
  const items: Field[] = [];
  const pattern =
    parting === undefined ? /\S+/g : parting === '\n' ? /[^\n]+/g : new RegExp(`[^${escaped(parting)}\\n]+`, 'g');
  for (const { 0: whole, index: start } of input.text.matchAll(pattern)) {
    const text = whole.trim();
    if (text === '') continue;
    const index = start + whole.indexOf(text);
    const holes = [...input.holes].filter(([at]) => at >= index && at < index + text.length);
    const inside = new Map(holes.map(([at, hole]) => [at - index, hole]));
    const known = holes.length === 0 ? text : knownText({ text, holes: inside });
    const why = holes.find(([, { value }]) => value === undefined)?.[1].why;
    const place = { from: index, to: index + text.length, exact: known === text, origin: undefined };
    items.push(fieldOf([{ text: known, why, ...place }], input, true));
  }
  return items;
}

function escaped(text: string): string {
  return text.replace(/[\\\]^-]/g, '\\$&');
}

function unknownItem(head: Field, why: string, drawn: Drawn | undefined, mayBeEmpty: MayBeEmpty | undefined): Field {
  const { from, to } = head.pieces[0] ?? { from: 0, to: 0 };
  const piece = { text: undefined, why, from, to, exact: false, origin: undefined, drawn, mayBeEmpty };
  return fieldOf([piece], head.source, true);
}

function insert(command: readonly Field[], items: readonly Field[], placeholder: string | undefined): readonly Field[] {
  const mark = placeholder === '' ? '{}' : placeholder;
  if (mark === undefined) return [...command, ...items];
  const [item] = items;
  return item === undefined ? command : command.map((word) => inserted(word, item, mark));
}

/** The word with the item in each place of the mark; what stands around it keeps its own place in the script. */
export function inserted(word: Field, item: Field, mark: string): Field {
  const { value } = word;
  if (value === undefined || !value.includes(mark)) return word;
  const { why, drawn, mayBeEmpty } = item.pieces[0] ?? {};
  const pieces: Piece[] = [];
  let at = 0;
  for (const [index, text] of value.split(mark).entries()) {
    if (index > 0) {
      const own = part(word, at - mark.length, at) ?? word;
      const place = { from: own.pieces[0]?.from ?? 0, to: own.pieces.at(-1)?.to ?? 0 };
      pieces.push({ text: item.value, why, ...place, exact: false, origin: placeOf(item), drawn, mayBeEmpty });
    }
    if (text !== '') pieces.push(...(part(word, at, at + text.length)?.pieces ?? []));
    at += text.length + mark.length;
  }
  return fieldOf(pieces, word.source, true);
}
