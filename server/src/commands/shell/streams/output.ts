import { parseHosts } from '../../../model/hosts.ts';
import { padded } from '../expansion/braces.ts';
import { joined } from '../state/written.ts';
import { type Field, textOfFields } from '../words/field.ts';
import type { ListingOf } from '../words/listing.ts';
import { wholeOf } from '../words/place.ts';
import { onlyHole, type ShellText, unknownText } from '../words/text.ts';
import { toolName } from '../words/tool-name.ts';
import { xargs } from '../wrappers/xargs.ts';
import { filterDrawn, lineCount } from './filters.ts';
import { filterLines } from './line-filters.ts';
import { manifestOf } from './manifest.ts';
import { printed } from './printf.ts';

/** Numbers that one `seq` may write, and hosts that one list may name. */
const mostNumbers = 10_000;

/**
 * What a command writes, as far as that follows from its words: echo, printf, seq, and filters that only pass on.
 * Of a declared command that lists servers it is known which servers; of any other, nothing.
 * Blanks stand for line ends in what `echo` writes.
 */
export function outputOf(words: readonly Field[], input: ShellText | undefined, listingOf: ListingOf): ShellText {
  return known(words, input) ?? drawnFrom(words, input, listingOf) ?? nothingKnown(words);
}

/** They write what they read, all of it, in other characters at most: what is not known of the one is not of the other. */
const handingOn = new Set(['cat', 'tee', 'tr', 'sed', 'envsubst', 'dos2unix', 'gunzip', 'zcat', 'base64', 'gpg', 'pv']);

function nothingKnown(words: readonly Field[]): ShellText {
  const place = wholeOf(words);
  const text = words.map(({ value, source, from, to }) => value ?? source.text.slice(from, to)).join(' ');
  const shown = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  return unknownText(place, { why: `what \`${shown}\` writes is not known` });
}

function drawnFrom(words: readonly Field[], input: ShellText | undefined, listingOf: ListingOf): ShellText | undefined {
  const hole = onlyHole(input);
  if (hole !== undefined) {
    const drawn = hole.drawn && filterDrawn(words, hole.drawn);
    if (hole.drawn === undefined && handingOn.has(toolName(words[0]?.value ?? ''))) return input;
    return drawn && unknownText(drawn.listing.span, { why: drawn.sifted?.why ?? hole.why, drawn });
  }
  const listing = listingOf(words);
  if (listing === undefined) return undefined;
  const drawn = { listing, most: listing.most, sifted: listing.sifted, atOnce: undefined };
  return unknownText(listing.span, { why: 'which servers it lists is not known', drawn });
}

function known(words: readonly Field[], input: ShellText | undefined): ShellText | undefined {
  const [head, ...args] = words;
  const values = args.map(({ value }) => value);
  const operands = args.filter(({ value }) => value === undefined || !/^-./.test(value));
  const given = onlyHole(input) === undefined ? input : undefined;
  switch (toolName(head?.value ?? '')) {
    case 'echo':
      return echoed(args, values);
    case 'printf':
      return printed(args);
    case 'seq':
      return sequence(args);
    case 'expr':
      return computed(args);
    case 'nodeset':
    case 'scontrol':
    case 'cluset':
      return hostNames(args);
    case 'kubectl':
    case 'k':
    case 'oc': {
      const manifest = manifestOf(args);
      return manifest === undefined ? undefined : fixedText(manifest, args);
    }
    case 'cat':
      return operands.length === 0 ? given : undefined;
    case 'tee':
      return given;
    case 'sort':
    case 'uniq':
    case 'grep':
    case 'egrep':
    case 'fgrep':
    case 'awk':
    case 'gawk':
    case 'cut':
    case 'sed':
      return filtered(words, given);
    case 'paste':
      return filtered(words, given);
    case 'tr':
      return translated(values, given) ?? filtered(words, given);
    case 'xargs':
      return grouped(words, given);
    case 'head':
      return someLines(words, given, (lines, count) => lines.slice(0, count)) ?? filtered(words, given);
    case 'tail':
      return someLines(words, given, (lines, count) => lines.slice(-count)) ?? filtered(words, given);
    default:
      return undefined;
  }
}

function filtered([head, ...args]: readonly Field[], input: ShellText | undefined): ShellText | undefined {
  return input && (inDoubt(input) ?? filterLines(toolName(head?.value ?? ''), args, input));
}

/** Where a part of the text is not known, neither is what a filter makes of it. */
function inDoubt({ holes, span }: ShellText): ShellText | undefined {
  const gap = [...holes].find(([, { value }]) => value === undefined);
  if (gap === undefined) return undefined;
  const [at, { length, why, drawn, mayBeEmpty }] = gap;
  return unknownText(span(at, at + length), { why, drawn, mayBeEmpty });
}

function fixedText(text: string, args: readonly Field[]): ShellText {
  const place = wholeOf(args);
  return { text, holes: new Map(), span: () => place, origin: () => undefined };
}

/** With `-e`, a line end is written as `\n`; so that every place stays where it is, a blank follows it. */
function echoed(args: readonly Field[], values: readonly (string | undefined)[]): ShellText {
  const own = Math.max(
    0,
    values.findIndex((value) => value === undefined || !/^-[neE]+$/.test(value)),
  );
  const text = textOfFields(args.slice(own));
  const isEscaped = values.slice(0, own).some((value) => value?.includes('e'));
  return isEscaped && text.text.includes('\\n') ? { ...text, text: text.text.replaceAll('\\n', '\n ') } : text;
}

/** `xargs -n 5` without a command: five of the names on each line. */
function grouped(words: readonly Field[], input: ShellText | undefined): ShellText | undefined {
  if (input === undefined) return undefined;
  const { runs, isEcho } = xargs(words, input, new Map());
  return isEcho ? joined(runs.map((run) => textOfFields(run))) : undefined;
}

/** `expr 1 + 2`. */
function computed(args: readonly Field[]): ShellText | undefined {
  const [, a, operator, b] =
    /^(-?\d{1,9}) ([+*/-]) (-?\d{1,9})$/.exec(args.map(({ value }) => value ?? '').join(' ')) ?? [];
  if (a === undefined || b === undefined || (operator === '/' && Number(b) === 0)) return undefined;
  const [left, right] = [Number(a), Number(b)];
  const value =
    operator === '+' ? left + right : operator === '-' ? left - right : operator === '*' ? left * right : left / right;
  return fixedText(`${Math.trunc(value)}`, args);
}

/** `nodeset -e web[1-4]`, `scontrol show hostnames web[1-4]`: the hosts one by one; `nodeset -f` in one word. */
function hostNames(args: readonly Field[]): ShellText | undefined {
  const given = args.map(({ value }) => value ?? '');
  // -S, --separator: what stands between the names.
  const values = given.filter((_, at) => !/^(?:-S|--separator)$/.test(given[at - 1] ?? ''));
  // What is left out, or kept, of a list is not worked out.
  if (values.some((value) => /^(?:-[xiX]|--exclude|--intersection|--xor)/.test(value))) return undefined;
  const isExpanding = values.some((value) => /^(?:-\w*e\w*|--expand)$/.test(value)) || values[0] === 'show';
  const isFolding = values.some((value) => /^(?:-f|--fold)$/.test(value));
  const lists = values.filter((value) => !value.startsWith('-') && value !== 'show' && value !== 'hostnames');
  if (!(isExpanding || isFolding) || lists.length === 0 || args.some(({ value }) => value === undefined))
    return undefined;
  const { set, problem } = parseHosts(lists);
  if (problem !== undefined || set.size === 0 || set.size > mostNumbers) return undefined;
  return fixedText([...set.names()].join(isFolding ? ',' : '\n'), args);
}

/** `seq 4`, `seq -w 1 2 9`, `seq -f 'web%02g' 4`, `seq -s ' ' 4`. */
function sequence(args: readonly Field[]): ShellText | undefined {
  const numbers: string[] = [];
  let isEven = false;
  let format = '%g';
  let parting = '\n';
  for (let at = 0; at < args.length; at++) {
    const value = args[at]?.value;
    const [, option, glued] = /^-([fsw])(.*)$/s.exec(value ?? '') ?? [];
    if (option === 'w') isEven = true;
    else if (option !== undefined) {
      const text = glued === '' ? args[++at]?.value : glued;
      if (text === undefined) return undefined;
      if (option === 'f') format = text;
      else parting = text;
    } else if (value !== undefined && /^-?\d{1,9}$/.test(value)) numbers.push(value);
    else return undefined;
  }
  const [, before, zeros, digits, after] = /^([^%]*)%(0?)(\d{0,2})[gd.f0]*([^%]*)$/.exec(format) ?? [];
  if (numbers.length === 0 || numbers.length > 3 || before === undefined) return undefined;
  const [first = '', end = ''] = [numbers.length > 1 ? numbers[0] : '1', numbers.at(-1)];
  const [from, last] = [Number(first), Number(end)];
  const step = numbers.length > 2 ? Number(numbers[1]) : 1;
  if (step === 0 || Math.abs((last - from) / step) >= mostNumbers) return undefined;
  // As wide as the wider of the two ends is written: `seq -w 1 06` gives 01 to 06.
  const even = isEven ? Math.max(first.length, end.length) : 0;
  const width = zeros === '' ? even : Math.max(even, Number(digits));
  const words: string[] = [];
  for (let value = from; step > 0 ? value <= last : value >= last; value += step) {
    words.push(`${before}${padded(value, width)}${after}`);
  }
  return fixedText(words.join(parting), args);
}

/** `tr ' ' '\n'`, `tr , '\n'`: one character for another. */
function translated(values: readonly (string | undefined)[], input: ShellText | undefined): ShellText | undefined {
  const escapes: Readonly<Record<string, string>> = { '\\n': '\n', '\\t': '\t', '[:space:]': ' ' };
  const upper = /^(?:a-z A-Z|\[:lower:\] \[:upper:\])$/.test(values.join(' '));
  if (input !== undefined && upper) return { ...input, text: input.text.toUpperCase() };
  const lower = /^(?:A-Z a-z|\[:upper:\] \[:lower:\])$/.test(values.join(' '));
  if (input !== undefined && lower) return { ...input, text: input.text.toLowerCase() };
  const [from, to] = values.map((value) => escapes[value ?? ''] ?? value ?? '');
  if (input === undefined || values.length !== 2 || from?.length !== 1 || to?.length !== 1) return undefined;
  return { ...input, text: input.text.replaceAll(from, to) };
}

function someLines(
  words: readonly Field[],
  input: ShellText | undefined,
  take: (lines: readonly string[], count: number) => readonly string[],
): ShellText | undefined {
  const count = lineCount(words);
  if (input === undefined || count === undefined || count === 'most' || !input.text.includes('\n')) return undefined;
  const lines = input.text.replace(/\n$/, '').split('\n');
  const left = take(lines, count.value);
  const skipped = left[0] === lines[0] ? 0 : lines.slice(0, lines.length - left.length).join('\n').length + 1;
  const { holes, span, origin } = input;
  if (skipped === 0) return { ...input, text: left.join('\n') };
  return {
    text: left.join('\n'),
    holes: new Map([...holes].map(([at, hole]) => [at - skipped, hole])),
    span: (a, b) => span(a + skipped, b + skipped),
    origin: (a, b) => origin(a + skipped, b + skipped),
  };
}
