import type { ParameterValues } from '../../model/parameters.ts';
import { placesIn } from '../../syntax/decoding/scalar-source.ts';
import type { Scalar } from '../../syntax/tree.ts';
import type { Action, CommandReading } from '../action.ts';
import { unreadable } from '../meaning/bare.ts';
import { readShell } from '../shell/shell.ts';
import type { CommandTable } from '../table.ts';
import { oneOf } from './branches.ts';
import { listingOf } from './listing.ts';
import { type Gathered, readCommand } from './read-command.ts';
import { rebooted, revived } from './revive.ts';
import { inOrder, type Timed } from './together.ts';
import { allTurns } from './turns.ts';

/** What the commands of a script change, in the order in which they run, and how each was understood. */
export interface ScriptReading {
  readonly actions: readonly Action[];
  /** In the order in which they run; a command in a loop once. */
  readonly commands: readonly CommandReading[];
}

/** Reads the shell of a `run`. Never throws; what cannot be read is an action with an obstacle. */
export function readScript(script: Scalar, table: CommandTable, values: ParameterValues): ScriptReading {
  let actions: Timed[] = [];
  let choices = 0;
  const commands: CommandReading[] = [];
  const gathered: Gathered = {
    commands,
    add: (action, { together, within }) => actions.push({ action, together, within }),
  };
  const problems = readShell(script.value, values, placesIn(script), {
    isDeclared: (tool) => table.declares(tool),
    listingOf: (words) => listingOf(words, table),
    visit: (command) => readCommand(command, table, gathered, undefined),
    choose: (ways, place, kind) => {
      const outer = actions;
      const taken = ways.map((way) => {
        actions = [];
        way();
        return inOrder(rebooted(actions, commands));
      });
      actions = outer;
      for (const action of oneOf(taken, place, kind, choices++))
        actions.push({ action, together: undefined, within: [] });
    },
    turnForAll: (turn, over) => {
      const outer = actions;
      actions = [];
      turn();
      actions = [...outer, ...allTurns(rebooted(actions, commands), over)];
    },
  });
  const [problem] = problems;
  const ordered = revived(inOrder(rebooted(actions, commands)));
  return { actions: problem === undefined ? ordered : [...ordered, unreadable(problem)], commands };
}
