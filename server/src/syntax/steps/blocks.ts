import { isOutdented } from '../outdented.ts';

/** Where the steps of a runbook stand, found by indentation alone, without reading any YAML. */
export interface Layout {
  /** Where the line after `steps:` begins. */
  readonly start: number;
  /** Where the steps end: the offset of what stands behind them, or the end of the text. */
  readonly end: number;
  /** Columns before the dashes. */
  readonly indent: number;
  /** What stands before it tells where the steps begin and how they are indented. */
  readonly seenTo: number;
  /** Where each step's block begins: with the comments above its dash. The first begins at `start`. */
  readonly starts: readonly number[];
}

/** Where steps began in an earlier version, to stop where everything is as it was. */
export interface Known {
  readonly starts: readonly number[];
  /** How far what stands behind the change has moved. */
  readonly moved: number;
  /** Where the change ends in the new text. */
  readonly changedTo: number;
}

type Found = Pick<Layout, 'start' | 'indent' | 'seenTo'>;

/** Finds `steps:` at the first column with a list of lines under it; undefined where the document has another form. */
export function findSteps(text: string): Found | undefined {
  for (let at = text.indexOf('steps'); at !== -1; at = text.indexOf('steps', at + 1)) {
    if (at > 0 && !/[\n\r\uFEFF]/.test(text[at - 1] ?? '')) continue;
    stepsLine.lastIndex = at;
    const line = stepsLine.exec(text);
    if (line === null) continue;
    const start = at + line[0].length;
    const found = indentOf(text, start);
    return found && { start, ...found };
  }
  return undefined;
}

const stepsLine = /steps[ \t]*:(?:[ \t]+#[^\n\r]*|[ \t]*)(?:\r\n|\n|\r)/y;

/** The column of the steps' dashes: that of the first, unless it is the one that slipped, and the next two stand under each other elsewhere. */
function indentOf(text: string, start: number): Pick<Found, 'indent' | 'seenTo'> | undefined {
  const first = dashFrom(text, start, 0);
  if (first.column === undefined) return undefined;
  const second = dashFrom(text, first.seenTo, first.within);
  if (second.column === undefined || second.column === first.column)
    return { indent: first.column, seenTo: second.seenTo };
  const third = dashFrom(text, second.seenTo, second.within);
  return { indent: third.column === second.column ? second.column : first.column, seenTo: third.seenTo };
}

interface Dash {
  /** Undefined where the first line that counts begins with something else. */
  readonly column: number | undefined;
  /** Lines that begin at this column or behind it belong to its step. */
  readonly within: number;
  /** Where the line ends that was looked at last. */
  readonly seenTo: number;
}

/** The first line from `from` on, if it begins with a dash; lines that belong to a step, at column `within` or behind it, do not count. */
function dashFrom(text: string, from: number, within: number): Dash {
  for (let line = from; line < text.length; line = nextLine(text, line)) {
    const content = skipSpaces(text, line);
    const column = content - line;
    if (isBlank(text, content) || text[content] === '#' || (within > 0 && column >= within)) continue;
    const seenTo = nextLine(text, line);
    if (isDash(text, content)) return { column, within: column + Math.max(1, widthOfDash(text, content)), seenTo };
    // A key between the dash and the first key of its step belongs to one that slipped.
    if (within === 0 || column === 0) return { column: undefined, within, seenTo };
  }
  return { column: undefined, within, seenTo: text.length };
}

/** How far behind the dash the keys of its step stand; 0 where there is none on its line. */
function widthOfDash(text: string, dash: number): number {
  itemKey.lastIndex = dash;
  return itemKey.exec(text)?.[1]?.length ?? 0;
}

/** Steps that were split anew. */
interface Split {
  readonly starts: readonly number[];
  /** Where the last of them ends. */
  readonly end: number;
  /** The first step of the earlier version that stands as it stood, as do all behind it; their count where none does. */
  readonly resumed: number;
}

/**
 * Splits the steps from `from` on, where a block begins, to their end.
 * With `known`, stops at the first block that stands as it stood before.
 */
export function splitSteps(text: string, from: number, indent: number, known?: Known): Split {
  const starts: number[] = [];
  const resumed = known?.starts.length ?? 0;
  let dash = -1;
  /** Where the comments begin that belong to the next step. */
  let lead = -1;
  let next = known === undefined ? -1 : firstAfter(known.starts, known.changedTo - known.moved);
  for (let at = from; at < text.length; at = nextLine(text, at)) {
    const content = skipSpaces(text, at);
    const column = content - at;
    if (column > indent && dash !== -1 && isLetter(text.charCodeAt(content))) {
      // As most lines do, it goes on with the step above.
      lead = -1;
      continue;
    }
    if (isBlank(text, content)) continue;
    if (text[content] === '#') {
      if (column > indent) lead = -1;
      else if (lead === -1) lead = at;
      continue;
    }
    if (isDash(text, content) && (column <= indent || dash === -1 || isSlip(text, dash, column))) {
      const start = starts.length === 0 ? from : lead === -1 ? at : lead;
      if (known !== undefined && start >= known.changedTo) {
        while (next < known.starts.length && (known.starts[next] ?? 0) + known.moved < start) next++;
        if ((known.starts[next] ?? -1) + known.moved === start) {
          return { starts, end: start, resumed: next };
        }
      }
      starts.push(start);
      dash = at;
    } else if (column === 0 && endsSteps(text, at, indent)) {
      return { starts, end: lead === -1 ? at : lead, resumed };
    }
    lead = -1;
  }
  return { starts, end: lead === -1 || starts.length === 0 ? text.length : lead, resumed };
}

/** The index of the first start at or behind an offset. */
export function firstAfter(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A dash between the dash and the keys of the step above cannot belong to that step: it is one that slipped. */
function isSlip(text: string, dash: number, column: number): boolean {
  const indent = skipSpaces(text, dash) - dash;
  const width = widthOfDash(text, dash + indent);
  return width > 0 && column < indent + width;
}

const itemKey = /(-[ ]+)[A-Za-z_][\w -]*:(?=[ \t\r\n]|$)/y;

/** A line at the first column ends the steps where it is a key or a document marker; else it is a slip in a step. */
function endsSteps(text: string, at: number, indent: number): boolean {
  marker.lastIndex = at;
  if (marker.test(text)) return true;
  key.lastIndex = at;
  const name = key.exec(text)?.[0];
  if (name === undefined || (words.test(name) && isOutdented(text, at))) return false;
  // `run: x` at the first column with further steps below it has lost its indentation.
  let line = at;
  for (let slipped = 0; indent > 0 && slipped < mostSlipped; slipped++) {
    slippedKey.lastIndex = line;
    const hit = slippedKey.exec(text);
    if (hit === null) return true;
    line = nextContent(text, nextLine(text, line));
    // A list right below an empty key is its own.
    if (hit[1] === undefined && (isFirstColumn(text, line) || isDashAt(text, line))) return true;
    // No further than to the next dash: a change behind it is no reason to look here again.
    for (let below = 0; below < mostSlipped && !isFirstColumn(text, line) && !isDashAt(text, line); below++) {
      line = nextContent(text, nextLine(text, line));
    }
    if (isStepAt(text, line, indent)) return false;
  }
  return true;
}

/** Whether a step begins on the line with its first key; a text may have dashes of its own. */
function isStepAt(text: string, line: number, indent: number): boolean {
  const content = skipSpaces(text, line);
  return content - line === indent && widthOfDash(text, content) > 0;
}

function isDashAt(text: string, line: number): boolean {
  return isDash(text, skipSpaces(text, line));
}

function isFirstColumn(text: string, line: number): boolean {
  return line >= text.length || skipSpaces(text, line) === line;
}

/** The first line from `from` on that holds more than a comment. */
function nextContent(text: string, from: number): number {
  let line = from;
  while (line < text.length && (isBlank(text, skipSpaces(text, line)) || text[skipSpaces(text, line)] === '#')) {
    line = nextLine(text, line);
  }
  return line;
}

/** Lines in a row that may have lost their indentation. */
const mostSlipped = 8;
const marker = /(?:---|\.\.\.)(?=[ \t\r\n]|$)/y;
/** No key of a runbook has a dash before it: such a line is a slip in the step above. */
const key = /(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\s'"#[\]{},&*!|>%@`-][^:\r\n]*)[ \t]*:(?=[ \t\r\n]|$)/y;
/** Words before a colon: a key that somebody made up, or a line of a text. */
const words = /^[^'"\s]+[ \t]+[^\s:]/;
/** A key with a value on its line, or with none; the text behind a `|` may hold dashes of its own. */
const slippedKey = /[A-Za-z_][\w-]*:(?:[ \t]+([^\s#|>&][^\r\n]*)|(?=[ \t]*(?:#|[\r\n]|$)))/y;

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 32) at++;
  return at;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** Whether only white space stands between an offset and the end of its line. */
function isBlank(text: string, from: number): boolean {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (Number.isNaN(code) || code === 10 || code === 13) return true;
    if (code !== 32 && code !== 9) return false;
    at++;
  }
}

function isDash(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 45) return false;
  const code = text.charCodeAt(at + 1);
  return Number.isNaN(code) || code === 32 || code === 9 || code === 10 || code === 13;
}

/** Where the next line begins. */
function nextLine(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  return feed === -1 ? text.length : feed + 1;
}

/** The text as it is split: line feeds alone end lines, so in a text that has none carriage returns become them. */
export function splittable(text: string): string {
  return text.includes('\n') || !text.includes('\r') ? text : text.replaceAll('\r', '\n');
}
