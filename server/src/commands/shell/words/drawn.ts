import type { Span } from '../../../syntax/span.ts';
import type { Obstacle, Placed, TargetTerm } from '../../action.ts';

/** Servers that a command lists: `kubectl get nodes -l pool=web`. Without terms, all that there are. */
export interface Listing {
  readonly terms: readonly TargetTerm[];
  /** The words for what it lists, as they may stand before a name: `pod`, `pods`, `po`; empty where it does not say. */
  readonly kinds: readonly string[];
  /** Each name is a group's, and not one server's. */
  readonly ofGroups: boolean;
  /** It shows names alone, without a line that says what the columns are. */
  readonly isBare: boolean;
  /** The command that lists them. */
  readonly span: Span;
  /** The option by which it shows one alone: `jsonpath={.items[0].metadata.name}`. */
  readonly most: Placed<number> | undefined;
  /** The option by which it leaves some out, nobody knows how many. */
  readonly sifted: Obstacle | undefined;
}

/** Names drawn from a listing: they are not known one by one, but of which servers they are, and how many at most. */
export interface Drawn {
  readonly listing: Listing;
  /** Undefined: all that are listed. */
  readonly most: Placed<number> | undefined;
  /** What leaves nobody knows how many of them, and why. */
  readonly sifted: Obstacle | undefined;
  /** How many of them one command is given, of the several that run in turn; undefined: all of them. */
  readonly atOnce: number | undefined;
  /** Where that number is written; undefined where it is not. */
  readonly atOncePlace?: Span | undefined;
  /** The word says more than the name: what kind of thing it is, `pod/web-1`. */
  readonly isPart?: boolean;
}

/** The same with no more than so many of them. */
export function atMost(drawn: Drawn, most: Placed<number>): Drawn {
  return drawn.most !== undefined && drawn.most.value <= most.value ? drawn : { ...drawn, most };
}

/** The names, with the reason why nobody knows how many of them are left. */
export type Sift = (why: string) => Drawn;
