import { type Span, shift } from '../syntax/span.ts';
import type { Action, ActionTarget, CommandReading } from './action.ts';
import type { ScriptReading } from './read-script.ts';

/** The same reading of a script that stands `by` characters further on in the text that its spans count in. */
export function movedReading({ actions, commands }: ScriptReading, by: number): ScriptReading {
  if (by === 0) return { actions, commands };
  const move = mover(by);
  const known = new Map<CommandReading, CommandReading>();
  const commandOf = (command: CommandReading) => {
    const moved = known.get(command) ?? movedCommand(command, move);
    known.set(command, moved);
    return moved;
  };
  return {
    actions: actions.map((action) => movedAction(action, move, commandOf)),
    commands: commands.map(commandOf),
  };
}

type Move = <T extends { readonly span: Span } | undefined>(placed: T) => T;

function mover(by: number): Move {
  return (placed) => (placed === undefined ? placed : { ...placed, span: shift(placed.span, by) });
}

function movedCommand(command: CommandReading, move: Move): CommandReading {
  const { span } = move({ span: command.toolSpan });
  return {
    ...move(command),
    toolSpan: span,
    words: command.words.map(move),
    environments: command.environments.map(move),
  };
}

function movedAction(action: Action, move: Move, commandOf: (command: CommandReading) => CommandReading): Action {
  const { bounds, command, back, mayBeEmpty } = action;
  const place = <T extends Span | undefined>(span: T): T => (span && move({ span }).span) as T;
  return {
    ...action,
    target: movedTarget(action.target, move),
    amount: move(action.amount),
    batch: move(action.batch),
    pause: move(action.pause),
    takes: move(action.takes),
    restores: move(action.restores),
    at: place(action.at),
    everythingAt: place(action.everythingAt),
    obstacle: move(action.obstacle),
    command: command && commandOf(command),
    ...(back && { back: commandOf(back) }),
    ...(bounds && { bounds: { least: move(bounds.least), most: move(bounds.most) } }),
    ...(action.loop && { loop: place(action.loop) }),
    ...(action.maybe && { maybe: move(action.maybe) }),
    ...(action.unguarded && { unguarded: move(action.unguarded) }),
    ...(mayBeEmpty && { mayBeEmpty: { ...move(mayBeEmpty), guarded: move(mayBeEmpty.guarded) } }),
  };
}

function movedTarget({ terms, wholeFleet }: ActionTarget, move: Move): ActionTarget {
  const moved = terms.map((term) => ({ ...move(term), ...(term.oneOf && { oneOf: move(term.oneOf) }) }));
  return { terms: moved, wholeFleet };
}
