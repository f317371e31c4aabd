import { mostCharacters } from './limits.ts';
import type { Span } from './span.ts';
import type { SyntaxProblem } from './tree.ts';

/** Why a text is not worth reading at all; undefined where it is. Exactly one finding stands for such a file. */
export function unreadable(text: string): SyntaxProblem | undefined {
  if (text.length > mostCharacters) {
    const message = `This file has more than ${mostCharacters.toLocaleString('en')} characters, which is more than is read. Split it.`;
    return { rule: 'limit-reached', message, span: firstLine(text) };
  }
  const zero = text.indexOf('\u0000');
  if (zero >= 0) {
    const message = 'This is not a text file: it holds a character that no YAML can hold.';
    return { rule: 'syntax', message, span: { start: zero, end: zero + 1 } };
  }
  const conflict = conflictIn(text);
  if (conflict !== undefined) {
    const message =
      'This file holds the markers of a merge conflict. Resolve it first; until then nothing in it is checked.';
    return { rule: 'syntax', message, span: conflict };
  }
  return undefined;
}

/** The opening marker, if a later line holds one of the others. */
function conflictIn(text: string): Span | undefined {
  if (!text.includes('<<<<<<< ')) return undefined;
  const marker = /^<{7} .*$/m.exec(text);
  if (marker === null || !/^(?:={7}|>{7} .*)$/m.test(text.slice(marker.index))) return undefined;
  return { start: marker.index, end: marker.index + marker[0].trimEnd().length };
}

function firstLine(text: string): Span {
  const end = text.search(/[\r\n]/);
  return { start: 0, end: end < 0 ? text.length : end };
}
