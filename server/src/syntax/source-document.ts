import { findSteps, type Layout, splitSteps } from './blocks.ts';
import { mostSteps } from './limits.ts';
import { moved } from './moved.ts';
import { parsePart, parseYaml } from './parse.ts';
import type { Span } from './span.ts';
import { entryOf, type Mapping, type Node, type SyntaxProblem } from './tree.ts';
import { unreadable } from './unreadable.ts';

/** A runbook's text, read step by step. All spans count from the start of the file, but those inside a block. */
export interface SourceDocument {
  readonly text: string;
  /** Everything but the steps: where `steps` holds a list, it is an empty one here. The same object while nothing of it changes. */
  readonly root: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
  readonly steps: readonly StepSource[];
  /** Limits that cut the reading short. */
  readonly limits: readonly SyntaxProblem[];
  /** How the steps were found; undefined where the whole was parsed at once. */
  readonly layout: Layout | undefined;
}

/** A step and where it stands now. */
export interface StepSource {
  readonly block: StepBlock;
  /** Add it to the spans of the block. */
  readonly offset: number;
  /** The step without its dash, up to the last character of its content. */
  readonly span: Span;
}

/** A step's own text and what it says. The same object as long as the text is the same. */
export interface StepBlock {
  readonly text: string;
  readonly node: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
  /** Aliases in it whose anchor is not. */
  readonly dangling: boolean;
}

/** Reads a runbook. With an earlier version, only the steps whose text changed are parsed. */
export function readSource(text: string, previous?: SourceDocument): SourceDocument {
  const hopeless = unreadable(text);
  if (hopeless !== undefined) {
    return { text, root: undefined, problems: [hopeless], steps: [], limits: [], layout: undefined };
  }
  const layout = loneReturn.test(text) ? undefined : ((previous && relaid(text, previous)) ?? findSteps(text));
  if (layout === undefined) return readWhole(text);
  const steps = blocksOf(text, layout, previous);
  if (steps.some(({ block }) => block.dangling) && /&[^\s&]/.test(text)) return readWhole(text);
  const { root, problems } = headOf(text, layout, previous);
  const limits = layout.offsets.length > mostSteps ? [tooMany(layout, text)] : [];
  return { text, root, problems, steps, limits, layout };
}

/** YAML ends a line at a lone carriage return too; no editor writes it, so such a file is parsed at once. */
const loneReturn = /\r(?!\n)/;

function tooMany(layout: Layout, text: string): SyntaxProblem {
  const start = (layout.offsets[mostSteps] ?? layout.start) + layout.indent;
  const message = `This runbook has ${layout.offsets.length} steps; only the first ${mostSteps} are read. Split it.`;
  return { rule: 'limit-reached', message, span: { start, end: Math.min(start + 1, text.length) } };
}

/** The layout after an edit, from the layout before: steps that stand unchanged at both ends are not looked at again. */
function relaid(text: string, { text: old, layout, steps }: SourceDocument): Layout | undefined {
  if (layout === undefined || steps.length !== layout.offsets.length) return undefined;
  if (!text.startsWith(old.slice(0, layout.start))) return undefined;
  const grown = text.length - old.length;
  if (text.slice(layout.end + grown) !== old.slice(layout.end)) return undefined;
  let first = 0;
  while (first < steps.length && text.startsWith(steps[first]?.block.text ?? '', steps[first]?.offset)) first += 1;
  let last = steps.length;
  while (last > first && text.startsWith(steps[last - 1]?.block.text ?? '', (steps[last - 1]?.offset ?? 0) + grown))
    last -= 1;
  // The step before the change too: what changed may have become a part of it.
  const from = Math.max(0, first - 1);
  const start = layout.offsets[from] ?? layout.start;
  const limit = (layout.offsets[last] ?? layout.end) + grown;
  if (limit < start) return undefined;
  const { offsets, end } = splitSteps(text, start, layout.indent, limit);
  if (end !== limit || offsets[0] !== start) return undefined;
  const after = layout.offsets.slice(last).map((offset) => offset + grown);
  return {
    start: layout.start,
    end: layout.end + grown,
    indent: layout.indent,
    offsets: [...layout.offsets.slice(0, from), ...offsets, ...after],
  };
}

function blocksOf(text: string, layout: Layout, previous: SourceDocument | undefined): readonly StepSource[] {
  const known = previous?.layout?.indent === layout.indent ? previous.steps : [];
  const late = known.length - layout.offsets.length;
  const steps: StepSource[] = [];
  for (const [i, offset] of layout.offsets.entries()) {
    if (i >= mostSteps) break;
    const end = layout.offsets[i + 1] ?? layout.end;
    const same = [known[i], known[i + late]].find(
      (step) => step?.block.text.length === end - offset && text.startsWith(step.block.text, offset),
    );
    if (same?.offset === offset) steps.push(same);
    else {
      const block = same?.block ?? readBlock(text.slice(offset, end), layout.indent);
      steps.push({ block, offset, span: contentOf(block, offset, layout.indent) });
    }
  }
  return steps;
}

/** A block parses on its own with a space in place of its dash. */
function readBlock(slice: string, indent: number): StepBlock {
  const text = detached(slice);
  const { root: node, problems, dangling } = parsePart(`${text.slice(0, indent)} ${text.slice(indent + 1)}`);
  return { text, node, problems, dangling };
}

/** A copy that does not keep the text alive that it was cut from: blocks outlive many versions of their file. */
function detached(slice: string): string {
  return JSON.parse(JSON.stringify(slice)) as string;
}

function contentOf(block: StepBlock, offset: number, indent: number): Span {
  const first = /\S/.exec(block.text.slice(indent + 1))?.index;
  const start = first === undefined ? indent + 1 : indent + 1 + first;
  const end = block.node === undefined ? block.text.trimEnd().length : endOf(block.node);
  return { start: offset + start, end: offset + Math.max(start, end) };
}

function endOf(node: Node): number {
  return node.kind === 'scalar' ? node.span.end : Math.max(node.span.start, ...lastEnds(node));
}

function lastEnds(node: Exclude<Node, { kind: 'scalar' }>): readonly number[] {
  if (node.flow) return [node.span.end];
  if (node.kind === 'sequence') return node.items.slice(-1).map(endOf);
  return node.entries
    .slice(-1)
    .map(({ key, value }) => Math.max(key.outer.end, value === undefined ? 0 : endOf(value)));
}

/** Parses what stands before and after the steps. */
function headOf(
  text: string,
  layout: Layout,
  previous: SourceDocument | undefined,
): Pick<SourceDocument, 'root' | 'problems'> {
  const before = text.slice(0, layout.start);
  const after = text.slice(layout.end);
  const old = previous?.layout;
  if (previous !== undefined && old !== undefined && after.trim() === '') {
    const same =
      previous.problems.length === 0 && old.start === layout.start && previous.text.slice(old.end).trim() === '';
    if (same && previous.text.startsWith(before)) return previous;
  }
  const { root, problems } = parseYaml(before + after);
  const gap = layout.end - layout.start;
  const place = (span: Span): Span => {
    const push = (offset: number) =>
      offset > before.length || (offset === before.length && span.start >= before.length) ? offset + gap : offset;
    return { start: push(span.start), end: push(span.end) };
  };
  const all = root && withEmptySteps(moved(root, place), { start: layout.start, end: layout.end });
  return { root: all, problems: problems.map((problem) => ({ ...problem, span: place(problem.span) })) };
}

function withEmptySteps(root: Node, span: Span): Node {
  if (root.kind !== 'mapping') return root;
  const entries = root.entries.map((entry) =>
    entry.key.value === 'steps' && (entry.value === undefined || isEmpty(entry.value))
      ? { ...entry, value: { kind: 'sequence', items: [], flow: false, span } as const }
      : entry,
  );
  return { ...root, entries } satisfies Mapping;
}

function isEmpty(node: Node): boolean {
  return node.kind === 'scalar' && node.style === 'empty';
}

/** For documents of another form: a flow list, or anchors that reach from step to step. */
function readWhole(text: string): SourceDocument {
  const { root, problems } = parseYaml(text);
  const list = entryOf(root, 'steps')?.value;
  const items = list?.kind === 'sequence' ? list.items : [];
  const steps = items.slice(0, mostSteps).map((item): StepSource => {
    const span = { start: outerStart(item), end: Math.max(outerStart(item), endOf(item)) };
    const node = moved(item, ({ start, end }) => ({ start: start - span.start, end: end - span.start }));
    const block = { text: text.slice(span.start, span.end), node, problems: [], dangling: false };
    return { block, offset: span.start, span };
  });
  const empty = root?.kind === 'mapping' && list?.kind === 'sequence' ? emptied(root) : root;
  return { text, root: empty, problems, steps, limits: [], layout: undefined };
}

function emptied(root: Mapping): Mapping {
  const entries = root.entries.map((entry) =>
    entry.key.value === 'steps' && entry.value?.kind === 'sequence'
      ? { ...entry, value: { ...entry.value, items: [] } }
      : entry,
  );
  return { ...root, entries };
}

function outerStart(node: Node): number {
  return node.kind === 'scalar' ? node.outer.start : node.span.start;
}
