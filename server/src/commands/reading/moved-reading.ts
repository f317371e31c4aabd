import { type Span, shift } from '../../syntax/span.ts';
import type { Action, ActionTarget, CommandReading } from '../action.ts';
import type { ScriptReading } from './read-script.ts';

/** The same reading of a script that stands `by` characters further on in the text that its spans count in. */
export function movedReading({ actions, commands }: ScriptReading, by: number): ScriptReading {
  if (by === 0) return { actions, commands };
  const moved = commands.map((command) => movedCommand(command, by));
  return { actions: actions.map((action) => movedAction(action, by, commands, moved)), commands: moved };
}

interface HasPlace {
  readonly span: Span;
}

function move<T extends HasPlace>(placed: T, by: number): T {
  return { ...placed, span: shift(placed.span, by) };
}

function movedIfThere<T extends HasPlace>(placed: T | undefined, by: number): T | undefined {
  return placed && move(placed, by);
}

function movedCommand(command: CommandReading, by: number): CommandReading {
  const { span, toolSpan, words, environments } = command;
  return {
    ...command,
    span: shift(span, by),
    toolSpan: shift(toolSpan, by),
    words: words.map((word) => move(word, by)),
    environments: environments.map((environment) => move(environment, by)),
  };
}

/** `moved` are the moved ones of `commands`; an action's own may be a command that is not among them. */
function movedAction(
  action: Action,
  by: number,
  commands: readonly CommandReading[],
  moved: readonly CommandReading[],
): Action {
  const { amount, batch, pause, takes, restores, everythingAt, obstacle, command } = action;
  const { back, bounds, loop, maybe, unguarded, mayBeEmpty, mentions } = action;
  const commandOf = (own: CommandReading) => moved[commands.indexOf(own)] ?? movedCommand(own, by);
  return {
    ...action,
    target: movedTarget(action.target, by),
    amount: movedIfThere(amount, by),
    batch: movedIfThere(batch, by),
    pause: movedIfThere(pause, by),
    takes: movedIfThere(takes, by),
    restores: movedIfThere(restores, by),
    at: shift(action.at, by),
    everythingAt: everythingAt && shift(everythingAt, by),
    obstacle: movedIfThere(obstacle, by),
    command: command && commandOf(command),
    ...(back && { back: commandOf(back) }),
    ...(bounds && { bounds: { least: movedIfThere(bounds.least, by), most: movedIfThere(bounds.most, by) } }),
    ...(loop && { loop: shift(loop, by) }),
    ...(maybe && { maybe: move(maybe, by) }),
    ...(unguarded && { unguarded: move(unguarded, by) }),
    ...(mentions && { mentions: { ...mentions, span: mentions.span && shift(mentions.span, by) } }),
    ...(mayBeEmpty && { mayBeEmpty: { ...move(mayBeEmpty, by), guarded: movedIfThere(mayBeEmpty.guarded, by) } }),
  };
}

function movedTarget({ terms, wholeFleet }: ActionTarget, by: number): ActionTarget {
  const moved = terms.map((term) => (term.oneOf ? { ...move(term, by), oneOf: move(term.oneOf, by) } : move(term, by)));
  return { terms: moved, wholeFleet };
}
