import { type Places, placesIn } from '../../syntax/decoding/scalar-source.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node, Scalar } from '../../syntax/tree.ts';
import { suppressionMark } from './comment.ts';

/** A comment in a script, and the command line that follows it. */
interface ScriptComment {
  /** From `#` to the end of the line. */
  readonly text: string;
  readonly start: number;
  readonly covers: Span;
}

/** Comments to the linter inside the literal blocks of a tree: to YAML they are a part of the value. */
export function scriptComments(root: Node | undefined): readonly ScriptComment[] {
  return literals(root).flatMap(commentsIn);
}

function literals(node: Node | undefined): readonly Scalar[] {
  if (node === undefined) return [];
  if (node.kind === 'scalar') return node.style === 'literal' && node.value.includes(suppressionMark) ? [node] : [];
  if (node.kind === 'sequence') return node.items.flatMap(literals);
  return node.entries.flatMap(({ value }) => literals(value));
}

function commentsIn(scalar: Scalar): readonly ScriptComment[] {
  const { value } = scalar;
  const places = placesIn(scalar);
  const found: ScriptComment[] = [];
  for (const { end, content } of linesFrom(value, 0)) {
    if (!content.startsWith('#')) continue;
    const start = places(end - content.length, end).start;
    found.push({ text: content, start, covers: commandAfter(value, end, places) });
  }
  return found;
}

/** The next command line after an offset of the value, with the lines that continue it; nothing where the script ends. */
function commandAfter(value: string, offset: number, places: Places): Span {
  const first = contentAfter(value, offset);
  if (first === undefined) return places(value.length, value.length);
  let { end } = first;
  for (const line of linesFrom(value, first.start)) {
    end = line.end;
    if (!continues.test(line.content)) break;
  }
  return places(first.start, end);
}

/** What a line ends with where its command goes on in the next: a backslash of its own, a pipe, `&&` or `||`. */
export const continues = /(?:(?:^|[^\\])(?:\\\\)*\\|\||&&)$/;

interface Line extends Span {
  /** Without the white space around it. */
  readonly content: string;
}

/** The first line behind the one of `offset` that is neither blank nor a comment. */
export function contentAfter(text: string, offset: number): Span | undefined {
  const next = /[\r\n]/g;
  next.lastIndex = offset;
  const found = next.exec(text);
  if (found === null) return undefined;
  for (const line of linesFrom(text, found.index + 1)) {
    if (line.content !== '' && !line.content.startsWith('#')) return line;
  }
  return undefined;
}

/** The lines from an offset on, where one begins. */
function* linesFrom(text: string, offset: number): Generator<Line> {
  const line = /[^\r\n]*/y;
  for (let start = offset; start < text.length; ) {
    line.lastIndex = start;
    const [words = ''] = line.exec(text) ?? [];
    yield { start, end: start + words.trimEnd().length, content: words.trim() };
    start += words.length + 1;
  }
}
