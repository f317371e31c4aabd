import type { Analysis } from '../lint/analysis.ts';
import { type Span, shift } from '../syntax/span.ts';
import type { Node } from '../syntax/tree.ts';
import { linesOf } from './lines.ts';

/** Lines that can be shown as the first of them, both ends included. */
interface Fold {
  readonly from: number;
  readonly to: number;
  readonly kind: 'comment' | undefined;
}

/** What can be folded: steps, mappings, lists, scripts, and comments of several lines; the outer before the inner. */
export function foldsIn(analysis: Analysis): readonly Fold[] {
  const lines = linesOf(analysis.text);
  const byStart = new Map<number, Fold>();
  const add = ({ start, end }: Span, kind?: Fold['kind']) => {
    const from = lines.at(start);
    let to = lines.at(end);
    if (to > from && lines.start(to) === end) to -= 1;
    while (to > from && analysis.text.slice(lines.start(to), lines.end(to)).trim() === '') to -= 1;
    const known = byStart.get(from);
    if (to > from && (known === undefined || known.to < to)) byStart.set(from, { from, to, kind });
  };
  for (const span of nodeSpans(analysis.root, 0)) add(span);
  if (analysis.kind === 'runbook') {
    const steps = analysis.steps;
    const last = steps.at(-1);
    const key = stepsKey(analysis.root);
    if (key !== undefined && last !== undefined) add({ start: key, end: last.span.end });
    for (const { span, node, offset } of steps) {
      add(span);
      for (const inner of nodeSpans(node, offset)) add(inner);
    }
  }
  for (const span of commentRuns(analysis.text)) add(span, 'comment');
  return [...byStart.values()].toSorted((a, b) => a.from - b.from);
}

function stepsKey(root: Node | undefined): number | undefined {
  return root?.kind === 'mapping' ? root.entries.find(({ key }) => key.value === 'steps')?.key.span.start : undefined;
}

/** Every entry and item of several lines. */
function* nodeSpans(node: Node | undefined, offset: number): Generator<Span> {
  if (node?.kind === 'mapping') {
    for (const { key, value } of node.entries) {
      if (value === undefined) continue;
      const end = value.kind === 'scalar' ? value.outer.end : value.span.end;
      yield shift({ start: key.outer.start, end }, offset);
      yield* nodeSpans(value, offset);
    }
  } else if (node?.kind === 'sequence') {
    if (node.flow) yield shift(node.span, offset);
    for (const item of node.items) {
      if (!node.flow && item.kind !== 'scalar') yield shift(item.span, offset);
      yield* nodeSpans(item, offset);
    }
  }
}

/** Comments on lines of their own that follow one another. */
function* commentRuns(text: string): Generator<Span> {
  const run = /^[ \t]*#[^\r\n]*(?:(?:\r\n|\n|\r)[ \t]*#[^\r\n]*)+/gm;
  for (const { 0: lines, index } of text.matchAll(run)) yield { start: index, end: index + lines.length };
}
