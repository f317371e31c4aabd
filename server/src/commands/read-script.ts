import type { ParameterValues } from '../model/parameters.ts';
import { sourceSpan } from '../syntax/scalar-source.ts';
import type { Scalar } from '../syntax/tree.ts';
import type { Action, CommandReading } from './action.ts';
import { readCommand, unreadable } from './read-command.ts';
import { readShell } from './shell.ts';
import type { CommandTable } from './table.ts';

/** What the commands of a script change, in the order in which they run, and how each was understood. */
export interface ScriptReading {
  readonly actions: readonly Action[];
  /** In the order in which they run; a command in a loop once. */
  readonly commands: readonly CommandReading[];
}

/** Reads the shell of a `run`. Never throws; what cannot be read is an action with an obstacle. */
export function readScript(script: Scalar, table: CommandTable, values: ParameterValues): ScriptReading {
  const gathered = { actions: [] as Action[], commands: [] as CommandReading[] };
  const problems = readShell(
    script.value,
    values,
    (from, to) => sourceSpan(script, from, to),
    (tool) => table.declares(tool),
    (command) => readCommand(command, table, gathered, undefined),
  );
  const [problem] = problems;
  if (problem !== undefined) gathered.actions.push(unreadable(problem));
  return gathered;
}
