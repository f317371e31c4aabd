/** Where the steps of a runbook stand, found by indentation alone, without parsing any YAML. */
export interface Layout {
  /** Where the first step's line begins. */
  readonly start: number;
  /** Where the line after the last step begins. */
  readonly end: number;
  /** Columns before the dash of every step. */
  readonly indent: number;
  /** Where the line of each step's dash begins. */
  readonly offsets: readonly number[];
}

/** Finds `steps:` at the top level with a block list under it; undefined where the document has another form. */
export function findSteps(text: string): Layout | undefined {
  const key = /^steps:[ \t]*(?:#[^\n\r]*)?(?:\r\n|\n|\r|$)/m.exec(text);
  if (key === null) return undefined;
  let at = key.index + key[0].length;
  for (; at < text.length; at = nextLine(text, at)) {
    const line = lineFrom(text, at);
    if (/^[ \t]*(?:#|$)/.test(line)) continue;
    const [, spaces] = /^( *)-(?:[ \t]|$)/.exec(line) ?? [];
    if (spaces === undefined) return undefined;
    const { offsets, end } = splitSteps(text, at, spaces.length);
    return { start: at, end, indent: spaces.length, offsets };
  }
  return undefined;
}

/** Splits the steps from `start` on, where one begins, up to `limit` or the end of the list. */
export function splitSteps(
  text: string,
  start: number,
  indent: number,
  limit = text.length,
): { readonly offsets: readonly number[]; readonly end: number } {
  const dash = `${' '.repeat(indent)}-`;
  const offsets: number[] = [];
  let at = start;
  for (; at < limit; at = nextLine(text, at)) {
    if (text.startsWith(dash, at) && isSpace(text.charCodeAt(at + dash.length))) offsets.push(at);
    else if (!continues(text.charCodeAt(at)) && endsList(lineFrom(text, at))) break;
  }
  return { offsets, end: at };
}

/** Blank, indented and comment lines belong to the step before them. */
function continues(first: number): boolean {
  return first === 32 || first === 9 || first === 10 || first === 13 || first === 35;
}

/** A line at the left margin ends the list where it is a key or a document marker; anything else is a slip in a step. */
function endsList(line: string): boolean {
  return /^(?:---|\.\.\.)(?:\s|$)|^(?:"[^"]*"|'[^']*'|[^\s'"#-][^:]*):(?:\s|$)/.test(line);
}

function isSpace(code: number): boolean {
  return Number.isNaN(code) || code === 32 || code === 9 || code === 10 || code === 13;
}

function lineFrom(text: string, at: number): string {
  const end = nextLine(text, at);
  return text.slice(at, end).replace(/[\r\n]+$/, '');
}

/** A lone carriage return ends a line too, but only where there is no line feed at all: else every line would be looked at twice. */
function nextLine(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  if (feed >= 0) return feed + 1;
  const back = text.indexOf('\r', at);
  return back < 0 ? text.length : back + 1;
}
