import { readActions, type StepReading } from '../commands/read-step.ts';
import type { CommandTable } from '../commands/table.ts';
import { readHead } from '../model/head.ts';
import { type ParameterValues, parameterValues } from '../model/parameters.ts';
import type { RunbookHead, Step } from '../model/runbook.ts';
import { readStep } from '../model/step.ts';
import type { ReadingProblem } from '../rules/rule.ts';
import { readSource, type SourceDocument, type StepBlock } from '../syntax/source-document.ts';
import { readingProblems } from './reading-problems.ts';
import { noSuppressions, type Suppressions, suppressionsIn } from './suppression.ts';
import { suppressionMark } from './suppression-comment.ts';

/** A runbook as far as it can be read without its fleet. */
export interface RunbookDocument {
  readonly uri: string;
  readonly text: string;
  readonly source: SourceDocument;
  readonly head: RunbookHead;
  readonly values: ParameterValues;
  /** Mistakes of everything but the steps. */
  readonly problems: readonly ReadingProblem[];
}

/** Reads a runbook. With an earlier version of it, only what has changed is read again. */
export function readRunbook(uri: string, text: string, previous?: RunbookDocument): RunbookDocument {
  if (previous?.text === text && previous.uri === uri) return previous;
  const source = readSource(text, previous?.source);
  const sameHead = previous !== undefined && source.root === previous.source.root;
  const head = sameHead ? previous.head : readHead(source.root);
  const values = sameHead ? previous.values : parameterValues(head);
  return { uri, text, source, head, values, problems: headProblems(source) };
}

function headProblems(source: SourceDocument): readonly ReadingProblem[] {
  return [...readingProblems('runbook', source.root, source.problems), ...source.limits];
}

interface KnownStep {
  readonly values: ParameterValues;
  readonly step: Step;
}

const steps = new WeakMap<StepBlock, KnownStep>();
const readings = new WeakMap<Step, { readonly table: CommandTable; readonly reading: StepReading }>();
const facts = new WeakMap<StepBlock, BlockFacts>();
/** Of the usual step there is nothing to say: one object for them all, which is quickly told. */
export const noFacts: BlockFacts = { problems: [], suppressions: noSuppressions };

/** The step in a block and what its commands mean; the same object as long as neither the block nor what it is read with changes. */
export function stepReading(block: StepBlock, values: ParameterValues, table: CommandTable): StepReading {
  const step = stepIn(block, values);
  const known = readings.get(step);
  if (known?.table === table) return known.reading;
  const reading = readActions(step, table, values);
  readings.set(step, { table, reading });
  return reading;
}

/** The step in a block, with the parameters' values put in. */
export function stepIn(block: StepBlock, values: ParameterValues): Step {
  const known = steps.get(block);
  if (known?.values === values) return known.step;
  const step = readStep(block.node, values);
  steps.set(block, { values, step });
  return step;
}

/** What a step's own text says apart from the step. */
export interface BlockFacts {
  readonly problems: readonly ReadingProblem[];
  readonly suppressions: Suppressions;
}

/** Mistakes and suppressions in a step's own text; the same object as long as the text is the same. */
export function blockFacts(block: StepBlock): BlockFacts {
  const known = facts.get(block);
  if (known !== undefined) return known;
  const { text, node: root, comments, content: step } = block;
  const problems = readingProblems('step', root, block.problems);
  const suppressions = text.includes(suppressionMark) ? suppressionsIn({ text, root, comments, step }) : noSuppressions;
  const isUsual = problems.length === 0 && suppressions === noSuppressions;
  const found = isUsual ? noFacts : { problems, suppressions };
  facts.set(block, found);
  return found;
}
