import { lineEnd, lineStart } from '../../syntax/line-start.ts';
import type { Span } from '../../syntax/span.ts';
import { entryIn, type Flow, flowAt } from './flow.ts';

/**
 * Where a cursor stands in YAML, told from the lines around it and not from a tree: while somebody types, there is none.
 */
export interface Cursor {
  /** Keys from the root to the mapping that the cursor is in, with `[]` for an item of a list. */
  readonly path: readonly string[];
  /** The key whose value is being typed; undefined where a key is. */
  readonly key: string | undefined;
  /** Keys that stand in the mapping already. */
  readonly present: ReadonlySet<string>;
  /** Names that stand in the list already, before the cursor. */
  readonly listed: ReadonlySet<string>;
  /** What is typed so far, and what an answer takes the place of. */
  readonly typed: string;
  readonly replace: Span;
  /** The quote that the cursor stands in. */
  readonly quote: string | undefined;
  /** Columns before the key. */
  readonly column: number;
  readonly flow: boolean;
}

const keyLine = /^(\s*(?:-\s+)*)(?:([\p{L}\p{M}\p{N}_.-]+|"[^"]*"|'[^']*')\s*:(?:\s+|$))?/u;

/** The lines that have to do with a cursor; of a long runbook those of one step. */
export interface Area {
  /** Where a line begins. */
  readonly start: number;
  readonly end: number;
  /** Keys from the root to the list whose item the lines are. */
  readonly path: readonly string[];
  /** Keys at the root of the file. */
  readonly rootKeys: readonly string[];
}

/** Undefined in a comment. Without an area, all lines are looked at. */
export function cursorAt(text: string, offset: number, area: Area = whole(text)): Cursor | undefined {
  const start = lineStart(text, offset);
  const before = text.slice(start, offset);
  if (/(?:^|\s)#/.test(before)) return undefined;
  const after = text.slice(offset, lineEnd(text, offset));
  const above = linesIn(text.slice(Math.min(area.start, start), start)).slice(0, -1);
  const [entry = '', lead = '', key] = keyLine.exec(before) ?? [];
  const line: Line = { offset, before, after, lead };
  const flow = flowAround(above, before, after);
  if (flow !== undefined) return inFlow(line, flow, pathIn(area, above.slice(0, flow.line), flow.lead));
  const path = pathIn(area, above, lead);
  const below = linesIn(text.slice(offset, Math.max(offset, area.end))).slice(1);
  const present = new Set([...siblings(above, below, lead), ...(path.length === 0 ? area.rootKeys : [])]);
  const here = { path, present, column: lead.length, flow: false, listed: none };
  if (key !== undefined) return { ...here, key: unquoted(key), ...valueAt(line, before.slice(entry.length)) };
  const typed = before.slice(lead.length);
  return /\s/.test(typed) ? undefined : { ...here, key: undefined, ...wordAt(line, typed) };
}

/** The line of a cursor, on both sides of it. */
interface Line {
  readonly offset: number;
  readonly before: string;
  readonly after: string;
  /** Its indentation, dashes included. */
  readonly lead: string;
}

/** A cursor inside braces or brackets; `around` leads to the mapping in which they stand. */
function inFlow(line: Line, { isMapping, keys, present, item }: Flow, around: readonly string[]): Cursor {
  const path = [...around, ...keys];
  const here = { column: line.lead.length, flow: true };
  // In a list, the values are those of its key.
  if (!isMapping && keys.length > 1) {
    const list = { path: path.slice(0, -2), key: path.at(-2), present: none, listed: present };
    return { ...here, ...list, ...valueAt(line, item) };
  }
  const entry = isMapping ? entryIn(item) : undefined;
  const common = { ...here, path, present, listed: none };
  return entry === undefined
    ? { ...common, key: undefined, ...wordAt(line, item.trimStart()) }
    : { ...common, key: entry.key, ...valueAt(line, entry.value) };
}

type Word = Pick<Cursor, 'typed' | 'replace' | 'quote'>;

/** The last word of a value that is being typed. */
function valueAt(line: Line, value: string): Word {
  return { ...wordAt(line, lastWord(value)), quote: openQuote(value) };
}

function wordAt({ offset, before, after }: Line, typed: string): Word {
  const rest = restOfWord(before + after, before.length, typed);
  return { typed, replace: { start: offset - typed.length, end: offset + rest.length }, quote: undefined };
}

/** The keys that lead to a line of the area. */
function pathIn(area: Area, above: readonly string[], lead: string): readonly string[] {
  const path = pathAbove(above, lead);
  return path[0] === '[]' ? [...area.path, ...path] : path;
}

function linesIn(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/);
}

function whole(text: string): Area {
  return { start: 0, end: text.length, path: [], rootKeys: [] };
}

/** A bracket right behind a name belongs to it: `web[01-12]`. */
function lastWord(value: string): string {
  return /(?:[^\s,[\]"'{}]|(?<=[\p{L}\p{M}\p{N}_.-])\[[^\]\s"']*\]?)*$/u.exec(value)?.[0] ?? '';
}

/** The quote that begins a value and is not closed. */
function openQuote(value: string): string | undefined {
  const [quote] = /^["']/.exec(value) ?? [];
  return quote !== undefined && !value.slice(1).includes(quote) ? quote : undefined;
}

/** What is left of the word behind the cursor, in a range of hosts up to its bracket. */
function restOfWord(line: string, at: number, typed: string): string {
  const isInRange = typed.lastIndexOf('[') > typed.lastIndexOf(']');
  const rest = isInRange ? /[\w,/-]*\]?/y : /(?:[\p{L}\p{M}\p{N}_./%-]|(?<=[\p{L}\p{M}\p{N}_.-])\[[^\]\s"']*\])*/uy;
  rest.lastIndex = at;
  return rest.exec(line)?.[0] ?? '';
}

function unquoted(key: string): string {
  return /^["']/.test(key) ? key.slice(1, -1) : key;
}

const none: ReadonlySet<string> = new Set();

/** Lines above the cursor on which the braces around it may have been opened. */
const mostLines = 60;
const opensFlow = /^(\s*(?:-\s+)*)(?:[\p{L}\p{M}\p{N}_.-]+\s*:\s+)?[[{]/u;

/** The flow collection around a cursor, with the line on which the outermost of it begins. */
function flowAround(
  above: readonly string[],
  before: string,
  after: string,
): (Flow & { readonly line: number; readonly lead: string }) | undefined {
  let found: (Flow & { readonly line: number; readonly lead: string }) | undefined;
  let text = before;
  for (let line = above.length; line >= 0 && line > above.length - mostLines; line--) {
    const own = line === above.length ? before : (above[line] ?? '');
    if (line < above.length) text = `${own}\n${text}`;
    const lead = opensFlow.exec(own)?.[1];
    const flow = lead === undefined ? undefined : flowAt(text.slice(lead.length), after);
    if (flow !== undefined && lead !== undefined && flow.keys.length >= (found?.keys.length ?? 0))
      found = { ...flow, line, lead };
  }
  return found;
}

/** The keys of the lines above that the current line stands under; `lead` is its indentation, dashes included. */
function pathAbove(lines: readonly string[], lead: string): readonly string[] {
  const path: string[] = [];
  let column = descend(lead, lead.length, path);
  for (let i = lines.length - 1; i >= 0 && (column > 0 || path[0] === '[]'); i--) {
    const line = lines[i] ?? '';
    if (/^\s*(?:#|$)/.test(line)) continue;
    const [, above = '', key] = keyLine.exec(line) ?? [];
    const dash = above.indexOf('-');
    // A list may stand at the same column as its key.
    const holds = path[0] === '[]' && above.length === column && !above.includes('-');
    if ((above.length < column || holds) && key !== undefined) {
      path.unshift(unquoted(key));
      column = descend(above, above.length, path);
    } else if (dash >= 0 && dash < column && above.length >= column) {
      column = descend(above, column, path);
    }
  }
  return path;
}

/** Goes out through the dashes of a line's indentation; gives the column that the line's parent has to stand left of. */
function descend(lead: string, column: number, path: string[]): number {
  const dashes = [...lead].flatMap((char, i) => (char === '-' && i < column ? [i] : []));
  for (const _ of dashes) path.unshift('[]');
  return dashes[0] ?? column;
}

/** Keys at the same column in the same mapping, above and below. */
function siblings(above: readonly string[], below: readonly string[], lead: string): readonly string[] {
  const keys: string[] = [];
  const column = lead.length;
  if (!lead.includes('-')) {
    for (let i = above.length - 1; i >= 0; i--) {
      const [, indent = '', key] = keyLine.exec(above[i] ?? '') ?? [];
      if (/^\s*(?:#|$)/.test(above[i] ?? '')) continue;
      if (indent.length < column) break;
      if (indent.length === column && key !== undefined) keys.push(unquoted(key));
      if (indent.includes('-')) break;
    }
  }
  for (const line of below) {
    const [, indent = '', key] = keyLine.exec(line) ?? [];
    if (/^\s*(?:#|$)/.test(line)) continue;
    if (indent.length < column || indent.includes('-')) break;
    if (indent.length === column && key !== undefined) keys.push(unquoted(key));
  }
  return keys;
}
