import { literalAtoms } from '../shell/expansion/atoms.ts';
import type { ShellCommand } from '../shell/state/command.ts';
import { type Field, fieldOf } from '../shell/words/field.ts';
import { onlyHole } from '../shell/words/text.ts';

/** Clients that read statements where they are given none, and the option behind which they take one; of some, none. */
const optionOf: Readonly<Record<string, string>> = {
  ...{ mysql: '-e', mariadb: '-e', psql: '-c', 'clickhouse-client': '-q', mongosh: '--eval', mongo: '--eval' },
  ...{ 'redis-cli': '', 'valkey-cli': '', 'keydb-cli': '' },
};

/**
 * The words of the command once for each line that it reads, as if the line stood among them: `mysql <<< SHUTDOWN` is
 * `mysql -e SHUTDOWN`. None where it reads nothing, or nobody knows what.
 */
export function statementsOf({ words, input }: ShellCommand, tool: string): readonly (readonly Field[])[] {
  const option = optionOf[tool];
  if (option === undefined || input === undefined || onlyHole(input) !== undefined) return [];
  const isSaid = option !== '' && words.some(({ value }) => value?.startsWith(option));
  if (isSaid) return [];
  const word = option === '' ? /[^\s;]+/g : /[^\s;].*/g;
  return [...input.text.matchAll(/.*\S.*/g)].map(({ 0: line, index }) => {
    const said = [...line.matchAll(word)].map(({ 0: text, index: at }) => {
      const from = index + at;
      return fieldOf(literalAtoms(from, from + text.length, 'raw', input), input, true);
    });
    return [
      ...words,
      ...said.slice(0, 1).flatMap((first) => (option === '' ? [] : [optionAt(first, option)])),
      ...said,
    ];
  });
}

/** The option stands nowhere: what is said of it is said of the statement. */
function optionAt({ source, from, to }: Field, option: string): Field {
  return fieldOf([{ text: option, why: undefined, from, to, exact: false, origin: undefined }], source, true);
}
