import { grouped, mostCharacters } from './limits.ts';
import { everything } from './mistakes.ts';
import type { SyntaxProblem } from './tree.ts';

/** Why a whole file is not read; the one finding on it. Undefined where it can be read. */
export function unreadable(text: string): SyntaxProblem | undefined {
  return tooLong(text) ?? binary(text) ?? conflict(text, 0);
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
export function conflict(text: string, from: number): SyntaxProblem | undefined {
  if (!text.includes('<<<<<<<', from) && !text.includes('>>>>>>>', from) && !text.includes('=======', from))
    return undefined;
  const marker = /^(?:<{7}|>{7}|={7}|\|{7})(?=[ \r\n]|$)[^\r\n]*/gm;
  marker.lastIndex = from;
  const hit = marker.exec(text);
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

function firstLine(text: string): { readonly start: number; readonly end: number } {
  const end = text.slice(0, 200).search(/[\r\n]/);
  return { start: 0, end: end === -1 ? Math.min(text.length, 200) : end };
}
