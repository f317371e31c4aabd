import type { CommandUsage, Effect, HostsNotation, Lasts } from '../model/commands.ts';
import type { Amount, Seconds } from '../model/leaf.ts';
import type { Span } from '../syntax/span.ts';

/**
 * One change of capacity that a step asks for, in the words of the runbook: names are not looked up, figures are not computed.
 * A structured step is one action, a `run` as many as it has commands that change something or pass time.
 * This is all that the simulation knows of commands.
 */
export interface Action {
  readonly effect: Effect | 'wait';
  readonly target: ActionTarget;
  /** How many; undefined: what `absent` says, or everything that is targeted. For `scale-to` the new size. */
  readonly amount: Placed<Amount> | undefined;
  /** No amount is given, so that named hosts are meant as they are: neither the amount nor an obstacle counts then. */
  readonly unlessHosts?: boolean;
  /** For `scale-to` without an amount: the size stays, but within these. */
  readonly bounds?: Bounds | undefined;
  /** At once, of a restart or replace; undefined: all at once. */
  readonly batch: Placed<Amount> | undefined;
  /** Each group goes by a rule of its own, all at the same time, so that the batch is of each. */
  readonly eachGroup?: boolean;
  /** Between batches. */
  readonly pause: Placed<Seconds> | undefined;
  /**
   * Of a removal that is taken back in the same turn of a loop, and so carried out as a restart: the command that takes it back.
   * It does not wait for a warm-up before the next turn.
   */
  readonly back?: CommandReading | undefined;
  /** How long one batch of a restart takes, or the step as a whole. */
  readonly takes: Placed<Seconds> | undefined;
  /** For `wait`. */
  readonly seconds: Seconds;
  /** For `restore: id`. */
  readonly restores: Placed<string> | undefined;
  /** A replacement that starts before the old server goes. */
  readonly surge: boolean;
  readonly lasts: Lasts;
  /** Where a finding stands when nothing better is at fault: the verb of the command, the key of the structured step. */
  readonly at: Span;
  /** The option or word that means everything (`--all`), or on which an `absent: all` falls. */
  readonly everythingAt: Span | undefined;
  /** Why it cannot be told what the action does, and the word that is the obstacle. */
  readonly obstacle: Obstacle | undefined;
  /** The command it was read from; undefined for a structured step. */
  readonly command: CommandReading | undefined;
  /** The words that give the extent of the loop it stands in: its own figures are shared with the other turns. */
  readonly loop?: Span | undefined;
  /** It runs only in one branch of an `if`, or only where something else fails; it is judged as if it ran, and as if it did not. */
  readonly maybe?: Maybe | undefined;
  /** The amount bounds a list that is drawn from the target: where there are not so many, all of them go. */
  readonly atMost?: boolean | undefined;
  /** The option that switches the platform's own guards off (docs/commands.md, `unguardedIf`). */
  readonly unguarded?: Placed<string> | undefined;
  /** A word that may be empty when the step runs, where empty means everything; its value is an obstacle all the same. */
  readonly mayBeEmpty?: MayBeEmpty | undefined;
  /**
   * On a command that nobody declared: what is to be said where one of its target's names is a name of the fleet,
   * and on which word, if that is not the name. Where none is, the command is harmless as far as anybody knows.
   */
  readonly mentions?:
    | (Pick<Obstacle, 'why' | 'advice'> & {
        readonly span: Span | undefined;
        /** A name of a host stands where a command is looked for: that is what is said of it. */
        readonly asCommand?: boolean;
      })
    | undefined;
}

/** What a command does in an action; undefined where it is another command's. */
export function partOf({ effect, command, back }: Action, { span }: CommandReading): Action['effect'] | undefined {
  if (isAt(back, span)) return 'restore';
  if (!isAt(command, span)) return undefined;
  return back === undefined ? effect : 'remove';
}

function isAt(command: CommandReading | undefined, { start, end }: Span): boolean {
  return command?.span.start === start && command.span.end === end;
}

/** A variable or a list of which nobody knows whether it is empty. */
export interface MayBeEmpty {
  /** The variable as written, or the command that reads the list. */
  readonly span: Span;
  /** As written: `$HOSTS`, `xargs`. */
  readonly text: string;
  /** The same, so that the shell stops where it is empty: `"${HOSTS:?}"`; undefined where there is no such form. */
  readonly guarded: { readonly span: Span; readonly text: string } | undefined;
}

/** A value and the words that say it; the span covers the value without its quotes. */
export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}

/** The least and the most servers of a group; undefined: no bound. */
export interface Bounds {
  readonly least: Placed<number> | undefined;
  readonly most: Placed<number> | undefined;
}

export interface Maybe extends Obstacle {
  /** What it hangs on, the outermost first. */
  readonly choices: readonly Choice[];
}

/** One way is taken of several: all actions of it are run, and none of the others. It is one object for all of them. */
export interface Choice {
  /** Within the script. */
  readonly number: number;
  readonly way: number;
  /** There is a way in which nothing happens. */
  readonly mayBeNone: boolean;
}

export interface Obstacle {
  readonly span: Span;
  /** A clause without a full stop that goes on from "cannot tell what this does:", e.g. "`$HOSTS` has no known value". */
  readonly why: string;
  /** What to do about it, as a sentence of its own. */
  readonly advice?: string | undefined;
  /** Only the names are not known that a list hands on, so that it does not matter to what names none. */
  readonly onlyNames?: boolean;
  /** The word is one slip away from one that the command takes: it is a mistake, and not only unknown. */
  readonly slip?: Slip | undefined;
  /** This program failed, and `why` is how. */
  readonly isOurs?: boolean;
}

/** A word of a command that is spelled wrong. */
interface Slip {
  readonly kind: 'option' | 'verb';
  readonly tool: string;
  readonly name: string;
  readonly among: readonly string[];
}

/** What a word of a target is looked for among; `except`: hosts that are left out. */
export type TargetRole = 'subsystem' | 'group' | 'hosts' | 'zone' | 'selector' | 'target' | 'except';

/** Several terms narrow one another. */
export interface ActionTarget {
  readonly terms: readonly TargetTerm[];
  /** Nothing narrows it: the whole fleet is meant. */
  readonly wholeFleet: boolean;
}

export interface TargetTerm {
  readonly role: TargetRole;
  /** As written: a name, a word that names hosts, `key=value`. */
  readonly text: string;
  /** How hosts are written in it; undefined: as plain node sets, the way a step writes them. */
  readonly notation?: HostsNotation;
  readonly span: Span;
  /** Where there is no server of that name: the workload of which it names one server, as the name of a pod does. */
  readonly oneOf?: Placed<string>;
  /** True where the user declared the command or wrote a structured step: a name that is not there is a mistake. */
  readonly strict: boolean;
}

/** Whether it takes servers out batch by batch and brings them back. */
export function rolls({ effect }: Action): boolean {
  return effect === 'restart' || effect === 'replace';
}

/** How one command of a script was understood; what hover, completion and `simulate` show. */
export interface CommandReading {
  /** The tool as typed, without its folder: `s3ctl`. */
  readonly tool: string;
  /** From the first word of the command, wrappers like sudo left out, to its last. */
  readonly span: Span;
  readonly toolSpan: Span;
  readonly words: readonly CommandWord[];
  /** The declared usage that fits; undefined where no tool of that name, or no usage of it, was found. */
  readonly usage: CommandUsage | undefined;
  /** True where a tool of that name is declared. */
  readonly declared: boolean;
  readonly effect: Effect | undefined;
  readonly undo: string | undefined;
  /** Where it says that it acts: a context, a profile, a workspace. */
  readonly environments: readonly CommandEnvironment[];
}

/** A word that says in which environment a command acts. */
export interface CommandEnvironment {
  /** As written: `prod-eu-1`. */
  readonly name: string;
  /** What the declaration's `environments` make of it; undefined where they do not know it. */
  readonly environment: string | undefined;
  readonly span: Span;
}

export interface CommandWord {
  /** Quotes and escapes resolved, parameters and variables put in; undefined where it depends on what is not known. */
  readonly value: string | undefined;
  readonly span: Span;
  /** What the usage takes the word for. */
  readonly role: string | undefined;
}
