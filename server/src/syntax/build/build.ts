import type { CST } from 'yaml';
import { mostDepth } from '../limits.ts';
import { notIndented, syntaxProblem, tooDeep, wordAt } from '../mistakes.ts';
import { outdentedAt } from '../outdented.ts';
import { emptyScalar, isScalarToken } from '../scalars.ts';
import type { Mapping, Node } from '../tree.ts';
import { resolveAlias } from './aliases.ts';
import { buildFlow } from './build-flow.ts';
import { buildBlockMap } from './build-mapping.ts';
import { type Built, built, type Place, type Props } from './built.ts';
import { scalarIn } from './checked-scalar.ts';
import type { Reading } from './reading.ts';

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

/** Where an empty value would stand: behind the last thing before it that is not white space or a comment. */
function endOfProps(props: Props): number {
  const last = props.findLast(({ type }) => type !== 'space' && type !== 'newline' && type !== 'comment');
  return last === undefined ? (props[0]?.offset ?? 0) : last.offset + last.source.length;
}

function buildSequence(token: CST.BlockSequence, place: Place, reading: Reading): Built {
  const items: Node[] = [];
  let end = token.offset;
  for (const { start, value } of token.items) {
    const dash = start.some(({ type }) => type === 'seq-item-ind');
    if (!dash && value === undefined) continue;
    const item = build(value, start, place, reading);
    const outdented = dash || item === undefined ? undefined : outdentedAt(reading.text, item.start);
    if (outdented !== undefined) {
      reading.found.push(notIndented(outdented, 'in the entry'));
      continue;
    }
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
