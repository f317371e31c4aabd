import type { Span } from './span.ts';

/** What the YAML of a file or of one step says, with every scalar as a string and a span on everything. */
export type Node = Scalar | Mapping | Sequence;

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded' | 'empty';

export interface Scalar {
  readonly kind: 'scalar';
  /** The value as a YAML reader sees it, escapes and folding resolved. An empty value is `''`. */
  readonly value: string;
  readonly style: ScalarStyle;
  /** The value's own characters: without quotes, without a block header. */
  readonly span: Span;
  /** The whole scalar in the source: quotes and block header included. */
  readonly outer: Span;
  /** The source text of `outer`; with it a place in `value` can be found in the source (scalar-source.ts). */
  readonly source: string;
  /** True where the text around it is broken (an unclosed quote), so that the value may be cut short. */
  readonly damaged: boolean;
}

export interface Entry {
  readonly key: Scalar;
  /** Undefined where the colon or the value is missing. */
  readonly value: Node | undefined;
  readonly span: Span;
}

export interface Mapping {
  readonly kind: 'mapping';
  readonly entries: readonly Entry[];
  readonly flow: boolean;
  readonly span: Span;
}

export interface Sequence {
  readonly kind: 'sequence';
  readonly items: readonly Node[];
  readonly flow: boolean;
  readonly span: Span;
}

/** A mistake that the reader of YAML found; the text around it is read all the same. */
export interface SyntaxProblem {
  readonly rule: 'syntax' | 'duplicate-key' | 'limit-reached';
  readonly message: string;
  readonly span: Span;
  /** What may be misread because of it; undefined where everything is read as it is meant all the same. */
  readonly misled?: Span | undefined;
  readonly replacement?: Replacement | undefined;
}

/** A change of the text that mends a mistake. */
export interface Replacement {
  readonly title: string;
  readonly span: Span;
  readonly newText: string;
  /** It cannot change what the author meant, so that it may be made unseen. */
  readonly spelling: boolean;
}

/** The same problem with its spans put elsewhere. */
export function movedProblem(problem: SyntaxProblem, place: (span: Span) => Span): SyntaxProblem {
  const { span, misled, replacement } = problem;
  return {
    ...problem,
    span: place(span),
    misled: misled && place(misled),
    replacement: replacement && { ...replacement, span: place(replacement.span) },
  };
}

/** A comment, for suppressions; `span` covers `#` to the end of the line. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
}

/** The result of reading a text. Never thrown, never empty-handed: `root` is undefined only where there is no content. */
export interface Parsed {
  readonly root: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/** Where a node begins, its quotes included. */
export function startOf(node: Node): number {
  return node.kind === 'scalar' ? node.outer.start : node.span.start;
}

/** The first entry with that key; undefined where there is none. */
export function entryOf(node: Node | undefined, key: string): Entry | undefined {
  if (node?.kind !== 'mapping') return undefined;
  // Asked for every key that a step may have, and most are not there.
  for (let i = 0; i < node.entries.length; i++) {
    const entry = node.entries[i];
    if (entry?.key.value === key) return entry;
  }
  return undefined;
}
