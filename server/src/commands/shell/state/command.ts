import type { ArithmeticExpression, CompoundList, ParsedScript, SyntaxNode } from 'unbash';
import type { ParameterValues } from '../../../model/parameters.ts';
import type { Span } from '../../../syntax/span.ts';
import type { Obstacle } from '../../action.ts';
import type { Scope } from '../expansion/expand.ts';
import type { Drawn } from '../words/drawn.ts';
import type { Field } from '../words/field.ts';
import type { ListingOf } from '../words/listing.ts';
import type { ShellText } from '../words/text.ts';
import type { Variable } from '../words/variable.ts';
import type { Aliases } from './alias.ts';

/** One command of a script as it would be run: its words expanded, `sudo` and the like taken off. */
export interface ShellCommand {
  /** At least the tool. */
  readonly words: readonly Field[];
  /** What it reads, where that is known. */
  readonly input: ShellText | undefined;
  /** Why it may run not at all, or who knows how often. */
  readonly obstacle: Obstacle | undefined;
  /** The turns of the loops around it, from the outermost inwards. */
  readonly within: readonly Turn[];
  /** It is not waited for. */
  readonly background: boolean;
  /** What runs at the same time as it. */
  readonly together: Together | undefined;
  /** It runs once for each of the names that are drawn from a listing. */
  readonly over: Drawn | undefined;
  /** Assignments that hold for it: `AWS_PROFILE=prod`. */
  readonly variables: ReadonlyMap<string, Variable>;
  /** Reads a script that this command carries elsewhere: no variable of this one holds there. */
  carry(script: ShellText, visit: (command: ShellCommand) => void): void;
  /** The same with words that are handed on as they are, and read by no shell in between. */
  carryWords(words: readonly Field[], visit: (command: ShellCommand) => void): void;
}

/** A turn of a loop. */
export interface Turn {
  /** The words that say how often the loop runs. */
  readonly extent: Span;
  readonly at: number;
}

/** Commands that run at the same time: those between a `&` and the next `wait`, or all that one `xargs -P` runs. */
export interface Together {
  readonly id: number;
  /** Servers that they act on at once; undefined: all. */
  readonly limit: number | 'unknown' | undefined;
  /** The script lets no more than these run, and waits for one of them to end: `wait -n`. */
  readonly isGate?: boolean;
  /** It is waited for before the next command, and only what stands before a `&` runs beside it. */
  readonly inFront?: boolean;
  /** What stands before one `&` runs one after the other, like what is in front. */
  readonly job?: number | undefined;
  /** Where the limit is written; undefined where it is not. */
  readonly limitPlace?: Span | undefined;
}

/** How many commands in the background a script lets run at once, before it waits for one to end. */
export interface Gate {
  readonly limit: number | 'unknown';
  readonly place: Span | undefined;
}

/** A function, and the text that it is written in, which may be another than where it is called. */
interface ShellFunction {
  readonly body: SyntaxNode;
  readonly source: ShellText;
}

/** What holds where the walk through a script is. */
export interface Walk {
  readonly source: ShellText;
  readonly variables: Map<string, Variable>;
  readonly functions: Map<string, ShellFunction>;
  readonly aliases: Aliases;
  /** What runs when the script ends: `trap 'CMD' EXIT`. */
  readonly atExit: { now: { readonly action: Field; readonly obstacle: Obstacle | undefined } | undefined };
  readonly guarded: Set<string>;
  readonly input: ShellText | undefined;
  readonly obstacle: Obstacle | undefined;
  readonly within: readonly Turn[];
  readonly background: boolean;
  /** The innermost job in the background that it is of. */
  readonly job?: number | undefined;
  readonly together: Together | undefined;
  readonly over: Drawn | undefined;
  /** Where the commands of a compound that stands before a pipe put what they write; undefined: nobody reads it. */
  readonly written: ShellText[] | undefined;
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
  readonly listingOf: ListingOf;
  readonly visit: (command: ShellCommand) => void;
  /** Reads ways of which only one is taken. */
  readonly choose: Choose;
  /** Reads the one turn of a loop that stands for all. */
  readonly turnForAll: TurnForAll;
  /** What runs in the background and was not waited for yet; `elsewhere`: only what scripts have left running on other hosts; `unwaited`: only what platforms do. */
  readonly running: {
    last: number;
    open: number | undefined;
    gate: Gate | undefined;
    elsewhere: boolean;
    /** The file that all of it has locked. */
    lock?: string | undefined;
    unwaited: boolean;
  };
  /** What was certainly left just now: the turn of a loop, by `continue`, the loop, by `break`, or a function, by `return`; and how many loops and functions there are around. */
  readonly leaving: { now: 'turn' | 'loop' | 'call' | undefined; loops: number; calls: number };
  /** What the script has written into files of this host. */
  readonly files: Map<string, ShellText>;
  /** What an arithmetic expression that changes a variable came to when it was carried out. */
  readonly counted: WeakMap<ArithmeticExpression, number | undefined>;
  readonly problems: Obstacle[];
  /** Commands that may still be visited. */
  readonly room: { left: number };
  readonly walkText: (source: ShellText, walk: Walk) => void;
  readonly walkScript: (script: ParsedScript, walk: Walk) => void;
  readonly walkBody: (body: SyntaxNode | CompoundList, walk: Walk) => void;
  readonly output: Scope['output'];
}

/** Walks ways of which one is taken, nobody knows which; `place` says why. `failing`: the last only where the first fails. */
export type Choose = (ways: readonly (() => void)[], place: Obstacle, kind: 'branch' | 'failing') => void;

/** Walks one turn of a loop over names that are drawn, which stands for all its turns. */
export type TurnForAll = (turn: () => void, over: Drawn) => void;

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

/** The walk in a turn of a loop; without an extent it is the only one. */
export function inTurn<W extends Walk>(walk: W, extent: Span | undefined, at: number): W {
  return extent === undefined ? walk : { ...walk, within: [...walk.within, { extent, at }] };
}

/** What the words there are expanded with. */
export function scopeOf(walk: Walk): Scope {
  return {
    source: walk.source,
    variables: walk.variables,
    parameters: walk.shared.values,
    guarded: walk.guarded,
    listingOf: walk.shared.listingOf,
    isDeclared: walk.shared.isDeclared,
    files: walk.shared.files,
    counted: walk.shared.counted,
    output: walk.shared.output,
    depth: walk.depth,
  };
}
