import { lineEnd, lineStart } from './line-start.ts';
import { unmask } from './masks.ts';
import type { Span } from './span.ts';
import type { Replacement } from './tree.ts';

/** The text behind a `|` or `>` that stands no further in than its key, so that YAML does not take it for that key's value. */
export interface Outdented {
  readonly key: string;
  /** The first of its lines. */
  readonly span: Span;
  /** Where the last of its lines ends. */
  readonly end: number;
  readonly replacement: Replacement;
}

const header = /^( *(?:- +)*)([\w-]+):[ \t]+[|>][-+\d]*[ \t]*(?:#.*)?$/;
/** A key, a dash or the end of a document: with it something else begins. */
const other = /^[ \t]*(?:-[ \t]|-$|[a-z_]\w*:(?:[ \t]|$)|---|\.\.\.)/;

/** Such a text, if its first line begins with what stands at the offset. */
export function outdentedAt(text: string, at: number): Outdented | undefined {
  const first = lineStart(text, at);
  if (first === 0 || /[^ ]/.test(text.slice(first, at))) return undefined;
  const above = text.slice(0, first).trimEnd();
  const [, { length: column } = '', key] = header.exec(above.slice(lineStart(above, above.length))) ?? [];
  if (key === undefined || at - first > column) return undefined;
  const end = endOf(text, first);
  const lines = text.slice(first, end);
  let least = column;
  for (const [, blanks = ''] of lines.matchAll(/^( *)\S/gm)) least = Math.min(least, blanks.length);
  const newText = lines.replace(/^ *(?=\S)/gm, (blanks) => blanks + ' '.repeat(column + 2 - least));
  return {
    key,
    span: { start: at, end: first + text.slice(first, lineEnd(text, first)).trimEnd().length },
    end,
    replacement: {
      title: `Indent the text of \`${key}\``,
      span: { start: first, end },
      newText: unmask(newText),
      spelling: false,
    },
  };
}

/** So far above a line is looked for what it may belong to. */
const mostLines = 100;

/** Whether the line at the offset is one of such a text, also below the first of them. */
export function isOutdented(text: string, at: number): boolean {
  let line = lineStart(text, at);
  for (let left = mostLines; line > 0 && left > 0; left--) {
    if (outdentedAt(text, line + (/^ */.exec(text.slice(line, lineEnd(text, line)))?.[0].length ?? 0)) !== undefined)
      return true;
    line = lineStart(text, line - 1);
    if (other.test(text.slice(line, lineEnd(text, line)))) return false;
  }
  return false;
}

/** The end of the last line before the next key or dash; comments right above that belong to it. */
function endOf(text: string, first: number): number {
  let end = first;
  for (let at = first; at < text.length; ) {
    const stop = lineEnd(text, at);
    const line = text.slice(at, stop);
    if (at > first && other.test(line)) break;
    if (at === first || !/^[ \t]*(?:#|$)/.test(line)) end = stop;
    at = stop + (text.startsWith('\r\n', stop) ? 2 : 1);
  }
  return end;
}
