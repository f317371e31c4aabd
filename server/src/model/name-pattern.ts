/** A pattern that host names are held against. */
export interface NamePattern {
  fits(name: string): boolean;
  /** Every name that fits begins with it. */
  readonly prefix: string;
  /** Every name that begins with the prefix fits. */
  readonly prefixDecides: boolean;
}

/** How a pattern is read: a shell's, or a regular expression that fits from the start of a name or anywhere in it. */
type PatternKind = 'glob' | 'regex' | 'regex-anywhere';

/** More of these make the work on a name that does not fit too long. */
const mostRepeats = 3;

/** Reads a pattern; undefined where it has no known form, or is one that could take for ever. */
export function namePattern(text: string, kind: PatternKind): NamePattern | undefined {
  const source = kind === 'glob' ? globSource(text) : text;
  if (source === undefined || !isQuick(source)) return undefined;
  const compiled = compile(kind === 'regex-anywhere' ? source : kind === 'glob' ? `^(?:${source})$` : `^(?:${source})`);
  if (compiled === undefined) return undefined;
  const prefix = kind === 'regex-anywhere' ? '' : literalPrefix(text, kind);
  const prefixDecides = kind === 'glob' && text === `${prefix}*`;
  return { fits: (name) => compiled.test(name), prefix, prefixDecides };
}

function compile(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}

/** `*` any text, `?` one character, `[a-c]` and `[!a-c]` one of a class. */
function globSource(text: string): string | undefined {
  let source = '';
  for (const { 0: piece } of text.replace(/\*+/g, '*').matchAll(/\[!?\]?[^\]]*\]|[\s\S]/g)) {
    if (piece === '*') source += '.*';
    else if (piece === '?') source += '.';
    else if (piece.length > 1) source += `[${piece.slice(1, -1).replace(/^!/, '^').replace(/\\/g, '\\\\')}]`;
    else source += piece.replace(/[\\^$.|+()[\]{}]/, '\\$&');
  }
  return source;
}

/** No repeat within a repeat, and few of them: the work grows with the name, and does not explode. */
function isQuick(source: string): boolean {
  const plain = source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  return !/\)[*+{?]/.test(plain) && (plain.match(/[*+{]/g) ?? []).length <= mostRepeats && source.length <= 1000;
}

function literalPrefix(text: string, kind: PatternKind): string {
  if (kind === 'glob') return /^[^*?[]*/.exec(text)?.[0] ?? '';
  if (/^[^(]*\|/.test(text)) return '';
  const literal = /^[\w-]*/.exec(text)?.[0] ?? '';
  // What a repeat stands behind may be absent.
  return /[*?{+]/.test(text[literal.length] ?? '') ? literal.slice(0, -1) : literal;
}
