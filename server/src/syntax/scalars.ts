import { CST } from 'yaml';
import { maskedPart, unmask } from './masks.ts';
import type { Scalar, ScalarStyle } from './tree.ts';

type ScalarToken = CST.FlowScalar | CST.BlockScalar;

/** Whether a token is a value and no collection. */
export function isScalarToken(token: CST.Token | null | undefined): token is ScalarToken {
  switch (token?.type) {
    case 'scalar':
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
    case 'block-scalar':
      return true;
    default:
      return false;
  }
}

/** A value that is not there, where it would begin. */
export function emptyScalar(at: number): Scalar {
  const span = { start: at, end: at };
  return { kind: 'scalar', value: '', style: 'empty', span, outer: span, source: '', damaged: false };
}

/** A stretch of the text taken as a plain value as it stands. */
export function asWritten(text: string, start: number, end: number, damaged = false): Scalar {
  const source = text.slice(start, end);
  const span = { start, end };
  return { kind: 'scalar', value: source, style: 'plain', span, outer: span, source, damaged };
}

/** The scalar of a token; `text` is what the file really holds. */
export function readScalar(token: ScalarToken, text: string): Scalar {
  if (token.type === 'block-scalar') return blockScalar(token, text);
  const start = token.offset;
  const end = start + token.source.length;
  const source = text.slice(start, end);
  const outer = { start, end };
  if (token.type === 'scalar') {
    if (source === '') return emptyScalar(start);
    const value = resolved(token);
    if (maskedPart(token.source) !== 'quote') {
      return { kind: 'scalar', value, style: 'plain', span: outer, outer, source, damaged: false };
    }
    const style = source.startsWith("'") ? 'single' : 'double';
    return {
      kind: 'scalar',
      value: value.slice(1),
      style,
      span: { start: start + 1, end },
      outer,
      source,
      damaged: true,
    };
  }
  const style = token.type === 'single-quoted-scalar' ? 'single' : 'double';
  const damaged = !isClosed(token);
  const value = resolved(damaged ? { ...token, source: token.source + (style === 'single' ? "'" : '"') } : token);
  const span = { start: start + 1, end: damaged ? end : end - 1 };
  return { kind: 'scalar', value, style, span, outer, source, damaged };
}

/** Whether a quoted value ends with the quote that it began with. */
export function isClosed({ type, source }: CST.FlowScalar): boolean {
  const quote = type === 'single-quoted-scalar' ? "'" : '"';
  if (source.length < 2 || !source.endsWith(quote)) return false;
  const runs = quote === "'" ? runBefore(source, source.length, "'") : runBefore(source, source.length - 1, '\\');
  if (quote === "'") return (runs === source.length ? runs - 1 : runs) % 2 === 1;
  return runs % 2 === 0;
}

/** How many of that character stand right before an offset. */
function runBefore(text: string, offset: number, char: string): number {
  let start = offset;
  while (start > 0 && text[start - 1] === char) start--;
  return offset - start;
}

function blockScalar(token: CST.BlockScalar, text: string): Scalar {
  const headerEnd = token.props.reduce((end, prop) => Math.max(end, endOf(prop)), token.offset);
  const end = headerEnd + token.source.length;
  const content = text.slice(headerEnd, end);
  const lead = content.search(/[^ \r\n]/);
  const span =
    lead === -1
      ? { start: headerEnd, end: headerEnd }
      : { start: headerEnd + lead, end: headerEnd + content.trimEnd().length };
  const style: ScalarStyle =
    token.props[0] !== undefined && 'source' in token.props[0] && token.props[0].source.startsWith('>')
      ? 'folded'
      : 'literal';
  const outer = { start: token.offset, end };
  return {
    kind: 'scalar',
    value: resolved(token),
    style,
    span,
    outer,
    source: text.slice(token.offset, end),
    damaged: false,
  };
}

function endOf(token: CST.Token): number {
  return 'source' in token ? token.offset + token.source.length : token.offset;
}

function resolved(token: ScalarToken): string {
  return unmask(CST.resolveAsScalar(token, false, () => undefined)?.value ?? '');
}
