import type { Assignment, Command } from 'unbash';
import { keyedVariable, withElement } from '../expansion/arrays.ts';
import { expandUnsplit, expandWord } from '../expansion/expand.ts';
import { scopeOf, type Walk } from '../state/command.ts';
import { inputOf } from '../streams/input.ts';
import { printed } from '../streams/printf.ts';
import { readsOf, setFields } from '../streams/read-fields.ts';
import type { Field } from '../words/field.ts';
import { knownText, onlyHole, type ShellText } from '../words/text.ts';
import type { Variable, VariableWord } from '../words/variable.ts';

const assigning = new Set(['export', 'local', 'declare', 'typeset', 'readonly']);
const reading = new Set(['getopts', 'unset']);
const readingLines = new Set(['mapfile', 'readarray']);

/** Characters and elements that a variable is followed with. */
const mostValue = 10_000;

/** What a variable holds of which nothing is known. */
export function unknownVariable(name: string): Variable {
  return { words: undefined, why: `\`$${name}\` has no known value` };
}

/** What a command of the shell does to its variables: `export`, `read`, `mapfile`, `set -u`, `${X:?}`. */
export function setVariables(node: Command, words: readonly Field[], walk: Walk): void {
  const tool = words[0]?.value ?? '';
  if (assigning.has(tool)) {
    for (const part of node.suffix) if (part.type === 'Assignment') assign(part, walk);
  } else if (tool === 'let') {
    for (const { value } of words.slice(1)) count(value ?? '', walk);
  } else if (tool === 'printf' && words[1]?.value === '-v') {
    const name = words[2]?.value ?? '';
    const text = printed(words.slice(3));
    const value = text && knownText(text);
    if (/^[A-Za-z_]\w*$/.test(name))
      walk.variables.set(
        name,
        value === undefined ? unknownVariable(name) : { words: [{ text: value, origin: undefined }], why: '' },
      );
  } else if (tool === 'read') {
    readLine(node, walk);
  } else if (reading.has(tool)) {
    for (const { value } of words.slice(1)) {
      const name = /^[A-Za-z_]\w*/.exec(value ?? '')?.[0];
      if (name !== undefined) walk.variables.set(name, unknownVariable(name));
    }
  } else if (readingLines.has(tool)) {
    const name = words.at(-1)?.value ?? '';
    const input = inputOf(node.redirects, walk) ?? walk.input;
    if (/^[A-Za-z_]\w*$/.test(name)) walk.variables.set(name, linesOf(name, input));
  } else if (tool === 'set' && words.some(({ value = '' }) => /^-[a-z]*u|^nounset$/.test(value))) {
    walk.guarded.add('*');
  }
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word !== undefined) setGuarded(word, walk);
  }
}

/** `${X:?}` and `${X:=…}` make sure that a variable is not empty. */
function setGuarded({ source, pieces }: Field, { guarded }: Walk): void {
  for (const { from, to } of pieces) {
    if (!source.text.startsWith('${', from)) continue;
    const name = /^\$\{(\w+):?[?=]/.exec(source.text.slice(from, to))?.[1];
    if (name !== undefined) guarded.add(name);
  }
}

/** `read -ra HOSTS <<< "$LIST"`; what comes from elsewhere is not known. */
function readLine(node: Command, { variables, ...walk }: Walk): void {
  const reads = readsOf(node);
  const input = inputOf(node.redirects, { ...walk, variables });
  const text = input && knownText(input);
  const [line = ''] = text?.split('\n') ?? [];
  if (input !== undefined && text !== undefined && reads.separators !== undefined && line.length <= mostValue)
    setFields(reads, line, () => input.span(0, line.length), variables);
  else for (const name of reads.names) variables.set(name, unknownVariable(name));
}

/** Carries out an assignment. */
export function assign(assignment: Assignment, walk: Walk): void {
  const { name, value, append, index } = assignment;
  const scope = scopeOf(walk);
  const unknown = unknownVariable(name);
  if (index !== undefined) {
    const key = expandUnsplit(index, scope).value;
    const text = value.type === 'Word' ? expandUnsplit(value, scope).value : undefined;
    walk.variables.set(name, withElement(walk.variables.get(name), key, text) ?? unknown);
  } else if (value.type === 'ArrayValue') {
    const fields = value.elements.flatMap((element) => expandWord(element, scope));
    const keyed = append === true ? undefined : keyedVariable(fields.map((field) => field.value));
    if (keyed !== undefined) {
      walk.variables.set(name, keyed);
      return;
    }
    const added = variableOf(fields);
    const before = append === true ? walk.variables.get(name) : { words: [], why: '' };
    const words = before?.words && added.words && [...before.words, ...added.words];
    const drawn = append === true ? undefined : added.drawn;
    // `[db]=db01` gives a word a place of its own, which is not followed.
    const isPlain = value.elements.every(({ text }) => !text.startsWith('['));
    const known = isPlain && words !== undefined && words.length <= mostValue;
    walk.variables.set(name, known ? { words, why: '' } : { ...unknown, why: added.why || unknown.why, drawn });
  } else {
    const added = variableOf([expandUnsplit(value, scope)]);
    const before = append === true ? walk.variables.get(name)?.words?.[0]?.text : '';
    const text = added.words?.[0]?.text;
    const drawn = append === true ? undefined : added.drawn;
    const known = before !== undefined && text !== undefined && before.length + text.length <= mostValue;
    walk.variables.set(
      name,
      known
        ? {
            words: [{ text: before + text, origin: undefined }],
            why: '',
            place: walk.source.span(value.pos, value.end),
          }
        : { ...unknown, why: added.why || unknown.why, drawn, isFilled: added.isFilled },
    );
  }
}

/** `let n=n+1`, `let n++`; what cannot be followed is not known afterwards. */
function count(text: string, walk: Walk): void {
  const [, name, twice, sign, left = '', operator, right = '0'] =
    /^([A-Za-z_]\w*)(?:(\+\+|--)|([+-]?)=(\w+)(?:([+-])(\w+))?)$/.exec(text.replace(/\s+/g, '')) ?? [];
  if (name === undefined) return;
  const numberOf = (word: string) =>
    Number(/^\d/.test(word) ? word : (walk.variables.get(word)?.words?.[0]?.text ?? Number.NaN));
  const before = numberOf(name);
  const added = numberOf(left) + (operator === '-' ? -numberOf(right) : numberOf(right));
  const value =
    twice !== undefined
      ? before + (twice === '++' ? 1 : -1)
      : sign === '+'
        ? before + added
        : sign === '-'
          ? before - added
          : added;
  const isKnown = Number.isSafeInteger(value);
  walk.variables.set(
    name,
    isKnown ? { words: [{ text: `${value}`, origin: undefined }], why: '' } : unknownVariable(name),
  );
}

/** A variable with these words. */
export function variableOf(fields: readonly Field[]): Variable {
  const words: VariableWord[] = [];
  for (const field of fields) {
    if (field.value === undefined) {
      const gap = field.pieces.find(({ text }) => text === undefined);
      const isFilled = fields.some(({ pieces }) =>
        pieces.some(({ text, mayBeEmpty }) => text !== '' && mayBeEmpty === undefined),
      );
      return { words: undefined, why: gap?.why ?? '', drawn: fields.length === 1 ? gap?.drawn : undefined, isFilled };
    }
    words.push({ text: field.value, origin: field.pieces.find(({ origin }) => origin !== undefined)?.origin });
  }
  return { words, why: '' };
}

/** An array of the lines that a command reads. */
function linesOf(name: string, input: ShellText | undefined): Variable {
  const text = input && knownText(input);
  if (text === undefined) {
    const hole = onlyHole(input);
    return { words: undefined, why: hole?.why ?? unknownVariable(name).why, drawn: hole?.drawn };
  }
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.length > mostValue) return unknownVariable(name);
  const origin = input?.span(0, input.text.length);
  return { words: lines.map((line) => ({ text: line, origin })), why: '' };
}
