import { lineEnd, lineStart } from '../../syntax/line-start.ts';
import type { Span } from '../../syntax/span.ts';

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
  /** What is typed so far, and what an answer takes the place of. */
  readonly typed: string;
  readonly replace: Span;
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
  const rest = restOfWord(text.slice(start, lineEnd(text, offset)), offset - start);
  const lines = text
    .slice(Math.min(area.start, start), start)
    .split(/\r\n|\n|\r/)
    .slice(0, -1);
  const [, lead = '', key] = keyLine.exec(before) ?? [];
  const at = (typed: string): Pick<Cursor, 'typed' | 'replace'> => ({
    typed,
    replace: { start: offset - typed.length, end: offset + rest.length },
  });
  const flow = key === undefined ? [] : openBrackets(before);
  const found = pathAbove(lines, lead);
  const around = found[0] === '[]' ? [...area.path, ...found] : found;
  const innermost = flow.at(-1);
  if (innermost !== undefined) {
    const inside = before.slice(innermost.at + 1);
    const path = [...around, ...flow.flatMap(({ keys }) => keys)];
    const common = { column: lead.length, flow: true };
    // In a list, the values are those of its key.
    if (!innermost.isMapping) {
      return { path: path.slice(0, -2), key: path.at(-2), present: none, ...at(lastWord(inside)), ...common };
    }
    const last = inside.slice(inside.lastIndexOf(',') + 1).trimStart();
    const present = new Set([...inside.matchAll(/([\p{L}\p{M}\p{N}_.-]+)\s*:/gu)].map(([, name = '']) => name));
    const [, name, value] = /^([\p{L}\p{M}\p{N}_.-]+)\s*:\s*(.*)$/u.exec(last) ?? [];
    return name === undefined
      ? { path, key: undefined, present, ...at(last), ...common }
      : { path, key: name, present, ...at(lastWord(value ?? '')), ...common };
  }
  const after = text
    .slice(offset, Math.max(offset, area.end))
    .split(/\r\n|\n|\r/)
    .slice(1);
  const present = new Set([...siblings(lines, after, lead), ...(around.length === 0 ? area.rootKeys : [])]);
  if (key !== undefined) {
    const value = before.slice(keyLine.exec(before)?.[0].length ?? before.length);
    return { path: around, key: unquoted(key), present, ...at(lastWord(value)), column: lead.length, flow: false };
  }
  const typed = before.slice(lead.length);
  if (/\s/.test(typed)) return undefined;
  return { path: around, key: undefined, present, ...at(typed), column: lead.length, flow: false };
}

function whole(text: string): Area {
  return { start: 0, end: text.length, path: [], rootKeys: [] };
}

/** A bracket right behind a name belongs to it: `web[01-12]`. */
function lastWord(value: string): string {
  return /(?:[^\s,[\]"'{}]|(?<=[\p{L}\p{M}\p{N}_.-])\[[^\]\s"']*\]?)*$/u.exec(value)?.[0] ?? '';
}

function restOfWord(line: string, at: number): string {
  const rest = /(?:[\p{L}\p{M}\p{N}_./%-]|(?<=[\p{L}\p{M}\p{N}_.-])\[[^\]\s"']*\])*/uy;
  rest.lastIndex = at;
  return rest.exec(line)?.[0] ?? '';
}

function unquoted(key: string): string {
  return /^["']/.test(key) ? key.slice(1, -1) : key;
}

const none: ReadonlySet<string> = new Set();

interface Bracket {
  readonly at: number;
  readonly isMapping: boolean;
  /** The key whose value opens here, and `[]` for a list. */
  readonly keys: readonly string[];
}

/** Brackets and braces on the line that are not closed, the outermost first. */
function openBrackets(line: string): readonly Bracket[] {
  const open: Bracket[] = [];
  for (const { 0: char, index } of line.matchAll(/"[^"]*"|'[^']*'|\{\{|\}\}|[{}[\]]/g)) {
    if (char === '{' || char === '[') {
      const key = /([\p{L}\p{M}\p{N}_.-]+)["']?\s*:\s*$/u.exec(line.slice(0, index))?.[1];
      const own = key === undefined ? [] : [key];
      open.push({ at: index, isMapping: char === '{', keys: char === '[' ? [...own, '[]'] : own });
    } else if (char === '}' || char === ']') open.pop();
  }
  return open;
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
