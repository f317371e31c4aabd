import type { Span } from '../../syntax/span.ts';
import { type Field, part, placeOf } from '../shell/words/field.ts';
import type { CompiledUsage } from '../table.ts';
import { isOption, type UsageOption } from '../usage/items.ts';

/** The words of a command as a usage sees them. */
export interface SortedWords {
  readonly given: readonly GivenOption[];
  readonly operands: readonly Operand[];
  readonly unknownOptions: readonly Field[];
  /** The words of the command that it carries. */
  readonly carried: readonly Field[];
}

/** An option that the usage knows. */
export interface GivenOption {
  readonly option: UsageOption;
  readonly word: Field;
  /** As typed: `-n`. */
  readonly name: string;
  readonly nameSpan: Span;
  /** Undefined: none was given. */
  readonly values: readonly Field[];
}

/** A word that is neither option nor an option's value. */
export interface Operand {
  readonly field: Field;
  /** The unknown option that it stands behind, and may be the value of. */
  readonly behind: Field | undefined;
}

/** Sorts the words behind the tool into options, their values and the rest. Unknown options are set aside. */
export function sortWords(words: readonly Field[], usage: CompiledUsage): SortedWords {
  const given: GivenOption[] = [];
  const operands: Operand[] = [];
  const unknownOptions: Field[] = [];
  let carried: readonly Field[] = [];
  let behind: Field | undefined;
  let ended = false;
  const { wordsBeforeCommand } = usage;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    const text = word.value ?? word.pieces[0]?.text ?? '';
    const optionLike = !ended && isOption(text);
    if (!optionLike && wordsBeforeCommand !== undefined && !(text === '--' && !ended)) {
      const certain = operands.filter((operand) => operand.behind === undefined).length;
      if (certain >= wordsBeforeCommand && behind === undefined) {
        carried = words.slice(at);
        break;
      }
    }
    if (!ended && text === '--') {
      ended = true;
      behind = undefined;
    } else if (!optionLike) {
      operands.push({ field: word, behind });
      behind = undefined;
    } else {
      const found = readOption(words, at, usage);
      given.push(...found.given);
      if (found.given.length === 0) unknownOptions.push(word);
      behind = found.given.length === 0 && !text.includes('=') && word.value !== undefined ? word : undefined;
      at = found.last;
    }
  }
  return { given, operands, unknownOptions, carried };
}

interface Found {
  readonly given: readonly GivenOption[];
  /** The index of the last word that belongs to it. */
  readonly last: number;
}

function readOption(words: readonly Field[], at: number, usage: CompiledUsage): Found {
  const word = words[at];
  const text = word?.value ?? word?.pieces[0]?.text ?? '';
  if (word === undefined) return { given: [], last: at };
  const exact = usage.options.get(text);
  if (exact !== undefined && word.value !== undefined) return spelledOut(words, at, text, exact);
  const equals = text.indexOf('=');
  const named = equals > 0 ? usage.options.get(text.slice(0, equals)) : undefined;
  if (named !== undefined) {
    const name = text.slice(0, equals);
    return { given: [givenOption(named, word, name, 0, [valueBehind(word, equals + 1)])], last: at };
  }
  return /^-[^-]/.test(text) ? cluster(words, at, text, usage) : { given: [], last: at };
}

/** The part of the word behind the sign; the whole word where it is not known. */
function valueBehind(word: Field, from: number): Field {
  const known = part(word, from);
  if (known !== undefined) return known;
  const [first, ...rest] = word.pieces;
  if (first?.text === undefined || first.text.length > from) return word;
  return { ...word, pieces: rest.length > 0 ? rest : word.pieces };
}

function spelledOut(words: readonly Field[], at: number, name: string, option: UsageOption): Found {
  const word = words[at];
  if (word === undefined) return { given: [], last: at };
  if (option.value === undefined || option.optional)
    return { given: [givenOption(option, word, name, 0, [])], last: at };
  const repeated = option.value.some((item) => item.kind === 'role' && item.repeated);
  let last = at;
  while (last + 1 < words.length && (repeated || last === at)) {
    const text = words[last + 1]?.value ?? words[last + 1]?.pieces[0]?.text ?? '';
    // `-o '-p 2222'` holds options of another.
    if (isOption(text) && !/^-\d|^[^=\s]+\s/.test(text)) break;
    last += 1;
  }
  return { given: [givenOption(option, word, name, 0, words.slice(at + 1, last + 1))], last };
}

/** `-n4`, `-yn 4`: short options in one word. One unknown letter makes the whole word unknown. */
function cluster(words: readonly Field[], at: number, text: string, usage: CompiledUsage): Found {
  const word = words[at];
  const given: GivenOption[] = [];
  for (let letter = 1; letter < text.length; letter++) {
    const name = `-${text[letter]}`;
    const option = usage.options.get(name);
    if (word === undefined || option === undefined) return { given: [], last: at };
    if (option.value === undefined || option.optional) given.push(givenOption(option, word, name, letter, []));
    else if (letter + 1 < text.length || word.value === undefined) {
      given.push(givenOption(option, word, name, letter, [valueBehind(word, letter + 1)]));
      return { given, last: at };
    } else {
      const rest = spelledOut(words, at, name, option);
      return { given: [...given, ...rest.given], last: rest.last };
    }
  }
  return { given, last: at };
}

function givenOption(
  option: UsageOption,
  word: Field,
  name: string,
  from: number,
  values: readonly Field[],
): GivenOption {
  const place = from === 0 ? placeOf(word, 0, name.length) : placeOf(word, from, from + 1);
  return { option, word, name, nameSpan: place, values };
}
