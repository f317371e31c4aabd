import { endOfText } from '../limits.ts';
import { readText } from '../parse.ts';
import type { Span } from '../span.ts';
import type { Comment, Node, SyntaxProblem } from '../tree.ts';

/** A step's own text and what it says; spans count from the block's start. The same object as long as the text is the same. */
export interface StepBlock {
  /** Whole lines: the comments above the dash, and everything up to the next step's. */
  readonly text: string;
  readonly node: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
  readonly comments: readonly Comment[];
  /** From behind the dash to the last character of the step. */
  readonly content: Span;
  /** Anchors in it, for aliases in other steps. */
  readonly anchors: ReadonlyMap<string, Node>;
  /** Names of aliases in it whose anchors are elsewhere. */
  readonly missing: ReadonlySet<string>;
  /** Values that its aliases stand for. */
  readonly aliased: number;
  /** A mistake above it may be why it says what it says. */
  readonly doubtful?: boolean;
  /** False where it turns out to be something else than one step, which only a whole reading can tell apart. */
  readonly single: boolean;
}

/** Reads the text of one step: a list of one item. `indent` is the column at which the steps' dashes stand. */
export function readBlock(
  text: string,
  indent: number,
  environment?: ReadonlyMap<string, Node>,
  aliased?: number,
): StepBlock {
  const read = readText(text, environment, aliased);
  const { root } = read;
  const items = root?.kind === 'sequence' && !root.flow ? root.items : none;
  const node = items[0];
  const dash = dashOf(text);
  return {
    text,
    node: node?.kind === 'scalar' && node.style === 'empty' ? undefined : node,
    problems: dash.column === indent ? read.problems : [slipped(dash.at, indent, read.problems.length > 0)],
    comments: read.comments,
    content: contentOf(text, dash.at + 1, node),
    anchors: read.anchors,
    missing: read.missing,
    aliased: read.aliased,
    single: items.length === 1 || read.problems.length > 0,
  };
}

const none: readonly Node[] = [];

/** The step's dash is not where it should be; where the step cannot be read, that may be why. */
function slipped(at: number, indent: number, misleads: boolean): SyntaxProblem {
  const message = `This dash does not stand under those of the other steps. Indent the step so that its dash has ${indent === 1 ? 'one space' : `${indent} spaces`} before it.`;
  const misled = misleads ? { start: at, end: endOfText } : undefined;
  return { rule: 'syntax', message, span: { start: at, end: at + 1 }, misled };
}

function dashOf(text: string): { readonly at: number; readonly column: number } {
  // Nearly always on the first line.
  let column = 0;
  while (text.charCodeAt(column) === 32) column++;
  if (text.charCodeAt(column) === 45) return { at: column, column };
  const line = /^( *)-/m.exec(text);
  column = line?.[1]?.length ?? 0;
  return { at: (line?.index ?? 0) + column, column };
}

const blanks = /\s*/y;

function contentOf(text: string, from: number, node: Node | undefined): Span {
  blanks.lastIndex = from;
  blanks.test(text);
  const start = blanks.lastIndex;
  if (node === undefined || start === text.length) return { start: from, end: from };
  return { start, end: Math.max(start, node.span.end) };
}
