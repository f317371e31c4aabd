import { readHead } from '../model/head.ts';
import { type ParameterValues, parameterValues } from '../model/parameters.ts';
import type { RunbookHead, Step } from '../model/runbook.ts';
import type { ReadingProblem } from '../rules/rule.ts';
import {
  type ChangedRange,
  changedRange,
  type Sparse,
  sparse,
  spliced,
  splicedSparse,
} from '../syntax/changed-range.ts';
import type { Span } from '../syntax/span.ts';
import type { SourceDocument } from '../syntax/steps/source.ts';
import { readSource, type StepBlock } from '../syntax/steps/source-document.ts';
import { stepOf } from './damaged-step.ts';
import { readingProblems } from './reading-problems.ts';
import { idsAfter } from './step-ids.ts';
import { suppressionMark } from './suppression/comment.ts';
import { noSuppressions, type Suppressions, suppressionsIn } from './suppression/suppression.ts';

/** A runbook as far as it can be read without its fleet. */
export interface RunbookDocument {
  readonly uri: string;
  readonly text: string;
  readonly source: SourceDocument;
  readonly head: RunbookHead;
  readonly values: ParameterValues;
  /** Mistakes of everything but the steps. */
  readonly problems: readonly ReadingProblem[];
  /** The steps, with the parameters' values put in; the same object as long as neither its text nor those values change. */
  readonly steps: readonly Step[];
  /** Of the steps of whose own text there is something to say. */
  readonly facts: Sparse<BlockFacts>;
  /** The ids of all steps, of those in others too; the same list as long as it says the same. */
  readonly ids: readonly string[];
}

/** Reads a runbook. With an earlier version of it, only what has changed is read again. */
export function readRunbook(uri: string, text: string, previous?: RunbookDocument): RunbookDocument {
  if (previous?.text === text && previous.uri === uri) return previous;
  return documentOf(uri, readSource(text, previous?.source), previous);
}

/** What a runbook's source says. With an earlier version, only the steps that have changed are looked at again. */
export function documentOf(uri: string, source: SourceDocument, previous?: RunbookDocument): RunbookDocument {
  const known = previous?.source.root === source.root ? previous : undefined;
  const head = known?.head ?? readHead(source.root);
  const values = known?.values ?? parameterValues(head);
  const change = previous && changedRange(previous.source.blocks, source.blocks);
  const steps = renewed(known?.steps, change, source.blocks, (block) => stepOf(block, values));
  const facts = factsAfter(previous?.facts, change, source);
  const ids = idsAfter(known, change, steps);
  return { uri, text: source.text, source, head, values, problems: headProblems(source), steps, facts, ids };
}

/** What is made of each item; of those that did not change, what was made before. */
function renewed<Item, Made>(
  before: readonly Made[] | undefined,
  change: ChangedRange | undefined,
  items: readonly Item[],
  make: (item: Item) => Made,
): readonly Made[] {
  if (before === undefined || change === undefined) return items.map(make);
  return spliced(before, change, items.slice(change.from, change.to).map(make));
}

function factsAfter(
  before: Sparse<BlockFacts> | undefined,
  change: ChangedRange | undefined,
  { blocks }: SourceDocument,
): Sparse<BlockFacts> {
  const factsIn = (from: number, to?: number) =>
    sparse(blocks.slice(from, to).map(blockFacts), from, (one) => one !== noFacts);
  if (before === undefined || change === undefined) return factsIn(0);
  return splicedSparse(before, change, factsIn(change.from, change.to));
}

function headProblems(source: SourceDocument): readonly ReadingProblem[] {
  return [...readingProblems('runbook', source.root, source.problems), ...source.limits];
}

/** What a step's own text says apart from the step. */
interface BlockFacts {
  readonly problems: readonly ReadingProblem[];
  readonly suppressions: Suppressions;
}

/** Of the usual step there is nothing to say: one object for them all, which is quickly told. */
const noFacts: BlockFacts = { problems: [], suppressions: noSuppressions };

function onDash(problem: ReadingProblem, { start }: Span): ReadingProblem {
  return problem.span.end > 0 ? problem : { ...problem, span: { start: start - 1, end: start } };
}

/** Mistakes and suppressions in a step's own text. */
function blockFacts({ text, node: root, comments, content: step, problems: found, doubtful }: StepBlock): BlockFacts {
  const read = readingProblems('step', root, found, doubtful);
  // Of an empty step there is nothing but its dash to point at.
  const problems = root === undefined ? read.map((problem) => onDash(problem, step)) : read;
  const suppressions = text.includes(suppressionMark) ? suppressionsIn({ text, root, comments, step }) : noSuppressions;
  return problems.length === 0 && suppressions === noSuppressions ? noFacts : { problems, suppressions };
}
