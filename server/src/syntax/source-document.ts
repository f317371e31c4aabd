import { findSteps, firstAfter, type Known, type Layout, splitSteps, splittable } from './blocks.ts';
import { type Change, changeBetween } from './changed.ts';
import { detached, type Head, readHead } from './head.ts';
import { grouped, mostSteps } from './limits.ts';
import { linked, unlinked } from './linked.ts';
import { placed, readBlock, type StepSource } from './step-block.ts';
import type { Comment, Node, SyntaxProblem } from './tree.ts';
import { binary, conflict, tooLong, unreadable } from './unreadable.ts';
import { readWhole } from './whole.ts';

export type { StepBlock, StepSource } from './step-block.ts';

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

/** What is kept for the next version of a document; nothing for one that was read whole. */
interface Kept {
  readonly layout: Layout;
  readonly head: Head;
}

const kept = new WeakMap<SourceDocument, Kept>();

/** Reads a runbook. With an earlier version, only the steps whose text changed are read again. Never throws. */
export function readSource(text: string, previous?: SourceDocument): SourceDocument {
  if (previous?.text === text) return previous;
  const before = previous && kept.get(previous);
  if (previous !== undefined && before !== undefined) {
    const change = changeBetween(previous.text, text);
    const problem = tooLong(text) ?? binary(text.slice(change.start, change.newEnd)) ?? newConflict(text, change);
    if (problem === undefined) return readSteps(text, layoutAfter(text, before.layout, change), previous);
  }
  const problem = unreadable(text);
  if (problem === undefined) return readSteps(text, freshLayout(splittable(text)), previous);
  return { text, root: undefined, problems: [problem], comments: [], steps: [], stepsNode: undefined, limits: [] };
}

/** A conflict marker in the lines of a change: there was none before. */
function newConflict(text: string, { start, newEnd }: Change): SyntaxProblem | undefined {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const end = text.indexOf('\n', newEnd);
  return conflict(text.slice(line, end === -1 ? text.length : end), 0);
}

function freshLayout(text: string): Layout | undefined {
  const found = findSteps(text);
  return found && { ...found, ...splitSteps(text, found.start, found.indent) };
}

/** The layout after a change: what stands before and behind it is not looked at again. */
function layoutAfter(text: string, old: Layout, change: Change): Layout | undefined {
  if (!text.includes('\n')) return freshLayout(splittable(text));
  const moved = change.newEnd - change.oldEnd;
  const known: Known = { starts: old.starts, end: old.end, moved, changedTo: change.newEnd };
  // The step above the change too: what changed may have become a part of it.
  const from = firstAfter(old.starts, change.start + 1) - 2;
  const at = old.starts[from];
  if (from < 1 || at === undefined) {
    const found = findSteps(text);
    if (found === undefined) return undefined;
    const same = found.indent === old.indent;
    return { ...found, ...splitSteps(text, found.start, found.indent, same ? known : undefined) };
  }
  const { starts, end } = splitSteps(text, at, old.indent, known);
  return { ...old, starts: old.starts.slice(0, from).concat(starts), end };
}

function readSteps(text: string, layout: Layout | undefined, previous: SourceDocument | undefined): SourceDocument {
  if (layout === undefined) return whole(text);
  const before = previous && kept.get(previous);
  const head = readHead(text, layout, before?.head);
  const known = before?.layout.indent === layout.indent ? (previous?.steps ?? []) : [];
  const alone = blocksOf(text, layout, known);
  if (alone.some(({ block }) => !block.single) || (head.missing.size > 0 && text.includes('&'))) return whole(text);
  const steps = linked(alone, head.anchors, layout.indent, known);
  const { root, problems, comments } = head;
  const limits = layout.starts.length > mostSteps ? [tooMany(layout.starts.length, layout.starts[mostSteps])] : [];
  const document = { text, root, problems, comments, steps, stepsNode: undefined, limits };
  kept.set(document, { layout, head });
  return document;
}

function blocksOf(text: string, { starts, end, indent }: Layout, known: readonly StepSource[]): readonly StepSource[] {
  const steps: StepSource[] = [];
  const late = known.length - starts.length;
  const count = Math.min(starts.length, mostSteps);
  for (let i = 0; i < count; i++) {
    const start = starts[i] ?? 0;
    const stop = starts[i + 1] ?? end;
    const same = standing(known[i], text, start, stop) ?? standing(known[i + late], text, start, stop);
    if (same === undefined) steps.push(placed(readBlock(detached(text.slice(start, stop)), indent), start));
    else if (same.offset === start && unlinked(same.block) === same.block) steps.push(same);
    else steps.push(placed(unlinked(same.block), start));
  }
  return steps;
}

/** The step, if its text stands at that place. */
function standing(step: StepSource | undefined, text: string, start: number, end: number): StepSource | undefined {
  return step !== undefined && step.block.text.length === end - start && text.startsWith(step.block.text, start)
    ? step
    : undefined;
}

function whole(text: string): SourceDocument {
  const { found, ...read } = readWhole(text);
  return { ...read, limits: found > mostSteps ? [tooMany(found, read.steps.at(-1)?.span.end)] : [] };
}

function tooMany(count: number, at = 0): SyntaxProblem {
  const message = `The runbook has ${grouped(count)} steps, and the first ${grouped(mostSteps)} are read. Split it.`;
  return { rule: 'limit-reached', message, span: { start: at, end: at + 1 } };
}
