import { spliced } from '../changed-range.ts';
import { grouped, mostSteps } from '../limits.ts';
import { everything } from '../mistakes.ts';
import type { SyntaxProblem } from '../tree.ts';
import { binary, conflict, fence, mayBeTemplate, template, tooLong, unreadable } from '../unreadable.ts';
import { findSteps, firstAfter, type Known, type Layout, splitSteps, splittable } from './blocks.ts';
import { type Change, changeBetween } from './changed.ts';
import { detached, type Head, readHead } from './head.ts';
import { linked } from './linked.ts';
import { type SourceDocument, stepSpan } from './source.ts';
import { readBlock, type StepBlock } from './step-block.ts';
import { readWhole } from './whole.ts';

export type { StepBlock } from './step-block.ts';

/** What is kept for the next version of a document; nothing for one that was read whole. */
interface Kept extends Alone {
  readonly layout: Layout;
  readonly head: Head;
  /** Something in it looks like a line of a template, as long as it stands in the text of a command. */
  readonly braces: boolean;
}

/** Steps as they read without anchors of others, and how many of them have aliases that need some. */
interface Alone {
  readonly blocks: readonly StepBlock[];
  readonly aliases: number;
}

const kept = new WeakMap<SourceDocument, Kept>();

/** Reads a runbook. With an earlier version, only the steps whose text changed are read again. Never throws. */
export function readSource(text: string, previous?: SourceDocument): SourceDocument {
  if (previous?.text === text) return previous;
  const before = previous && kept.get(previous);
  if (previous !== undefined && before !== undefined) {
    const change = changeBetween(previous.text, text);
    const lines = changedLines(text, change);
    const braces = before.braces || mayBeTemplate(lines);
    const problem =
      tooLong(text) ?? binary(lines) ?? conflict(lines) ?? fence(lines) ?? (braces ? template(text) : undefined);
    // Where carriage returns alone ended its lines, they do so no more when there is a line feed.
    const layout = previous.text.includes('\n') ? layoutAfter : freshLayout;
    if (problem === undefined) return readSteps(text, layout(text, before.layout, change), previous, braces);
  }
  const problem = unreadable(text);
  if (problem === undefined) return readSteps(text, freshLayout(text, before?.layout), previous, mayBeTemplate(text));
  return {
    text,
    root: undefined,
    problems: [problem],
    comments: [],
    blocks: [],
    starts: [],
    stepsNode: undefined,
    limits: [],
  };
}

/** The lines of a change: elsewhere is nothing that makes a text unreadable, or it would not have been read before. */
function changedLines(text: string, { start, newEnd }: Change): string {
  const end = text.indexOf('\n', newEnd);
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, end === -1 ? text.length : end);
}

/** A layout, and which steps of the version before stand in it as they were: so many at its beginning, and those from `resumed` on. */
interface Laid {
  readonly layout: Layout;
  readonly same: number;
  readonly resumed: number;
}

function freshLayout(text: string, old?: Layout): Laid | undefined {
  const found = findSteps(splittable(text));
  if (found === undefined) return undefined;
  const { starts, end } = splitSteps(splittable(text), found.start, found.indent);
  return { layout: { ...found, starts, end }, same: 0, resumed: old?.starts.length ?? 0 };
}

/** The layout after a change: what stands before and behind it is not looked at again. */
function layoutAfter(text: string, old: Layout, change: Change): Laid | undefined {
  if (!text.includes('\n')) return freshLayout(text, old);
  const moved = change.newEnd - change.oldEnd;
  const known: Known = { starts: old.starts, moved, changedTo: change.newEnd };
  // The step above the change too: what changed may have become a part of it.
  const same = Math.max(0, firstAfter(old.starts, change.start + 1) - 2);
  const at = old.starts[same];
  const found = same === 0 || at === undefined || change.start <= old.seenTo ? findSteps(text) : old;
  if (found === undefined) return undefined;
  if (found.indent !== old.indent) return freshLayout(text, old);
  const { starts, end, resumed } = splitSteps(text, same === 0 ? found.start : (at ?? 0), found.indent, known);
  const layout = {
    start: found.start,
    indent: found.indent,
    seenTo: found.seenTo,
    starts: startsAfter(old.starts, { from: same, oldTo: resumed }, starts, moved),
    end: resumed === old.starts.length ? end : old.end + moved,
  };
  return { layout, same, resumed };
}

/** `old` with those of its changed part replaced, and those behind it moved. */
function startsAfter(
  old: readonly number[],
  changed: { readonly from: number; readonly oldTo: number },
  middle: readonly number[],
  moved: number,
): readonly number[] {
  const rest = spliced(old, changed, middle);
  const behind = changed.from + middle.length;
  return moved === 0 ? rest : rest.map((start, i) => (i < behind ? start : start + moved));
}

function readSteps(
  text: string,
  laid: Laid | undefined,
  previous: SourceDocument | undefined,
  braces: boolean,
): SourceDocument {
  if (laid === undefined) return whole(text);
  const { layout } = laid;
  const before = previous && kept.get(previous);
  const head = readHead(text, layout, before?.head);
  if (head.missing.size > 0 && text.includes('&')) return whole(text);
  const alone = blocksOf(text, laid, before);
  if (alone === undefined) return whole(text);
  const { starts, indent } = layout;
  const blocks =
    alone.aliases === 0
      ? alone.blocks
      : linked(alone.blocks, starts, head.anchors, indent, before === undefined ? [] : (previous?.blocks ?? []));
  const { root, problems, comments } = head;
  const limits = starts.length > mostSteps ? [tooMany(starts.length, starts[mostSteps])] : [];
  const document = { text, root, problems, comments, blocks, starts, stepsNode: undefined, limits };
  kept.set(document, { layout, head, braces, ...alone });
  return document;
}

/** The steps, each read by itself; undefined where one of them turns out to be several. */
function blocksOf(text: string, { layout, same, resumed }: Laid, before: Kept | undefined): Alone | undefined {
  const { starts, end, indent } = layout;
  const known = before?.layout.indent === indent ? before.blocks : [];
  const oldCount = before?.layout.starts.length ?? 0;
  const late = oldCount - starts.length;
  const behind = starts.length - (oldCount - resumed);
  const count = Math.min(starts.length, mostSteps);
  const from = Math.min(same, count);
  const isWhole = known.length === count + late;
  const to = isWhole ? Math.min(behind, count) : count;
  const middle: StepBlock[] = [];
  for (let i = from; i < to; i++) {
    const start = starts[i] ?? 0;
    const stop = starts[i + 1] ?? end;
    const old =
      i < behind
        ? (standing(known[i], text, start, stop) ?? standing(known[i + late], text, start, stop))
        : known[i + late];
    if (old !== undefined) {
      middle.push(old);
      continue;
    }
    const own = text.slice(start, stop);
    // What is read later may outlive many versions.
    const block = readBlock(before === undefined ? own : detached(own), indent);
    if (!block.single) return undefined;
    middle.push(block);
  }
  const blocks = spliced(known, { from, oldTo: isWhole ? to + late : known.length }, middle);
  if (before === undefined || Math.max(oldCount, starts.length) > mostSteps)
    return { blocks, aliases: aliasesIn(blocks) };
  const gone = aliasesIn(known.slice(same, resumed));
  return { blocks, aliases: before.aliases - gone + aliasesIn(blocks.slice(same, behind)) };
}

function aliasesIn(blocks: readonly StepBlock[]): number {
  return blocks.reduce((count, { missing }) => count + (missing.size > 0 ? 1 : 0), 0);
}

/** The block, if its text stands at that place. */
function standing(block: StepBlock | undefined, text: string, start: number, end: number): StepBlock | undefined {
  return block !== undefined && block.text.length === end - start && text.startsWith(block.text, start)
    ? block
    : undefined;
}

function whole(text: string): SourceDocument {
  const { found, ...read } = readWhole(text);
  return { ...read, limits: found > mostSteps ? [tooMany(found, stepSpan(read, read.blocks.length - 1).end)] : [] };
}

function tooMany(count: number, at = 0): SyntaxProblem {
  const message = `The runbook has ${grouped(count)} steps, and the first ${grouped(mostSteps)} are read. Split it.`;
  return { rule: 'limit-reached', message, span: { start: at, end: at + 1 }, misled: everything };
}
