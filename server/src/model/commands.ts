import type { Span } from '../syntax/span.ts';
import type { Leaf } from './leaf.ts';

/** What a command does to capacity (docs/commands.md). */
export type Effect =
  | 'remove'
  | 'restore'
  | 'restart'
  | 'replace'
  | 'scale-to'
  | 'add'
  | 'block'
  | 'unblock'
  | 'guard-off'
  | 'guard-on'
  | 'carry'
  | 'opaque'
  | 'none';

type Absent = 'all' | 'one' | 'error';
export type Lasts = 'until-reversed' | 'permanent' | 'self-healing';
export type HostsNotation = 'nodeset' | 'ansible' | 'glob' | 'regex' | 'comma' | 'space';

/** One tool as a user or the built-in tables declare it. */
export interface CommandTool {
  readonly tool: Leaf<string>;
  /** Other names of the same command. */
  readonly aliases: readonly Leaf<string>[];
  readonly globals: readonly Leaf<string>[];
  readonly hostsNotation: Leaf<HostsNotation> | undefined;
  readonly map: ReadonlyMap<string, string>;
  readonly usages: readonly CommandUsage[];
}

export interface CommandUsage {
  readonly usage: Leaf<string>;
  readonly effect: Leaf<Effect> | undefined;
  readonly absent: Leaf<Absent> | undefined;
  readonly variants: readonly CommandVariant[];
  readonly allIf: readonly Leaf<string>[];
  readonly dryRunIf: readonly Leaf<string>[];
  readonly unguardedIf: readonly Leaf<string>[];
  readonly speed:
    | Leaf<string>
    | { readonly batch: Leaf<string>; readonly absent: Leaf<string> | undefined }
    | undefined;
  readonly lasts: Leaf<Lasts> | undefined;
  readonly guards: readonly Leaf<string>[];
  readonly hostsNotation: Leaf<HostsNotation> | undefined;
  readonly map: ReadonlyMap<string, string>;
  readonly environments: ReadonlyMap<string, string>;
  readonly undo: Leaf<string> | undefined;
  /** Where roles are read inside a word: `in: { json: <count>, path: spec.replicas, option: -p }`. */
  readonly inside: readonly CommandInside[];
  /** False where an effect of it cannot be read, which may be meant for any. */
  readonly isRead: boolean;
  readonly span: Span;
}

export interface CommandVariant {
  readonly when: readonly Leaf<string>[];
  readonly effect: Leaf<Effect> | undefined;
  readonly lasts: Leaf<Lasts> | undefined;
  readonly speed: Leaf<string> | undefined;
  /** What the next variant that fits says, or the usage itself, comes after it. */
  readonly goesOn: boolean;
}

export interface CommandInside {
  readonly format: 'json' | 'yaml';
  readonly role: Leaf<string>;
  readonly path: Leaf<string> | undefined;
  readonly option: Leaf<string> | undefined;
}

/** A commands file (docs/commands.md), or the `commands:` of a fleet. */
export interface CommandsFile {
  readonly tools: readonly CommandTool[];
}
