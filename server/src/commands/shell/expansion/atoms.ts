import { type Field, fieldOf, type Piece } from '../words/field.ts';
import type { ShellText } from '../words/text.ts';
import type { VariableWord } from '../words/variable.ts';

/** A piece on its way into words. */
export interface Atom extends Piece {
  readonly quoted: boolean;
  /** Blanks in it part words. */
  readonly splits: boolean;
  /** A new word begins here, as between the elements of an array. */
  readonly breaks: boolean;
}

/** A stretch of the script as it stands. */
export function exactly(from: number, to: number, source: ShellText): Piece {
  return { text: source.text.slice(from, to), why: undefined, from, to, exact: true, origin: undefined };
}

/** An empty value in quotes. */
export function emptyAt(at: number): Atom {
  const piece: Piece = { text: '', why: undefined, from: at, to: at, exact: true, origin: undefined };
  return { ...piece, quoted: true, splits: false, breaks: false };
}

/** A stretch whose value is not known, and what is known of it all the same. */
export function unknown(from: number, to: number, why: string, more: Pick<Piece, 'drawn' | 'mayBeEmpty'> = {}): Atom {
  const { drawn, mayBeEmpty } = more;
  const piece: Piece = { text: undefined, why, from, to, exact: false, origin: undefined, drawn, mayBeEmpty };
  return { ...piece, quoted: false, splits: false, breaks: false };
}

/** Literal text, its escapes resolved and its holes filled. */
export function literalAtoms(
  start: number,
  end: number,
  style: 'bare' | 'double' | 'raw',
  source: ShellText,
): readonly Atom[] {
  const { text, holes } = source;
  const atoms: Atom[] = [];
  const isQuoted = style !== 'bare';
  const plain = (from: number, to: number, marked = isQuoted) => {
    if (to > from) atoms.push({ ...exactly(from, to, source), quoted: marked, splits: false, breaks: false });
  };
  let from = start;
  for (let at = start; at < end; at++) {
    const hole = holes.size > 0 ? holes.get(at) : undefined;
    if (hole !== undefined) {
      plain(from, at);
      from = Math.min(end, at + hole.length);
      if (hole.value === undefined) atoms.push({ ...unknown(at, from, hole.why, hole), quoted: isQuoted });
      else
        atoms.push({ ...emptyAt(at), text: hole.value, to: from, exact: false, quoted: isQuoted, splits: !isQuoted });
      at = from - 1;
    } else if (text[at] === '\\' && style !== 'raw' && at + 1 < end) {
      const next = text[at + 1] ?? '';
      if (style === 'double' && !'$`"\\\n'.includes(next)) continue;
      plain(from, at);
      if (next !== '\n') plain(at + 1, at + 2, true);
      at += 1;
      from = at + 1;
    }
  }
  plain(from, end);
  return atoms;
}

/** Parts a row of atoms into words at the blanks of unquoted values. */
export function split(
  row: readonly Atom[],
  source: ShellText,
  extent: { readonly from: number; readonly to: number },
): readonly Field[] {
  const fields: Field[] = [];
  let pieces: Piece[] = [];
  let isQuoted = false;
  const close = () => {
    if (pieces.length > 0) fields.push(fieldOf(pieces, source, isQuoted, extent));
    else if (isQuoted) fields.push(fieldOf([emptyAt(extent.from)], source, isQuoted, extent));
    pieces = [];
    isQuoted = false;
  };
  for (const atom of row) {
    if (atom.breaks) close();
    isQuoted ||= atom.quoted;
    if (!atom.splits || atom.text === undefined || !/\s|^$/.test(atom.text)) pieces.push(atom);
    else if (atom.text !== '') {
      for (const [index, text] of atom.text.split(/\s+/).entries()) {
        if (index > 0) close();
        if (text !== '') pieces.push({ ...atom, text });
      }
    }
  }
  close();
  return fields;
}

/** A text as a message shows it: on one line, and not too long. */
export function shown(text: string): string {
  // Of a word of a million characters no more is looked at than may be shown.
  const line = text.slice(0, 1000).replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

/** Words that an expansion becomes. */
export function wordsAt(words: readonly VariableWord[], from: number, to: number): readonly Atom[] {
  return words.map(({ text, origin }, index) => ({
    ...emptyAt(from),
    text,
    to,
    exact: false,
    origin,
    quoted: false,
    splits: true,
    breaks: index > 0,
  }));
}
