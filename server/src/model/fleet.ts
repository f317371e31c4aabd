import type { Span } from '../syntax/span.ts';
import type { Mapping } from '../syntax/tree.ts';
import type { CommandTool } from './commands.ts';
import type { Amount, Leaf, Pair, Seconds } from './leaf.ts';

/** A fleet file as it is written (docs/fleet.md). Names are not resolved and figures are not computed here. */
export interface Fleet {
  readonly name: Leaf<string> | undefined;
  readonly description: Leaf<string> | undefined;
  readonly environment: Leaf<string> | undefined;
  readonly subsystems: readonly Subsystem[];
  readonly groups: readonly Group[];
  /** False where `subsystems` or `groups` is of a form in which no name can be seen. */
  readonly namesAreRead: boolean;
  readonly removal: RemovalLimit | undefined;
  readonly commands: readonly CommandTool[];
  readonly commandFiles: readonly Leaf<string>[];
  readonly outside: readonly Leaf<string>[];
}

export interface Subsystem {
  readonly name: Leaf<string>;
  /** Units of an implicit group of the subsystem's own name. */
  readonly capacity: Leaf<number> | undefined;
  /** One entry for a plain minimum, several where it depends on the hour. */
  readonly minimums: readonly Minimum[];
  readonly minimumPerZone: Leaf<Amount> | undefined;
  readonly survives: { readonly zones?: Leaf<number>; readonly hosts?: Leaf<number>; readonly span: Span } | undefined;
  readonly recovery: Leaf<Seconds> | undefined;
  readonly dependsOn: readonly Leaf<string>[];
  readonly removal: RemovalLimit | undefined;
  /** The YAML, where it is of the right form. */
  readonly node: Mapping | undefined;
}

export interface Minimum {
  /** Units, or a percent of full strength. */
  readonly value: Leaf<Amount>;
  readonly during: Leaf<string> | undefined;
  readonly timezone: Leaf<string> | undefined;
}

export interface RemovalLimit {
  readonly limit: Leaf<Amount> | undefined;
  readonly window: Leaf<Seconds> | undefined;
  readonly zonesAtOnce: Leaf<number> | undefined;
  /** Nothing of it is malformed, misspelt or missing. */
  readonly isWhole: boolean;
  readonly span: Span;
}

export interface Group {
  readonly name: Leaf<string>;
  readonly count: Leaf<number> | undefined;
  /** Words in node-set notation, one for a string, one an item for a list. */
  readonly hosts: readonly Leaf<string>[] | undefined;
  readonly serves: readonly Serving[];
  readonly zone: Leaf<string> | undefined;
  readonly unavailable: { readonly count?: Leaf<number>; readonly hosts?: readonly Leaf<string>[] } | undefined;
  readonly warmup: Leaf<Seconds> | undefined;
  readonly labels: readonly Pair[];
  readonly aliases: readonly Leaf<string>[];
  /** The YAML, for messages on keys that the model does not hold. */
  readonly node: Mapping | undefined;
}

export interface Serving {
  readonly subsystem: Leaf<string>;
  /** Units of capacity a server, a whole number ≥ 1; undefined where a list was written, which means 1. */
  readonly units: Leaf<number> | undefined;
}
