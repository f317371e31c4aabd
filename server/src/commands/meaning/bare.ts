import type { Seconds } from '../../model/leaf.ts';
import type { Span } from '../../syntax/span.ts';
import type { Action, CommandReading, Obstacle } from '../action.ts';
import type { ShellCommand } from '../shell/state/command.ts';

/** An action of which nothing is said. */
function bare(effect: 'opaque' | 'wait', at: Span): Action {
  return {
    effect,
    target: { terms: [], wholeFleet: false },
    ...{ amount: undefined, batch: undefined, pause: undefined, takes: undefined, restores: undefined },
    ...{ seconds: 0, surge: false, lasts: 'until-reversed', at, everythingAt: undefined },
    ...{ obstacle: undefined, command: undefined },
  };
}

/** A command of which it cannot be told what it changes. */
export function opaque(obstacle: Obstacle, reading: CommandReading, around: Pick<ShellCommand, 'within'>): Action {
  return { ...bare('opaque', reading.toolSpan), obstacle, command: reading, ...loopAround(around) };
}

/** The extent of the outermost loop around a command. */
export function loopAround({ within }: Pick<ShellCommand, 'within'>): Pick<Action, 'loop'> {
  const [outermost] = within;
  return outermost === undefined ? {} : { loop: outermost.extent };
}

/** A command that is not understood, and says nothing of capacity, unless one of its words is a name of the fleet. */
export function mentioning(
  names: Action['target']['terms'],
  mentions: NonNullable<Action['mentions']>,
  reading: CommandReading,
): Action {
  const target = { terms: names, wholeFleet: false };
  return { ...bare('opaque', reading.toolSpan), target, mentions, command: reading };
}

/** A part of a script that the shell cannot read. */
export function unreadable(obstacle: Obstacle): Action {
  return { ...bare('opaque', obstacle.span), obstacle };
}

/** An action that lets time pass. */
export function waiting(seconds: Seconds, at: Span): Action {
  return { ...bare('wait', at), seconds };
}
