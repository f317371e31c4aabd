import type { Obstacle } from './action.ts';
import { type Field, fieldOf, placeOf, spanOf } from './shell-field.ts';
import type { ShellText } from './shell-text.ts';
import { afterOptions } from './shell-wrappers.ts';

/** The commands that `xargs` runs, and why it cannot be told for how many things. */
export interface Xargs {
  readonly runs: readonly (readonly Field[])[];
  readonly obstacle: Obstacle | undefined;
  /** Several run at once. */
  readonly together: boolean;
}

const takingValue = [
  ...['-n', '-L', '-I', '-P', '-d', '-a', '-E', '-s'],
  ...['--max-args', '--max-lines', '--max-procs', '--delimiter', '--arg-file', '--max-chars', '--process-slot-var'],
];

/** Puts the words of `input` into the command that stands after `xargs` and its options. */
export function xargs(words: readonly Field[], input: ShellText | undefined): Xargs {
  const at = afterOptions(words, 1, takingValue);
  const options = words.slice(1, at).map(({ value }) => value ?? '');
  const command = words.slice(at);
  const placeholder = optionValue(options, '-I', '--replace');
  const together = !['1', undefined].includes(optionValue(options, '-P', '--max-procs'));
  const elsewhere = optionValue(options, '-a', '--arg-file') ?? optionValue(options, '-d', '--delimiter');
  const head = words[0];
  if (input === undefined || elsewhere !== undefined || head === undefined) {
    const span = head === undefined ? { start: 0, end: 0 } : spanOf(head);
    const why = 'what `xargs` reads is not known';
    return { runs: [insert(command, [unknownItem(head, why)], placeholder)], obstacle: { span, why }, together };
  }
  const items = itemsOf(input, placeholder !== undefined);
  const runs = runsOf(command, items, placeholder, options);
  return { runs, obstacle: undefined, together };
}

function runsOf(
  command: readonly Field[],
  items: readonly Field[],
  placeholder: string | undefined,
  options: readonly string[],
): readonly (readonly Field[])[] {
  if (placeholder !== undefined) return items.map((item) => insert(command, [item], placeholder));
  if (items.length === 0) return options.some((option) => /^-[0t]*r|^--no-run/.test(option)) ? [] : [command];
  const size = Number(optionValue(options, '-n', '--max-args') ?? optionValue(options, '-L', '--max-lines') ?? 'NaN');
  const each = Number.isInteger(size) && size > 0 ? size : items.length;
  const runs: (readonly Field[])[] = [];
  for (let from = 0; from < items.length; from += each) runs.push([...command, ...items.slice(from, from + each)]);
  return runs;
}

function optionValue(options: readonly string[], short: string, long: string): string | undefined {
  for (const [index, option] of options.entries()) {
    if (option === short || option === long) return options[index + 1] ?? '';
    if (option.startsWith(`${long}=`)) return option.slice(long.length + 1);
    if (option.startsWith(short) && option.length > 2) return option.slice(2);
  }
  return undefined;
}

function itemsOf(input: ShellText, byLine: boolean): readonly Field[] {
  const items: Field[] = [];
  for (const { 0: text, index } of input.text.matchAll(byLine ? /[^\n]+/g : /\S+/g)) {
    const hole = [...input.holes].find(([at]) => at >= index && at < index + text.length)?.[1];
    const known = hole === undefined ? text : hole.length === text.length ? hole.value : undefined;
    const piece = {
      text: known,
      why: hole?.why,
      from: index,
      to: index + text.length,
      exact: known === text,
      origin: undefined,
    };
    items.push(fieldOf([piece], input, true));
  }
  return items;
}

function unknownItem(head: Field | undefined, why: string): Field {
  const piece = head?.pieces[0] ?? { from: 0, to: 0 };
  const source = head?.source ?? {
    text: '',
    holes: new Map(),
    span: () => ({ start: 0, end: 0 }),
    origin: () => undefined,
  };
  return fieldOf(
    [{ text: undefined, why, from: piece.from, to: piece.to, exact: false, origin: undefined }],
    source,
    true,
  );
}

function insert(command: readonly Field[], items: readonly Field[], placeholder: string | undefined): readonly Field[] {
  const mark = placeholder === '' ? '{}' : placeholder;
  if (mark === undefined) return [...command, ...items];
  return command.map((word) => {
    if (word.value === undefined || !word.value.includes(mark)) return word;
    const [item] = items;
    if (item === undefined) return word;
    const text = item.value === undefined ? undefined : word.value.replaceAll(mark, item.value);
    const origin = placeOf(item);
    const [first] = word.pieces;
    const last = word.pieces.at(-1);
    return fieldOf(
      [{ text, why: item.pieces[0]?.why, from: first?.from ?? 0, to: last?.to ?? 0, exact: false, origin }],
      word.source,
      true,
    );
  });
}
