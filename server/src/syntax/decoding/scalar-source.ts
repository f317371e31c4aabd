import type { Span } from '../span.ts';
import type { Scalar } from '../tree.ts';
import { decodeBlock } from './decode-block.ts';
import { decodeDouble, decodePlain, decodeSingle } from './decode-flow.ts';
import { Decoded } from './decoded.ts';

/** Where the part `from`…`to` of a value stands in the source. */
export type Places = (from: number, to: number) => Span;

/** As `placesIn`, for who asks once. */
export function sourceSpan(scalar: Scalar, from: number, to: number): Span {
  return placesIn(scalar)(from, to);
}

/**
 * Where the parts of a scalar's value stand in the source, in the coordinates of `scalar.span`.
 * Quotes, escapes, folded lines and block indentation are looked through; offsets beyond the value mean its end.
 * In a value that cannot be followed each part has the span of the whole scalar.
 */
export function placesIn(scalar: Scalar): Places {
  const { length } = scalar.value;
  const lead = literalLead(scalar);
  const origin = scalar.outer.start + (lead ?? 0);
  let map: Decoded | 'none' | undefined;
  return (from, to) => {
    const first = Math.max(0, Math.min(from, length));
    const last = Math.max(first, Math.min(to, length));
    if (lead !== undefined) return { start: origin + first, end: origin + last };
    map ??= decoded(scalar);
    if (map === 'none') return scalar.span;
    const start = first < length ? map.startOf(first) : map.endOf(length - 1);
    const end = last === first ? start : map.endOf(last - 1);
    return { start: origin + start, end: origin + Math.max(start, end) };
  };
}

/** How many characters of the source stand before the value, where the value stands in it as it is. */
function literalLead({ style, source, value }: Scalar): number | undefined {
  if (style === 'plain' || style === 'empty') return source === value ? 0 : undefined;
  const isQuoted = style === 'single' || style === 'double';
  return isQuoted && source.length <= value.length + 2 && source.startsWith(value, 1) ? 1 : undefined;
}

/** The value decoded once more, with the place of each of its characters. */
function decoded(scalar: Scalar): Decoded | 'none' {
  for (const decode of decodersOf(scalar)) {
    const result = new Decoded(scalar.source);
    decode(result, scalar.value);
    if (result.value === scalar.value) return result;
  }
  return 'none';
}

function decodersOf({ style, damaged }: Scalar): readonly ((to: Decoded, value: string) => void)[] {
  switch (style) {
    case 'literal':
    case 'folded':
      return [decodeBlock];
    case 'single':
      return damaged ? [(to) => decodePlain(to, 1), decodeSingle] : [decodeSingle];
    case 'double':
      return damaged ? [(to) => decodePlain(to, 1), decodeDouble] : [decodeDouble];
    default:
      return [(to) => decodePlain(to, 0)];
  }
}
