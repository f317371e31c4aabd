import { padded } from './shell-braces.ts';
import { type Field, textOfFields } from './shell-field.ts';
import type { ShellText } from './shell-text.ts';
import { toolName } from './shell-wrappers.ts';

/** Numbers that one `seq` may write. */
const mostNumbers = 10_000;

/**
 * What a command writes, as far as that follows from its words: echo, printf, seq, and filters that only pass on.
 * Undefined where it is not known. Blanks stand for line ends in what `echo` and `printf` write.
 */
export function outputOf(words: readonly Field[], input: ShellText | undefined): ShellText | undefined {
  const [head, ...args] = words;
  const values = args.map(({ value }) => value);
  const operands = args.filter(({ value }) => value === undefined || !/^-./.test(value));
  switch (toolName(head?.value ?? '')) {
    case 'echo':
      return textOfFields(args.slice(values.findIndex((value) => value === undefined || !/^-[neE]+$/.test(value))));
    case 'printf':
      return printed(args);
    case 'seq':
      return sequence(values, args);
    case 'cat':
      return operands.length === 0 ? input : undefined;
    case 'sort':
    case 'uniq':
    case 'tee':
      return input;
    case 'head':
      return firstLines(values, input);
    default:
      return undefined;
  }
}

function printed(args: readonly Field[]): ShellText | undefined {
  const [format, ...rest] = args;
  const text = format?.value;
  if (format === undefined || text === undefined) return undefined;
  if (/^%s(?:\\n|\n| )?$/.test(text)) return textOfFields(rest);
  return /[%\\]/.test(text.replace(/\\n$/, '')) ? undefined : textOfFields([format]);
}

function sequence(values: readonly (string | undefined)[], args: readonly Field[]): ShellText | undefined {
  const numbers: number[] = [];
  let width = 0;
  for (const value of values) {
    if (value === '-w') width = 1;
    else if (value !== undefined && /^-?\d{1,9}$/.test(value)) numbers.push(Number(value));
    else return undefined;
  }
  if (numbers.length === 0 || numbers.length > 3) return undefined;
  const last = numbers.at(-1) ?? 0;
  const from = numbers.length > 1 ? (numbers[0] ?? 1) : 1;
  const step = numbers.length > 2 ? (numbers[1] ?? 1) : 1;
  if (step === 0 || Math.abs((last - from) / step) >= mostNumbers) return undefined;
  if (width > 0) width = Math.max(String(from).length, String(last).length);
  const words: string[] = [];
  for (let value = from; step > 0 ? value <= last : value >= last; value += step) words.push(padded(value, width));
  const place = wholeOf(args);
  return { text: words.join('\n'), holes: new Map(), span: () => place, origin: () => undefined };
}

/** From the first word to the last that stands in the same script. */
export function wholeOf(words: readonly Field[]): { readonly start: number; readonly end: number } {
  const [first] = words;
  if (first === undefined) return { start: 0, end: 0 };
  const own = words.filter(({ source }) => source === first.source);
  return first.source.span(first.from, Math.max(...own.map(({ to }) => to)));
}

function firstLines(values: readonly (string | undefined)[], input: ShellText | undefined): ShellText | undefined {
  if (input === undefined || !input.text.includes('\n')) return undefined;
  const said = values.join(' ');
  const [, digits = said === '' ? '10' : ''] = /^-(?:n ?|-lines[= ])?(\d{1,6})$/.exec(said) ?? [];
  if (digits === '') return undefined;
  return { ...input, text: input.text.split('\n').slice(0, Number(digits)).join('\n') };
}
