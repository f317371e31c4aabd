import type { Found } from '../mistakes.ts';
import type { Node, SyntaxProblem } from '../tree.ts';

/** What the reader of one text notes down while it builds the tree. */
export interface Reading {
  /** The text as it is in the file. */
  readonly text: string;
  /** Anchors of other texts, which aliases here may mean. */
  readonly environment: ReadonlyMap<string, Node>;
  /** Anchors of this text so far; a later one of the same name takes the place of an earlier one. */
  readonly anchors: Map<string, Node>;
  /** Anchors whose values are still being read. */
  readonly open: Set<string>;
  /** Names that aliases mention and that no anchor has. */
  readonly missing: Set<string>;
  /** How many values each collection holds, with what its aliases stand for. */
  readonly sizes: WeakMap<Node, number>;
  readonly found: Found[];
  /** Values that aliases may still stand for. */
  aliased: number;
  /** Set where a limit is exceeded: then nothing else is reported. */
  limit: SyntaxProblem | undefined;
  /** Brackets found unclosed so far: the outer ones follow from the inner. */
  unclosed: number;
}

/** Nothing is noted yet; `aliased` is how many values aliases may stand for. */
export function newReading(text: string, environment: ReadonlyMap<string, Node> | undefined, aliased: number): Reading {
  return {
    text,
    environment: environment ?? new Map(),
    anchors: new Map(),
    open: new Set(),
    missing: new Set(),
    sizes: new WeakMap(),
    found: [],
    aliased,
    limit: undefined,
    unclosed: 0,
  };
}
