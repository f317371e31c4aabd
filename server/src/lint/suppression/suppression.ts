import type { ReadingProblem } from '../../rules/rule.ts';
import { type Span, shift } from '../../syntax/span.ts';
import { type Comment, type Node, startOf } from '../../syntax/tree.ts';
import { type NamedRule, readSuppression, type SuppressionComment } from './comment.ts';
import { contentAfter, scriptComments } from './script-comments.ts';

/** A suppression and what it covers. Spans count in the text that it was found in. */
export interface Suppression {
  readonly comment: SuppressionComment;
  /** `next`: what follows is not in this text, but is the step behind it. */
  readonly covers: 'file' | 'next' | Span;
}

/** The suppressions of a text, and what is wrong with them. */
export interface Suppressions {
  readonly list: readonly Suppression[];
  readonly mistakes: readonly ReadingProblem[];
}

export const noSuppressions: Suppressions = { list: [], mistakes: [] };

/** What suppressions are looked for in: a whole file, or the block of one step. */
interface Suppressible {
  readonly text: string;
  readonly root: Node | undefined;
  readonly comments: readonly Comment[];
  /** A step's own text from its dash on; undefined for a file. */
  readonly step?: Span | undefined;
}

/** Finds the suppressions of a file or of a step; in a step, those in its commands too. */
export function suppressionsIn(source: Suppressible): Suppressions {
  const list: Suppression[] = [];
  const mistakes: ReadingProblem[] = [];
  const add = (comment: SuppressionComment | undefined, coverage: () => Suppression['covers']) => {
    if (comment === undefined) return;
    mistakes.push(...comment.mistakes);
    if (comment.rules.length === 0) return;
    if (comment.reach === 'next-line') list.push({ comment, covers: coverage() });
    else if (isAtTop(comment, source)) list.push({ comment, covers: 'file' });
    else mistakes.push(notAtTop(comment));
  };
  for (const { text, span } of source.comments) add(readSuppression(text, span.start), () => coverage(span, source));
  for (const { text, start, covers } of scriptComments(source.root)) add(readSuppression(text, start), () => covers);
  return { list, mistakes };
}

/** A comment on a whole file stands above its first mapping or list, where everybody sees it. */
function isAtTop({ span }: SuppressionComment, { root, step }: Suppressible): boolean {
  if (step !== undefined) return false;
  const entries = root?.kind === 'mapping' ? root.entries : [];
  const first = entries.find(({ value }) => value !== undefined && value.kind !== 'scalar' && !value.flow);
  return first === undefined || span.start < first.span.start;
}

function notAtTop({ span }: SuppressionComment): ReadingProblem {
  const message =
    'This suppresses nothing: a suppression for the whole file has to stand at the top of it. Move it there, or write `runbook-lint-disable-next-line`.';
  return { rule: 'unused-suppression', message, span };
}

/** The step, item or entry that begins on the next line with content; where none does, that line. */
function coverage({ end }: Span, { text, root, step }: Suppressible): 'next' | Span {
  if (step !== undefined && end <= step.start) return step;
  const line = contentAfter(text, end);
  return line === undefined ? 'next' : (outermostOn(line, root) ?? line);
}

function outermostOn(line: Span, node: Node | undefined): Span | undefined {
  if (node === undefined || node.kind === 'scalar') return undefined;
  const parts =
    node.kind === 'mapping'
      ? node.entries.map(({ key, span, value }) => ({ start: key.outer.start, span, value }))
      : node.items.map((item) => ({ start: startOf(item), span: item.span, value: item }));
  for (const { start, span, value } of parts) {
    // What stands in the list of steps is not in the tree of their file: each step has its own suppressions.
    const isList = value?.kind === 'sequence' && value.items.length === 0;
    if (line.start <= start && start < line.end)
      return { start, end: isList ? line.end : Math.max(span.end, line.end) };
    const inner = start < line.start ? outermostOn(line, value) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** The same suppressions, seen from a text in which their own begins at `offset`. */
export function shifted({ list, mistakes }: Suppressions, offset: number): Suppressions {
  if (offset === 0 || list.length + mistakes.length === 0) return { list, mistakes };
  const moved = <T extends { readonly span: Span }>(one: T): T => ({ ...one, span: shift(one.span, offset) });
  return {
    list: list.map(({ comment, covers }) => ({
      comment: { ...moved(comment), rules: comment.rules.map(moved<NamedRule>) },
      covers: typeof covers === 'string' ? covers : shift(covers, offset),
    })),
    mistakes: mistakes.map(({ replacement, ...mistake }) => ({
      ...moved(mistake),
      replacement: replacement && moved(replacement),
    })),
  };
}
