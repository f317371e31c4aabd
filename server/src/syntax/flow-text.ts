import type { CST } from 'yaml';

/**
 * A collection in braces or brackets on one line, with one blank where blanks belong: `{ a: 1, b: [c, d] }`.
 * Undefined where it holds what cannot be spaced anew.
 */
export function flowText(token: CST.FlowCollection, text: string): string | undefined {
  const isMapping = token.start.source === '{';
  const parts: string[] = [];
  let trailing = false;
  for (const item of token.items) {
    trailing = item.key === undefined && item.sep === undefined && item.value === undefined;
    if (trailing) continue;
    const written = itemText(item, text);
    if (written === undefined) return undefined;
    parts.push(written);
  }
  const inside = parts.join(', ') + (trailing && parts.length > 0 && hasComma(token) ? ',' : '');
  const blank = isMapping && inside !== '' ? ' ' : '';
  const written = `${token.start.source}${blank}${inside}${blank}${isMapping ? '}' : ']'}`;
  const close = token.end[0];
  const source = text.slice(token.offset, close === undefined ? token.offset + 1 : close.offset + close.source.length);
  return withoutBlanks(written) === withoutBlanks(source) ? written : undefined;
}

function hasComma({ items }: CST.FlowCollection): boolean {
  return items.at(-1)?.start.some(({ type }) => type === 'comma') === true;
}

function itemText({ start, key, sep, value }: CST.CollectionItem, text: string): string | undefined {
  const before = propsText(start);
  const keyText = valueText(key, text);
  const after = propsText(sep ?? []);
  const own = valueText(value, text);
  if (before === undefined || keyText === undefined || after === undefined || own === undefined) return undefined;
  const colon = sep?.some(({ type }) => type === 'map-value-ind') === true ? ':' : '';
  return [...before, `${keyText}${colon}`, ...after, own].filter((part) => part !== '').join(' ');
}

/** Anchors and tags; undefined where something else is among them. */
function propsText(tokens: readonly CST.SourceToken[]): readonly string[] | undefined {
  const kept: string[] = [];
  for (const { type, source } of tokens) {
    if (type === 'anchor' || type === 'tag') kept.push(source);
    else if (type !== 'space' && type !== 'comma' && type !== 'map-value-ind') return undefined;
  }
  return kept;
}

function valueText(token: CST.Token | null | undefined, text: string): string | undefined {
  if (token === null || token === undefined) return '';
  if (token.type === 'flow-collection') return flowText(token, text);
  if (!('source' in token) || token.type === 'block-scalar') return undefined;
  return text.slice(token.offset, token.offset + token.source.length);
}

function withoutBlanks(text: string): string {
  return text.replace(/[ \t]+/g, '');
}
