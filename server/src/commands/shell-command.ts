import type { CompoundList, ParsedScript, SyntaxNode } from 'unbash';
import type { ParameterValues } from '../model/parameters.ts';
import type { Span } from '../syntax/span.ts';
import type { Obstacle } from './action.ts';
import type { Field } from './shell-field.ts';
import type { ShellText } from './shell-text.ts';
import type { Scope, Variable } from './shell-words.ts';

/** One command of a script as it would be run: its words expanded, `sudo` and the like taken off. */
export interface ShellCommand {
  /** At least the tool. */
  readonly words: readonly Field[];
  /** What it reads, where that is known. */
  readonly input: ShellText | undefined;
  /** Why it may run not at all, or who knows how often. */
  readonly obstacle: Obstacle | undefined;
  /** The words that say how often the loop around it runs. */
  readonly loop: Span | undefined;
  /** It is not waited for. */
  readonly background: boolean;
  /** It was told before: a later turn of a loop. */
  readonly again: boolean;
  /** Reads a script that this command carries elsewhere: no variable of this one holds there. */
  carry(script: ShellText, visit: (command: ShellCommand) => void): void;
}

/** What holds where the walk through a script is. */
export interface Walk {
  readonly source: ShellText;
  readonly variables: Map<string, Variable>;
  readonly functions: Map<string, SyntaxNode>;
  readonly input: ShellText | undefined;
  readonly obstacle: Obstacle | undefined;
  readonly loop: Span | undefined;
  readonly background: boolean;
  readonly again: boolean;
  /** How many turns the loops around it take, multiplied. */
  readonly turns: number;
  /** Functions, substitutions and carried scripts around it. */
  readonly depth: number;
  readonly shared: Shared;
}

/** What is the same for the whole script. */
export interface Shared {
  readonly values: ParameterValues;
  readonly isDeclared: (tool: string) => boolean;
  readonly visit: (command: ShellCommand) => void;
  readonly problems: Obstacle[];
  /** Commands that may still be visited. */
  readonly room: { left: number };
  readonly walkText: (source: ShellText, walk: Walk) => void;
  readonly walkScript: (script: ParsedScript, walk: Walk) => void;
  readonly walkBody: (body: SyntaxNode | CompoundList, walk: Walk) => void;
  readonly output: Scope['output'];
}

/** Turns of loops that are followed, multiplied over nested loops; more is honestly unknown. */
export const mostTurns = 1000;
/** Commands that are followed in one script. */
export const mostCommands = 5000;
/** Scripts within scripts that are followed. */
export const mostDepth = 20;

/** The walk with a reason why what follows cannot be told; the outermost reason stands. */
export function obstructed(walk: Walk, obstacle: Obstacle): Walk {
  return walk.obstacle === undefined ? { ...walk, obstacle } : walk;
}

/** What the words there are expanded with. */
export function scopeOf(walk: Walk): Scope {
  return {
    source: walk.source,
    variables: walk.variables,
    parameters: walk.shared.values,
    output: walk.shared.output,
  };
}
