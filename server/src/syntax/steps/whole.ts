import { mostSteps } from '../limits.ts';
import { moved } from '../moved.ts';
import { parseWhole } from '../parse.ts';
import type { Span } from '../span.ts';
import { type Comment, entryOf, movedProblem, type Node, type SyntaxProblem, startOf } from '../tree.ts';
import { detached, emptyList } from './head.ts';
import type { SourceDocument } from './source.ts';
import type { StepBlock } from './step-block.ts';

/** Reads a runbook of a form that cannot be split by indentation: steps in brackets, or none at all. */
export function readWhole(text: string): Omit<SourceDocument, 'limits'> & { readonly found: number } {
  const { root, problems, comments } = parseWhole(text);
  const value = entryOf(root, 'steps')?.value;
  if (value?.kind !== 'sequence')
    return { text, root, problems, comments, blocks: [], starts: [], stepsNode: value, found: 0 };
  const items = value.items.slice(0, mostSteps);
  const spans = items.map((item) => ({ start: startOf(item), end: item.span.end }));
  const outside = ({ span }: { readonly span: Span }) => !spans.some((step) => holds(step, span));
  return {
    text,
    root: withoutSteps(root, value),
    problems: problems.length === 0 ? problems : problems.filter(outside),
    comments: comments.length === 0 ? comments : comments.filter(outside),
    blocks: items.map((item, i) => blockOf(text, item, spans[i] ?? item.span, problems, comments)),
    starts: spans.map(({ start }) => start),
    stepsNode: undefined,
    found: value.items.length,
  };
}

function blockOf(
  text: string,
  item: Node,
  span: Span,
  problems: readonly SyntaxProblem[],
  comments: readonly Comment[],
): StepBlock {
  const place = ({ start, end }: Span): Span => ({ start: start - span.start, end: end - span.start });
  return {
    text: detached(text.slice(span.start, span.end)),
    node: moved(item, place),
    problems: problems.filter((one) => holds(span, one.span)).map((one) => movedProblem(one, place)),
    comments: comments.filter((one) => holds(span, one.span)).map((one) => ({ ...one, span: place(one.span) })),
    content: place(span),
    anchors: new Map<string, Node>(),
    missing: new Set<string>(),
    aliased: 0,
    single: true,
    doubtful: problems.some(
      ({ span: own, misled }) => !holds(span, own) && misled !== undefined && holds(misled, span),
    ),
  };
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function withoutSteps(root: Node | undefined, steps: Node): Node | undefined {
  if (root?.kind !== 'mapping') return root;
  const entries = root.entries.map((entry) => (entry.value === steps ? { ...entry, value: emptyList(steps) } : entry));
  return { ...root, entries };
}
