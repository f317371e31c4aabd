import { grouped, mostCharacters } from './limits.ts';
import { everything } from './mistakes.ts';
import type { SyntaxProblem } from './tree.ts';

/** Why a whole file is not read; the one finding on it. Undefined where it can be read. */
export function unreadable(text: string): SyntaxProblem | undefined {
  return tooLong(text) ?? binary(text) ?? conflict(text) ?? fence(text) ?? template(text);
}

/** A file longer than is read. */
export function tooLong(text: string): SyntaxProblem | undefined {
  if (text.length <= mostCharacters) return undefined;
  const message = `The file has ${grouped(text.length)} characters; files of up to ${grouped(mostCharacters)} are read. Nothing in it is checked; split it.`;
  return { rule: 'limit-reached', message, span: firstLine(text), misled: everything };
}

/** A file that is no text. */
export function binary(text: string): SyntaxProblem | undefined {
  if (!text.includes('\0')) return undefined;
  return {
    rule: 'syntax',
    message: 'This file is not text. Nothing in it is checked.',
    span: { start: 0, end: 1 },
    misled: everything,
  };
}

/** Markers that a merge left behind, from a line's beginning on. */
export function conflict(text: string): SyntaxProblem | undefined {
  if (!text.includes('<<<<<<<') && !text.includes('>>>>>>>') && !text.includes('=======')) return undefined;
  const hit = /^(?:<{7}|>{7}|={7}|\|{7})(?=[ \r\n]|$)[^\r\n]*/m.exec(text);
  if (hit === null) return undefined;
  const message =
    'A merge was not finished here: its markers are still in the file. Keep one side, and remove the markers.';
  return {
    rule: 'syntax',
    message,
    span: { start: hit.index, end: hit.index + hit[0].trimEnd().length },
    misled: everything,
  };
}

/** A line that begins or ends a block of code in Markdown: the text was copied with what stood around it. */
export function fence(text: string): SyntaxProblem | undefined {
  if (!text.includes('```')) return undefined;
  const [first, second, ...others] = [...text.matchAll(/^\uFEFF?```[^\r\n]*(?:\r\n|\r|\n|$)/gm)];
  if (first === undefined) return undefined;
  const start = first.index + first[0].length;
  const inner = text.slice(start, second?.index);
  // Of one line alone it cannot be told on which side of it the file is.
  const replacement =
    second === undefined || others.length > 0
      ? undefined
      : {
          title: 'Keep what stands between these lines',
          span: { start: 0, end: text.length },
          newText: inner,
          spelling: false,
        };
  const message =
    'This line belongs to Markdown, and YAML has no such lines. Keep what stands between the two of them, and remove the rest.';
  const span = { start: first.index, end: first.index + first[0].trimEnd().length };
  return { rule: 'syntax', message, span, misled: everything, replacement };
}

const block = /\{(?:[%#]|\{-?\s*(?:if|else|end|range|with|define|block)\b)/;
const blockLine = new RegExp(`^[ \\t]*(?=${block.source})`, 'gm');

/** Whether a line of a template may stand in the text; tells most texts quickly that none does. */
export function mayBeTemplate(text: string): boolean {
  return text.includes('{') && block.test(text);
}

/** A line of a template, such as `{% for … %}` or `{{- if … }}`: what the file will hold is not known yet. */
export function template(text: string): SyntaxProblem | undefined {
  if (!mayBeTemplate(text)) return undefined;
  let inText: KnownText | undefined;
  for (const hit of text.matchAll(blockLine)) {
    const start = hit.index + hit[0].length;
    const [line = ''] = /[^\r\n]*/.exec(text.slice(start, start + 200)) ?? [];
    if (!/[%#}]\}/.test(line)) continue;
    const [at, indent] = [hit.index, hit[0].length];
    if (isInText(text, at, indent, inText)) {
      inText = { at, indent: Math.min(indent, inText?.indent ?? indent) };
      continue;
    }
    const message =
      'This line belongs to a template, and what YAML comes of it is not known. Check the file that the template makes.';
    return { rule: 'syntax', message, span: { start, end: start + line.trimEnd().length }, misled: everything };
  }
  return undefined;
}

/** A line in a text behind a `|` or `>`, down to which all lines that are indented at least so far are in it. */
interface KnownText {
  readonly at: number;
  readonly indent: number;
}

/**
 * Whether the line stands in the text behind a `|` or `>`: under a line that is indented less and ends with one.
 * Where it is known of a line above, one that is indented as far is in the same text.
 */
export function isInText(text: string, lineStart: number, indent: number, known?: KnownText): boolean {
  let least = indent;
  for (let end = lineStart - 1; end > 0 && least > 0; ) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    if (start === known?.at && least >= known.indent) return true;
    const [, white = '', content = ''] = /^( *)(.*)$/.exec(text.slice(start, end).trimEnd()) ?? [];
    if (content !== '' && white.length < least) {
      if (/[|>][-+\d]{0,2}(?:\s+#.*)?$/.test(content)) return true;
      least = white.length;
    }
    end = start - 1;
  }
  return false;
}

function firstLine(text: string): { readonly start: number; readonly end: number } {
  const end = text.slice(0, 200).search(/[\r\n]/);
  return { start: 0, end: end === -1 ? Math.min(text.length, 200) : end };
}
