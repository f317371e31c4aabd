import type { ArithmeticExpression, HereDocBody, ParameterExpansionPart, ParsedScript, Word, WordPart } from 'unbash';
import type { ParameterValues } from '../../../model/parameters.ts';
import type { MayBeEmpty } from '../../action.ts';
import { type Field, fieldOf, type Piece } from '../words/field.ts';
import type { ListingOf } from '../words/listing.ts';
import { knownText, onlyHole, type ShellText } from '../words/text.ts';
import { numberedText, type Variable } from '../words/variable.ts';
import { arithmeticValue } from './arithmetic.ts';
import { elementOf, sliceOf } from './arrays.ts';
import { type Atom, emptyAt, exactly, literalAtoms, shown, split, unknown, wordsAt } from './atoms.ts';
import { braceAtoms } from './brace-atoms.ts';
import { bracketAtoms } from './bracket-atoms.ts';
import { changeValue, keepsName, meansTool } from './operation.ts';

/** What the words of a script are expanded with. */
export interface Scope {
  readonly source: ShellText;
  readonly variables: Map<string, Variable>;
  readonly parameters: ParameterValues;
  /** Variables that the script has made sure are not empty; `*`: it stops at any that is not set. */
  readonly guarded: ReadonlySet<string>;
  readonly listingOf: ListingOf;
  readonly isDeclared: (tool: string) => boolean;
  /** What the script has written into files. */
  readonly files: ReadonlyMap<string, ShellText>;
  /** What an arithmetic expression that changes a variable came to when it was carried out. */
  readonly counted: WeakMap<ArithmeticExpression, number | undefined>;
  /** Scripts around it. */
  readonly depth: number;
  /** What a command substitution writes, as far as it is known. */
  output(script: ParsedScript, scope: Scope): ShellText | undefined;
}

/** Words that one word may become. */
const mostFields = 10_000;

/** Expands a word as a shell does: braces, variables, parameters, known substitutions, quotes. */
export function expandWord(word: Word, scope: Scope): readonly Field[] {
  return word.parts === undefined ? literalFields(word, scope.source) : expandParts(word, word.parts, scope);
}

function expandParts(word: Word, parts: readonly WordPart[], scope: Scope): readonly Field[] {
  let rows: Atom[][] = [[]];
  const extent = { from: word.pos, to: word.end };
  for (const part of parts) {
    const choices = choicesOf(part, word, scope);
    if (rows.length * choices.length > mostFields) {
      rows = [[unknown(word.pos, word.end, `\`${shown(part.text)}\` makes more than ${mostFields} words`)]];
      break;
    }
    const [only, ...others] = choices;
    if (only !== undefined && others.length === 0) for (const row of rows) row.push(...only);
    else rows = rows.flatMap((row) => choices.map((choice) => [...row, ...choice]));
  }
  return rows.flatMap((row) => split(row, scope.source, extent));
}

/** What a part may be; only braces give a choice, and each choice makes a word more of each that there is. */
function choicesOf(part: WordPart, word: Word, scope: Scope): readonly (readonly Atom[])[] {
  const { pos, end, text } = part;
  if (isFiles(part, word)) return [[unknown(pos, end, `the shell puts names of files in place of \`${text}\``)]];
  if (part.type !== 'BraceExpansion') return [atomsOf(part, scope)];
  return braceAtoms(pos, end, scope.source).map((choice) => [choice]);
}

/** An unquoted `*` at the start of a name: some file always fits it. What begins with letters seldom finds one. */
function isFiles(part: WordPart, word: Word): boolean {
  if (part.type !== 'Glob' || part.kind !== 'star') return false;
  const before = word.text.slice(0, part.pos - word.pos);
  return before === '' || before.endsWith('/');
}

/** The same without splitting and braces: a value in quotes, an assignment, a here-document. */
export function expandUnsplit(word: Word, scope: Scope): Field {
  const atoms =
    word.parts?.flatMap((part) => atomsOf(part, scope)) ?? literalAtoms(word.pos, word.end, 'bare', scope.source);
  return fieldOf(atoms.length > 0 ? atoms : [emptyAt(word.pos)], scope.source, true);
}

/** The body of a here-document; in one whose delimiter is quoted, nothing is expanded. */
export function expandHere(body: HereDocBody, isQuoted: boolean, scope: Scope): Field {
  const { pos, end, parts } = body;
  const style = isQuoted ? 'raw' : 'double';
  const atoms = (isQuoted ? undefined : parts)?.flatMap((part) =>
    part.type === 'Literal' ? literalAtoms(part.pos, part.end, style, scope.source) : atomsOf(part, scope),
  );
  const pieces = atoms ?? literalAtoms(pos, end, style, scope.source);
  return fieldOf(pieces.length > 0 ? pieces : [emptyAt(pos)], scope.source, true);
}

function literalFields(word: Word, source: ShellText): readonly Field[] {
  if (word.value === word.text && source.holes.size === 0)
    return [fieldOf([exactly(word.pos, word.end, source)], source, false)];
  const atoms = literalAtoms(word.pos, word.end, 'bare', source);
  return split(atoms, source, { from: word.pos, to: word.end });
}

function atomsOf(part: WordPart, scope: Scope): readonly Atom[] {
  const { pos, end } = part;
  const { source } = scope;
  switch (part.type) {
    case 'Literal':
      return literalAtoms(pos, end, 'bare', source);
    case 'Glob':
      return bracketAtoms(pos, end, source, (name, from, to) => variableAtoms(name, from, to, scope));
    case 'ExtendedGlob':
      return literalAtoms(pos, end, 'bare', source);
    case 'SingleQuoted': {
      const from = pos + 1;
      const to = from + part.value.length;
      return to > from ? literalAtoms(from, to, 'raw', source) : [emptyAt(from)];
    }
    case 'AnsiCQuoted':
      return [{ ...emptyAt(pos), text: part.value, to: end, exact: false }];
    case 'DoubleQuoted':
    case 'LocaleString': {
      const atoms = part.parts.flatMap((child) =>
        child.type === 'Literal' ? literalAtoms(child.pos, child.end, 'double', source) : quotedAtoms(child, scope),
      );
      return atoms.length > 0 ? atoms : [emptyAt(Math.min(end, pos + 1))];
    }
    case 'SimpleExpansion':
      return variableAtoms(part.text.slice(1), pos, end, scope);
    case 'ParameterExpansion':
      return expansionAtoms(part, scope);
    case 'ArithmeticExpansion': {
      const { expression } = part;
      const value =
        expression && scope.counted.has(expression)
          ? scope.counted.get(expression)
          : expression && arithmeticValue(expression, (name) => plainValue(name, scope));
      if (value === undefined) return [unknown(pos, end, `\`${part.text}\` has no known value`)];
      return [{ ...emptyAt(pos), text: String(value), to: end, exact: false, quoted: false }];
    }
    case 'CommandExpansion': {
      const written = part.script && scope.output(part.script, ownScope(part.script, pos, end, scope));
      const text = written && knownText(written)?.replace(/\n+$/, '');
      if (text === undefined) {
        const drawn = onlyHole(written)?.drawn;
        const why = drawn?.sifted?.why ?? `what \`${shown(part.text)}\` writes is not known`;
        return [unknown(pos, end, why, { drawn, mayBeEmpty: emptyable(part.text, pos, end, scope, undefined) })];
      }
      return [{ ...emptyAt(pos), text, to: end, exact: false, quoted: false, splits: true }];
    }
    default:
      return [unknown(pos, end, `what \`${shown(part.text)}\` stands for is not known`)];
  }
}

/** In quotes `$*` and `${hosts[*]}` are one word, with the first sign of `IFS` between what they hold. */
function quotedAtoms(part: WordPart, scope: Scope): readonly Atom[] {
  const atoms = quoted(atomsOf(part, scope));
  const [first] = atoms;
  if (first === undefined || atoms.length < 2 || !/^\$(?:\*|\{\*\}|\{\w+\[\*\])/.test(part.text)) return atoms;
  const between = scope.variables.get('IFS')?.words?.[0]?.text.slice(0, 1) ?? ' ';
  if (atoms.some(({ text }) => text === undefined)) return atoms;
  return [{ ...first, text: atoms.map(({ text }) => text).join(between), origin: undefined }];
}

function quoted(atoms: readonly Atom[]): readonly Atom[] {
  return atoms.map((atom) => ({ ...atom, quoted: true, splits: false }));
}

function variableAtoms(name: string, from: number, to: number, scope: Scope, shownAs?: string): readonly Atom[] {
  const all = /^(\w+)\[[@*]\]$/.exec(name);
  const variable = scope.variables.get(all?.[1] ?? (name === '*' ? '@' : name));
  if (variable === undefined) {
    const written = shownAs ?? scope.source.text.slice(from, to);
    const value = scope.parameters.get(name);
    if (value === undefined) {
      const isParameter = scope.parameters.has(name);
      const mayBeEmpty = isParameter ? undefined : unguarded(name, from, to, scope);
      return [unknown(from, to, `\`${written}\` has no known value`, { mayBeEmpty })];
    }
    return [{ ...emptyAt(from), text: value, to, exact: false, quoted: false, splits: true }];
  }
  if (variable.words === undefined) {
    const mayBeEmpty = variable.isFilled === true ? undefined : unguarded(name, from, to, scope, true);
    return [unknown(from, to, variable.why, { drawn: variable.drawn, mayBeEmpty })];
  }
  const words = all === null && name !== '@' && name !== '*' ? variable.words.slice(0, 1) : variable.words;
  return wordsAt(words, from, to);
}

/** `${!hosts[@]}`: the keys of an array; `${!name}`: what the variable of that name holds; `${#hosts[@]}`: how many words. */
function prefixedAtoms(part: ParameterExpansionPart, isArray: boolean, scope: Scope): readonly Atom[] | undefined {
  const { prefix, parameter, index, operation, pos, end } = part;
  const { words, keys } = scope.variables.get(parameter) ?? {};
  if (operation !== undefined || words === undefined || (index !== undefined && !isArray)) return undefined;
  const first = words[0]?.text ?? '';
  if (prefix === '!' && !isArray) return variableAtoms(first, pos, end, scope, part.text);
  const indices = keys ?? words.map((_, at) => `${at}`);
  const texts = prefix === '!' ? indices : [`${isArray ? words.length : first.length}`];
  return wordsAt(
    texts.map((text) => ({ text, origin: undefined })),
    pos,
    end,
  );
}

function expansionAtoms(part: ParameterExpansionPart, scope: Scope): readonly Atom[] {
  const { pos, end, operation, index } = part;
  const name = index === undefined ? part.parameter : `${part.parameter}[${index.text}]`;
  const why = `\`${shown(part.text)}\` has no known value`;
  const isArray = index !== undefined && /^[@*]$/.test(index.text);
  if (part.prefix !== undefined) return prefixedAtoms(part, isArray, scope) ?? [unknown(pos, end, why)];
  if (index !== undefined && !isArray) {
    const words = variableAtoms(`${part.parameter}[@]`, pos, end, scope);
    return (
      (operation === undefined ? elementOf(words, placeIn(part.parameter, index, scope)) : undefined) ?? [
        unknown(pos, end, why),
      ]
    );
  }
  const atoms = variableAtoms(name, pos, end, scope);
  if (operation === undefined) return atoms;
  const isGiven = name === '@' || name === '*';
  if (operation.type === 'Slice' && (isArray || isGiven)) {
    const offset = numberIn(operation.offset, scope);
    // What a script is given is counted from one.
    const from = offset === undefined || !isGiven ? offset : offset > 0 ? offset - 1 : undefined;
    const length = operation.length === undefined ? undefined : numberIn(operation.length, scope);
    const isKnown = operation.length === undefined || length !== undefined;
    return (isKnown ? sliceOf(atoms, from, length) : undefined) ?? [unknown(pos, end, why)];
  }
  if (operation.type !== 'Default') {
    const operand = (word: Word) => expandUnsplit(word, scope).value;
    if (atoms.every(({ drawn }) => drawn !== undefined) && keepsName(operation, operand)) return atoms;
    const changed = atoms.map((atom) => ({ ...atom, text: changeValue(atom.text, operation, operand) }));
    return changed.every(({ text }) => text !== undefined) ? changed : [unknown(pos, end, why)];
  }
  if (atoms.some(({ text }) => text === undefined)) {
    const { operator, operand } = operation;
    const tool = expandUnsplit(operand, scope);
    if (/[-=]$/.test(operator) && !scope.variables.has(name) && meansTool(name, tool.value, scope.isDeclared))
      return tool.pieces.map(asAtom);
    // With a `?`, or a default that is something, it is never empty, whatever the variable is.
    const guards = operator.endsWith('?') || (/^:[-=]$/.test(operator) && operand.text !== '');
    return atoms.map((atom) =>
      atom.text === undefined ? { ...atom, why, mayBeEmpty: guards ? undefined : atom.mayBeEmpty } : atom,
    );
  }
  const empty = atoms.every(({ text }) => text === '');
  const absent = operation.operator.startsWith(':') && empty;
  const { operator } = operation;
  if (operator.endsWith('+')) return absent ? [] : [...expandUnsplit(operation.operand, scope).pieces].map(asAtom);
  if (!absent || operator.endsWith('?')) return atoms;
  return expandUnsplit(operation.operand, scope).pieces.map(asAtom);
}

/** Which word of an array an index means. */
function placeIn(name: string, index: Word, scope: Scope): number | undefined {
  const keys = scope.variables.get(name)?.keys;
  if (keys === undefined) return numberIn(index, scope);
  const at = keys.indexOf(expandUnsplit(index, scope).value ?? '');
  return at < 0 ? undefined : at;
}

/** The number of an index: `1`, `-1`, `$i`, or the name of a variable that holds one. */
function numberIn(word: Word, scope: Scope): number | undefined {
  const text = expandUnsplit(word, scope).value?.trim() ?? '';
  const value = /^[A-Za-z_]\w*$/.test(text) ? plainValue(text, scope) : text;
  return value !== undefined && /^-?\d{1,6}$/.test(value) ? Number(value) : undefined;
}

function asAtom(piece: Piece): Atom {
  return { ...piece, quoted: false, splits: true, breaks: false };
}

/** A backtick substitution is read from a text of its own; its places are those of the whole. */
function ownScope({ source }: ParsedScript, from: number, to: number, scope: Scope): Scope {
  if (source === undefined) return scope;
  const place = scope.source.span(from, to);
  return { ...scope, source: { text: source, holes: new Map(), span: () => place, origin: () => undefined } };
}

/** An unset variable is empty where the script has not made sure that it is not. */
function unguarded(name: string, from: number, to: number, scope: Scope, isAssigned = false): MayBeEmpty | undefined {
  const plain = /^\w+/.exec(name)?.[0] ?? '';
  if (scope.guarded.has(plain) || (!isAssigned && scope.guarded.has('*'))) return undefined;
  const guarded = /^[A-Za-z_]\w*$/.test(name) ? `\${${name}:?}` : undefined;
  return emptyable(scope.source.text.slice(from, to), from, to, scope, guarded);
}

function emptyable(text: string, from: number, to: number, { source }: Scope, guarded: string | undefined): MayBeEmpty {
  const span = source.span(from, to);
  return { span, text: shown(text), guarded: guarded === undefined ? undefined : { span, text: guarded } };
}

function plainValue(name: string, scope: Scope): string | undefined {
  const isKnown = scope.variables.has(name) || name.startsWith('#');
  return isKnown ? numberedText(name, scope.variables) : scope.parameters.get(name);
}
