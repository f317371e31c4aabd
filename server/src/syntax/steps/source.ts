import { type Span, shift } from '../span.ts';
import type { Comment, Node, SyntaxProblem } from '../tree.ts';
import type { StepBlock } from './step-block.ts';

/** A runbook's text, read step by step. All spans count from the start of the file, but those inside a block. */
export interface SourceDocument {
  readonly text: string;
  /** Everything but the steps: where `steps` holds a list, it is an empty one here. The same object while nothing of it changes. */
  readonly root: Node | undefined;
  /** Mistakes of everything but the steps. */
  readonly problems: readonly SyntaxProblem[];
  /** Comments of everything but the steps. */
  readonly comments: readonly Comment[];
  /** The steps; one that did not change is the same object. */
  readonly blocks: readonly StepBlock[];
  /** Where each block begins: add it to the spans of the block. */
  readonly starts: readonly number[];
  /** The value of `steps:` where it is something else than a list. */
  readonly stepsNode: Node | undefined;
  /** Limits that cut the reading short. */
  readonly limits: readonly SyntaxProblem[];
}

/** A step without its dash, up to its last character; in the file. */
export function stepSpan({ blocks, starts }: Pick<SourceDocument, 'blocks' | 'starts'>, index: number): Span {
  return shift(blocks[index]?.content ?? nowhere, starts[index] ?? 0);
}

const nowhere: Span = { start: 0, end: 0 };
