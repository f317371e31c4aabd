import type { StepSource } from './step-block.ts';
import type { Comment, Node, SyntaxProblem } from './tree.ts';

/** A runbook's text, read step by step. All spans count from the start of the file, but those inside a block. */
export interface SourceDocument {
  readonly text: string;
  /** Everything but the steps: where `steps` holds a list, it is an empty one here. The same object while nothing of it changes. */
  readonly root: Node | undefined;
  /** Mistakes of everything but the steps. */
  readonly problems: readonly SyntaxProblem[];
  /** Comments of everything but the steps. */
  readonly comments: readonly Comment[];
  readonly steps: readonly StepSource[];
  /** The value of `steps:` where it is something else than a list. */
  readonly stepsNode: Node | undefined;
  /** Limits that cut the reading short. */
  readonly limits: readonly SyntaxProblem[];
}
