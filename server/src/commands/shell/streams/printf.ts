import { padded } from '../expansion/braces.ts';
import { type Field, textOfFields } from '../words/field.ts';
import { wholeOf } from '../words/place.ts';
import type { ShellText } from '../words/text.ts';

/** Words that one `printf` may write. */
const most = 10_000;

/**
 * What `printf` writes. A plain `%s\n` hands its words on with their places; of other formats with `%s` and `%02d`
 * only the text is known. Undefined where it is not followed.
 */
export function printed(args: readonly Field[]): ShellText | undefined {
  const [first, ...rest] = args[0]?.value === '--' ? args.slice(1) : args;
  const format = first?.value;
  if (first === undefined || format === undefined) return undefined;
  if (/^%s(?:\\n|\n)$/.test(format)) return onLines(rest);
  if (/^%s ?$/.test(format)) return textOfFields(rest);
  const unescaped = format.replace(/\\[nt]/g, (letter) => (letter === '\\n' ? '\n' : '\t'));
  if (!/[%\\]/.test(unescaped)) {
    return /\\[nt]/.test(format.replace(/\\n$/, ''))
      ? { ...textOfFields([first]), text: format.replaceAll('\\n', '\n ').replaceAll('\\t', '\t ') }
      : textOfFields([{ ...first, ...withoutEnd(first) }]);
  }
  return filled(unescaped, rest, args);
}

/** The words, each on a line of its own. */
function onLines(words: readonly Field[]): ShellText {
  const joined = textOfFields(words);
  let text = '';
  for (const [index, { pieces }] of words.entries()) {
    const length = pieces.reduce((sum, piece) => sum + (piece.text?.length ?? 1), 0);
    text += `${index > 0 ? '\n' : ''}${joined.text.slice(text.length + (index > 0 ? 1 : 0)).slice(0, length)}`;
  }
  return { ...joined, text };
}

/** The word without the line end that it says. */
function withoutEnd(field: Field): Pick<Field, 'pieces' | 'value'> {
  const { pieces, value } = field;
  const last = pieces.at(-1);
  if (last?.text?.endsWith('\\n') !== true) return { pieces, value };
  const cut = { ...last, text: last.text.slice(0, -2), to: last.exact ? last.to - 2 : last.to };
  return { pieces: [...pieces.slice(0, -1), cut], value: value?.slice(0, -2) };
}

function filled(format: string, words: readonly Field[], all: readonly Field[]): ShellText | undefined {
  const needed = [...format.matchAll(/%(0?)(\d{0,2})([sd])/g)];
  if (needed.length === 0 || format.replace(/%0?\d{0,2}[sd]/g, '').includes('%') || words.length > most) {
    return undefined;
  }
  let text = '';
  for (let at = 0; at === 0 || at < words.length; at += needed.length) {
    let next = at;
    let isKnown = true;
    text += format.replace(/%(0?)(\d{0,2})([sd])/g, (_, zero: string, width: string, kind: string) => {
      const value = words[next]?.value ?? (words[next] === undefined ? '' : undefined);
      next += 1;
      if (value === undefined || (kind === 'd' && !/^-?\d{1,9}$/.test(value))) isKnown = false;
      if (kind === 's') return value ?? '';
      return padded(Number(value ?? 0), zero === '' ? 0 : Number(width));
    });
    if (!isKnown) return undefined;
  }
  const place = wholeOf(words.length > 0 ? words : all);
  return { text: text.replace(/\n$/, ''), holes: new Map(), span: () => place, origin: () => undefined };
}
