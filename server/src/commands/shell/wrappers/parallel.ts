import { mostCommands } from '../state/command.ts';
import type { Files } from '../state/files.ts';
import { type Field, fieldOf } from '../words/field.ts';
import type { ShellText } from '../words/text.ts';
import { afterOptions } from './wrappers.ts';
import { type Fanned, fan, inserted, optionField, optionValue, procs, textIn } from './xargs.ts';

export const parallelValues = [
  ...['-j', '-P', '-n', '-N', '-L', '-I', '-a', '-S', '-C', '-d', '-D', '-t', '-E'],
  ...['--jobs', '--max-procs', '--max-args', '--max-replace-args', '--arg-file', '--sshlogin', '--colsep', '--delay'],
  ...['--delimiter', '--retries', '--timeout', '--joblog', '--results', '--load', '--halt', '--workdir', '--tagstring'],
];

/** `parallel -j4 CMD {} ::: a b`: one run for each thing, one a core where `-j` does not say how many. */
export function parallel(words: readonly Field[], input: ShellText | undefined, files: Files): Fanned {
  const at = afterOptions(words, 1, parallelValues);
  const options = words.slice(1, at);
  const behind = words.slice(at);
  const mark = behind.findIndex(isMark);
  const command = mark < 0 ? behind : behind.slice(0, mark);
  const isFile = behind[mark]?.value === '::::';
  const things = mark < 0 || isFile ? undefined : behind.slice(mark + 1);
  const file = isFile ? behind[mark + 1] : optionField(options, '-a', '--arg-file');
  const placeholder = optionValue(options, '-I', '--replace') ?? '{}';
  const isPlaced = command.some(({ value = '' }) => value.includes(placeholder));
  const jobs = optionField(options, '-j', '--jobs') ?? optionField(options, '-P', '--max-procs');
  const found = fan(words, file === undefined || file.value === '-' ? input : textIn(file, files), {
    ...{ command, things, isSkipping: true, size: 1, parting: '\n' },
    placeholder: isPlaced ? placeholder : undefined,
    ...procs(jobs, undefined),
  });
  // It only prints what it would run.
  const isDry = options.some(({ value }) => value === '--dry-run' || value === '--dryrun');
  if (isDry) return { ...found, runs: [], obstacle: undefined };
  const lists = things === undefined ? undefined : listsIn(things);
  const isNumbered = command.some(({ value = '' }) => /\{\d\}/.test(value));
  if (lists === undefined || (lists.length === 1 && !isNumbered)) return { ...found, isScript: true };
  const isLinked = options.some(({ value }) => value === '--link' || value === '--xapply');
  const rows = isLinked ? linked(lists) : combined(lists);
  return { ...found, isScript: true, runs: rows.map((row) => filled(command, row, placeholder)) };
}

function isMark({ value = '' }: Field): boolean {
  return /^::::?\+?$/.test(value);
}

/** What stands between one `:::` and the next; undefined where one of the lists is a file, or goes along with another. */
function listsIn(things: readonly Field[]): readonly (readonly Field[])[] | undefined {
  const lists: Field[][] = [[]];
  for (const thing of things) {
    if (!isMark(thing)) lists.at(-1)?.push(thing);
    else if (thing.value === ':::') lists.push([]);
    else return undefined;
  }
  return lists;
}

/** Each of one list with each of the others, as many as are followed and one more. */
function combined(lists: readonly (readonly Field[])[]): readonly (readonly Field[])[] {
  let rows: readonly (readonly Field[])[] = [[]];
  for (const list of lists) {
    const next: (readonly Field[])[] = [];
    for (const row of rows) {
      for (const thing of list) if (next.length <= mostCommands) next.push([...row, thing]);
    }
    rows = next;
  }
  return rows;
}

/** The first of each list, the second of each, and so on; a list that is shorter begins again. */
function linked(lists: readonly (readonly Field[])[]): readonly (readonly Field[])[] {
  const length = lists.some((list) => list.length === 0) ? 0 : Math.max(...lists.map((list) => list.length));
  return Array.from({ length }, (_, at) => lists.flatMap((list) => list[at % list.length] ?? []));
}

/** The command with the things of a row in the places of `{1}`, `{2}` and `{}`, or behind it where it has none of these. */
function filled(command: readonly Field[], row: readonly Field[], placeholder: string): readonly Field[] {
  const all = row.flatMap((thing) => (thing === row[0] ? thing.pieces : [blank(thing), ...thing.pieces]));
  const [first] = row;
  if (first === undefined) return command;
  const whole = fieldOf(all, first.source, true);
  const marks = [...row.map((thing, at) => [thing, `{${at + 1}}`] as const), [whole, placeholder] as const];
  const isPlaced = command.some(({ value = '' }) => marks.some(([, mark]) => value.includes(mark)));
  if (!isPlaced) return [...command, ...row];
  return command.map((word) => marks.reduce((filling, [thing, mark]) => inserted(filling, thing, mark), word));
}

function blank({ pieces: [piece] }: Field): Field['pieces'][number] {
  const { from, to } = piece ?? { from: 0, to: 0 };
  return { text: ' ', why: undefined, from, to, exact: false, origin: undefined };
}
