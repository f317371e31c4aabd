import type { CST } from 'yaml';
import { resolveAlias } from './aliases.ts';
import { buildFlow } from './build-flow.ts';
import { buildBlockMap } from './build-mapping.ts';
import { mostDepth } from './limits.ts';
import { maskedPart, startsWithPlaceholder, unmask } from './masks.ts';
import { syntaxProblem, tooDeep, wordAt } from './mistakes.ts';
import { inQuotes, quoting, shortened } from './quoting.ts';
import type { Reading } from './reading.ts';
import { emptyScalar, isScalarToken, readScalar } from './scalars.ts';
import type { Mapping, Node, Scalar } from './tree.ts';

/** A node and where its text ends; the node of an alias stands elsewhere. */
export interface Built {
  readonly node: Node;
  readonly start: number;
  readonly end: number;
}

/** Where in the tree a node is built. */
export interface Place {
  readonly depth: number;
  readonly flow: boolean;
}

type Props = readonly CST.SourceToken[];

/** The node of a token, with the anchor that stands before it. Undefined where nothing can be made of it. */
export function build(
  token: CST.Token | null | undefined,
  props: Props,
  place: Place,
  reading: Reading,
): Built | undefined {
  const anchor = anchorIn(props);
  if (anchor === undefined) return buildPlain(token, props, place, reading);
  reading.open.add(anchor);
  const built = buildPlain(token, props, place, reading);
  reading.open.delete(anchor);
  if (built !== undefined) reading.anchors.set(anchor, built.node);
  return built;
}

function anchorIn(props: Props): string | undefined {
  const name = props.findLast(({ type }) => type === 'anchor')?.source.slice(1);
  return name === '' ? undefined : name;
}

function buildPlain(
  token: CST.Token | null | undefined,
  props: Props,
  place: Place,
  reading: Reading,
): Built | undefined {
  if (token === null || token === undefined) return built(emptyScalar(endOfProps(props)));
  if (token.type === 'alias') {
    return { node: resolveAlias(token, reading), start: token.offset, end: token.offset + token.source.length };
  }
  if (isScalarToken(token)) return built(scalarIn(token, place, reading));
  if (token.type !== 'block-map' && token.type !== 'block-seq' && token.type !== 'flow-collection') return undefined;
  if (place.depth > mostDepth) {
    reading.limit ??= tooDeep(token.offset, token.offset + 1);
    return undefined;
  }
  const inner = { ...place, depth: place.depth + 1 };
  if (token.type === 'block-map') return buildBlockMap(token, inner, reading);
  return token.type === 'block-seq' ? buildSequence(token, inner, reading) : buildFlow(token, inner, reading);
}

export function built(node: Node): Built {
  return { node, start: node.kind === 'scalar' ? node.outer.start : node.span.start, end: node.span.end };
}

/** Where an empty value would stand: behind the last thing before it that is not white space or a comment. */
function endOfProps(props: Props): number {
  const last = props.findLast(({ type }) => type !== 'space' && type !== 'newline' && type !== 'comment');
  return last === undefined ? (props[0]?.offset ?? 0) : last.offset + last.source.length;
}

/** The scalar of a token; what it holds that has to be quoted is noted. */
export function scalarIn(token: CST.FlowScalar | CST.BlockScalar, { flow }: Place, reading: Reading): Scalar {
  const scalar = readScalar(token, reading.text);
  const { start, end } = scalar.outer;
  if (scalar.damaged) {
    const firstLine = scalar.source.split('\n', 1)[0]?.trimEnd() ?? '';
    const message = `The quote that begins this value is not closed. Write another ${scalar.source[0] ?? '"'} where the value ends.`;
    const close = scalar.source[0] ?? '"';
    const replacement = {
      title: `Close the quote: ${firstLine}${close}`,
      span: { start: start + firstLine.length, end: start + firstLine.length },
      newText: close,
      spelling: false,
    };
    reading.found.push(syntaxProblem(message, start, start + firstLine.length, 'in the entry', replacement));
  } else if (token.type === 'scalar') {
    const reason = reasonToQuote(token.source, flow);
    if (reason !== undefined) {
      const message = `Quote the value: ${reason}. Write ${inQuotes(shortened(scalar.source))}.`;
      reading.found.push(syntaxProblem(message, start, end, 'not at all', quoting(scalar.source, { start, end })));
    }
    noteLostNumber(token, reading);
  }
  return scalar;
}

function reasonToQuote(source: string, flow: boolean): string | undefined {
  const part = maskedPart(source);
  if (part === 'start') return `a value cannot begin with \`${unmask(source.slice(0, 1))}\``;
  if (part === 'placeholder' && (flow || startsWithPlaceholder(source))) return 'without quotes `{{` begins a mapping';
  return part === 'brackets' && flow ? 'inside braces or brackets, `[` begins a list' : undefined;
}

/** `Ticket #42`, `Look at #operations`: what is meant as a part of the value is a comment. A word right after the `#` shows it. */
function noteLostNumber({ source, offset, end }: CST.FlowScalar, { text, found }: Reading): void {
  const comment = end?.find(({ type }) => type === 'comment');
  if (comment === undefined || !/^#[\p{L}\d]/u.test(comment.source) || !/\p{L}/u.test(source)) return;
  if (/[\r\n]/.test(text.slice(offset, comment.offset))) return;
  if (!/^#\d+\b/.test(comment.source) && !isProse(text, offset)) return;
  const written = text.slice(offset, comment.offset + comment.source.trimEnd().length);
  const message = `Quote the value: without quotes \` #\` begins a comment. Write ${inQuotes(written)}, or put a space after the \`#\`.`;
  const span = { start: offset, end: offset + written.length };
  found.push(syntaxProblem(message, span.start, span.end, 'not at all', quoting(written, span, false)));
}

/** Whether a value is written for people: there `#` is hardly ever meant to begin a comment without a space after it. */
function isProse(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /(?:^|[\s{,])(?:runbook|name|description|manual|check|when):[ \t]+$/.test(line);
}

function buildSequence(token: CST.BlockSequence, place: Place, reading: Reading): Built {
  const items: Node[] = [];
  let end = token.offset;
  for (const { start, value } of token.items) {
    const dash = start.some(({ type }) => type === 'seq-item-ind');
    if (!dash && value === undefined) continue;
    const item = build(value, start, place, reading);
    if (!dash && item !== undefined) {
      const { start: from, end: to } = wordAt(reading.text, item.start);
      const message =
        'The indentation does not fit the lines above. Indent the line like the other keys of its step, or begin it with a dash.';
      reading.found.push(syntaxProblem(message, from, to, 'in the entry'));
    }
    if (item === undefined) continue;
    const last = items.at(-1);
    if (!dash && last?.kind === 'mapping' && item.node.kind === 'mapping')
      items[items.length - 1] = joined(last, item.node);
    else items.push(item.node);
    end = Math.max(end, item.end);
  }
  return built({
    kind: 'sequence',
    items,
    flow: false,
    span: { start: token.offset, end: Math.max(end, token.offset + 1) },
  });
}

/** Keys that slipped out of their mapping are put back. */
function joined(mapping: Mapping, slipped: Mapping): Mapping {
  return {
    ...mapping,
    entries: [...mapping.entries, ...slipped.entries],
    span: { start: mapping.span.start, end: Math.max(mapping.span.end, slipped.span.end) },
  };
}
