import type { Span } from '../../../syntax/span.ts';
import type { MayBeEmpty } from '../../action.ts';
import type { Drawn } from './drawn.ts';
import { type Hole, maskOf, type ShellText } from './text.ts';

/** A stretch of a word and where it was written. */
export interface Piece {
  /** Quotes and escapes resolved; undefined where it is not known, and `why` says so. */
  readonly text: string | undefined;
  readonly why: string | undefined;
  /** Where it stands in the script. */
  readonly from: number;
  readonly to: number;
  /** Every character of `text` is the one at its own place in the script. */
  readonly exact: boolean;
  /** Where it came from, if that is elsewhere: a word of the list of a loop. */
  readonly origin: Span | undefined;
  /** Names that are known only as so many of those that something lists. */
  readonly drawn?: Drawn | undefined;
  /** When the step runs, there may be nothing here. */
  readonly mayBeEmpty?: MayBeEmpty | undefined;
}

/** A word as the command gets it, after expansion. */
export interface Field {
  readonly pieces: readonly Piece[];
  /** Undefined where a part of it is not known. */
  readonly value: string | undefined;
  readonly source: ShellText;
  /** Something of it stands in quotes, so that it is a word even where it is empty. */
  readonly quoted: boolean;
  /** The whole word in its script, quotes included. */
  readonly from: number;
  readonly to: number;
}

/** A word made of its pieces; `word` is the whole word in the script, where that is more than they. */
export function fieldOf(
  atoms: readonly Piece[],
  source: ShellText,
  quoted: boolean,
  word?: { readonly from: number; readonly to: number },
): Field {
  const pieces = atoms.length < 2 ? atoms : asWritten(atoms);
  const from = word?.from ?? pieces[0]?.from ?? 0;
  const to = word?.to ?? pieces.at(-1)?.to ?? from;
  return { pieces, value: textOfPieces(pieces), source, quoted, from, to };
}

/** Stretches that stand side by side in the script as one: the brackets of `web[1-2],web[5-6]` part it into many. */
function asWritten(pieces: readonly Piece[]): readonly Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (last !== undefined && isPlain(last) && isPlain(piece) && last.to === piece.from)
      all[all.length - 1] = { ...last, text: last.text + piece.text, to: piece.to };
    else all.push(piece);
  }
  return all;
}

function isPlain(piece: Piece): piece is Piece & { readonly text: string } {
  return piece.text !== undefined && piece.exact && piece.origin === undefined;
}

function textOfPieces(pieces: readonly Piece[]): string | undefined {
  let all = '';
  for (let i = 0; i < pieces.length; i++) {
    const text = pieces[i]?.text;
    if (text === undefined) return undefined;
    all += text;
  }
  return all;
}

/** Where the word is written, without its outer quotes. */
export function spanOf(field: Field): Span {
  const { pieces } = field;
  return field.source.span(pieces[0]?.from ?? 0, pieces[pieces.length - 1]?.to ?? 0);
}

/**
 * Where a stretch of the word's value is written: the place that a finding about it stands on.
 * For a word that came from the list of a loop, that is its place in the list.
 */
export function placeOf(field: Field, start = 0, end = Number.POSITIVE_INFINITY): Span {
  let at = 0;
  let from: number | undefined;
  let to: number | undefined;
  for (let i = 0; i < field.pieces.length; i++) {
    const piece = field.pieces[i];
    if (piece === undefined) break;
    const length = piece.text?.length ?? 1;
    const overlaps = at < end && at + length > start;
    if (overlaps) {
      if (piece.origin !== undefined) return piece.origin;
      from ??= piece.exact ? piece.from + Math.max(0, start - at) : piece.from;
      to = piece.exact ? piece.from + Math.min(length, end - at) : piece.to;
    }
    at += length;
  }
  if (from === undefined || to === undefined) return spanOf(field);
  return field.source.origin(from, to) ?? field.source.span(from, to);
}

/** The first part of the word that is not known, where it stands, and why. */
export function unknownIn(field: Field): { readonly span: Span; readonly why: string } | undefined {
  const piece = field.pieces.find(({ text }) => text === undefined);
  if (piece === undefined) return undefined;
  const span = piece.origin ?? field.source.origin(piece.from, piece.to) ?? field.source.span(piece.from, piece.to);
  return { span, why: piece.why ?? 'it has no known value' };
}

/** A stretch of the value as a word of its own; undefined where the word is not known. */
export function part(field: Field, start: number, end = field.value?.length ?? 0): Field | undefined {
  if (field.value === undefined) return undefined;
  const pieces: Piece[] = [];
  let at = 0;
  for (const piece of field.pieces) {
    const text = piece.text ?? '';
    const low = Math.max(0, start - at);
    const high = Math.min(text.length, end - at);
    if (low < high) {
      const cut = piece.exact ? { from: piece.from + low, to: piece.from + high } : {};
      pieces.push({ ...piece, ...cut, text: text.slice(low, high) });
    }
    at += text.length;
  }
  if (pieces.length === 0) {
    const last = field.pieces.at(-1);
    const to = last === undefined ? 0 : last.to;
    pieces.push({ text: '', why: undefined, from: to, to, exact: true, origin: undefined });
  }
  return fieldOf(pieces, field.source, field.quoted);
}

/** Words put together with blanks, to be read by another shell: what `ssh` and `eval` do with theirs. */
export function textOfFields(fields: readonly Field[]): ShellText {
  const holes = new Map<number, Hole>();
  const segments: {
    readonly start: number;
    readonly end: number;
    readonly piece: Piece;
    readonly source: ShellText;
  }[] = [];
  let text = '';
  for (const [index, field] of fields.entries()) {
    if (index > 0) text += ' ';
    for (const piece of field.pieces) {
      const start = text.length;
      if (piece.text === undefined) {
        const { why = 'it has no known value', drawn, mayBeEmpty } = piece;
        holes.set(start, { length: 1, value: undefined, why, drawn, mayBeEmpty });
        text += maskOf(1);
      } else text += piece.text;
      segments.push({ start, end: text.length, piece, source: field.source });
    }
  }
  const find = (from: number, to: number) => {
    let low = 0;
    for (let high = segments.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((segments[middle]?.end ?? 0) > from) high = middle;
      else low = middle + 1;
    }
    let end = low;
    while (end < segments.length && (segments[end]?.start ?? to) < to) end += 1;
    return end > low
      ? segments.slice(low, end)
      : segments
          .slice(low, low + 1)
          .concat(segments.slice(-1))
          .slice(0, 1);
  };
  const span = (from: number, to: number): Span => {
    const within = find(from, to);
    const low = within[0];
    const high = within.at(-1);
    if (low === undefined || high === undefined) return { start: 0, end: 0 };
    const a = low.piece.exact ? low.piece.from + Math.max(0, from - low.start) : low.piece.from;
    const b = high.piece.exact
      ? high.piece.from + Math.min(high.end - high.start, Math.max(0, to - high.start))
      : high.piece.to;
    if (low.source === high.source) return low.source.span(a, Math.max(a, b));
    const begin = low.source.span(a, low.piece.to);
    // What a list hands on may stand before the command that takes it.
    return { start: begin.start, end: Math.max(begin.end, high.source.span(high.piece.from, b).end) };
  };
  const origin = (from: number, to: number): Span | undefined => {
    for (const { piece, source } of find(from, to)) {
      const place = piece.origin ?? source.origin(piece.from, piece.to);
      if (place !== undefined) return place;
    }
    return undefined;
  };
  return { text, holes, span, origin };
}
