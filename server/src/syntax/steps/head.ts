import { moved } from '../moved.ts';
import { type Read, readText } from '../parse.ts';
import type { Span } from '../span.ts';
import { type Comment, type Mapping, movedProblem, type Node, type SyntaxProblem } from '../tree.ts';
import type { Layout } from './blocks.ts';

/** Everything of a runbook but its steps. Spans are the file's. */
export interface Head {
  readonly root: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
  readonly comments: readonly Comment[];
  readonly anchors: ReadonlyMap<string, Node>;
  readonly missing: ReadonlySet<string>;
  /** What stands before and behind the steps, and how far apart. */
  readonly before: string;
  readonly after: string;
  readonly gap: number;
}

/** Reads what stands before and behind the steps. While neither changes, the root is the same object as before. */
export function readHead(text: string, layout: Layout, previous: Head | undefined): Head {
  const before = text.slice(0, layout.start);
  const after = text.slice(layout.end);
  const gap = layout.end - layout.start;
  if (previous?.before === before && previous.after === after) {
    if (previous.gap === gap) return previous;
    const nothingBehind = /^\s*(?:#[^\n]*\s*)*$/.test(after.length < 10_000 ? after : '#\n-');
    if (nothingBehind && previous.problems.length === 0) {
      const comments = previous.comments.map(({ text: words, span }) => ({
        text: words,
        span: span.start < before.length ? span : shifted(span, gap - previous.gap),
      }));
      return { ...previous, comments, gap };
    }
  }
  // Detached, so that a head that outlives many versions does not keep the text of its first.
  return inFile(readText(detached(before + after)), detached(before), detached(after), gap);
}

function inFile(read: Read, before: string, after: string, gap: number): Head {
  const cut = before.length;
  const place = (span: Span): Span => ({
    start: span.start < cut || span.end <= cut ? span.start : span.start + gap,
    end: span.end <= cut ? span.end : span.end + gap,
  });
  return {
    root: read.root && withEmptySteps(after === '' ? read.root : moved(read.root, place)),
    problems: read.problems.map((problem) => movedProblem(problem, place)),
    comments: read.comments.map((comment) => ({ ...comment, span: place(comment.span) })),
    anchors: read.anchors,
    missing: read.missing,
    before,
    after,
    gap,
  };
}

/** The tree with an empty list as the value of `steps`. */
function withEmptySteps(root: Node): Node {
  if (root.kind !== 'mapping') return root;
  let isFirst = true;
  const entries = root.entries.map((entry) => {
    if (!isFirst || entry.key.value !== 'steps') return entry;
    isFirst = false;
    return entry.value === undefined ? entry : { ...entry, value: emptyList(entry.value) };
  });
  return { ...root, entries } satisfies Mapping;
}

/** A list without items, in the place of a node. */
export function emptyList({ span }: Node): Node {
  return { kind: 'sequence', items: [], flow: false, span };
}

function shifted({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/**
 * A copy with memory of its own: a slice keeps all of the text alive that it was cut from,
 * and blocks outlive many versions of their file.
 */
export function detached(text: string): string {
  return ` ${text}`.slice(1);
}
