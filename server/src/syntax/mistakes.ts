import type { ErrorCode, YAMLError } from 'yaml';
import { endOfText, grouped, mostDepth } from './limits.ts';
import { lineStart } from './line-start.ts';
import { unmask } from './masks.ts';
import { type Outdented, outdentedAt } from './outdented.ts';
import type { Span } from './span.ts';
import type { Replacement, SyntaxProblem } from './tree.ts';

/** Nothing of the text is read as it is meant. */
export const everything: Span = { start: 0, end: endOfText };

/** A mistake in a text, before those that only follow from another are left out. */
export interface Found extends Omit<SyntaxProblem, 'misled'> {
  /** How far what stands after it may be misread because of it, so that further mistakes there may be none. */
  readonly misleads: Misled;
  /** Where it is known how far that is. */
  readonly until?: number;
}

/** An entry is one of the outermost mapping; it begins at the first column. */
export type Misled = 'not at all' | 'in the entry' | 'to the end';

/** A mistake in the YAML between two offsets. */
export function syntaxProblem(
  message: string,
  start: number,
  end: number,
  misleads: Misled = 'not at all',
  replacement?: Replacement,
): Found {
  return { rule: 'syntax', message, span: { start, end }, misleads, replacement };
}

/** Collections stand deeper in one another than is read. */
export function tooDeep(start: number, end: number): SyntaxProblem {
  const message = `More than ${grouped(mostDepth)} mappings and lists stand inside one another here. Nothing of this is read; make it flatter.`;
  return { rule: 'limit-reached', message, span: { start, end }, misled: everything };
}

/** A mistake that the YAML library found, in plain words; undefined where the tree's reader says it better. */
export function translate(error: YAMLError, text: string): Found | undefined {
  if (saidElsewhere.test(error.message)) return undefined;
  const span = wordAt(text, error.pos[0]);
  const tab = tabBefore(text, span.start);
  if (tab !== undefined)
    return syntaxProblem(words.TAB_AS_INDENT ?? '', tab.start, tab.end, 'to the end', withoutTabs(text, tab.start));
  const outdented = outdentedAt(text, span.start);
  if (outdented !== undefined) return notIndented(outdented, 'to the end');
  if (isDashBeforeKey(text, span.start)) {
    const dash = { start: span.start, end: span.start + 1 };
    const space = { title: 'Write a space after the dash', span: dash, newText: '- ', spelling: false };
    return syntaxProblem(noSpaceAfterDash, dash.start, dash.end, 'to the end', space);
  }
  const misleads = harmless.has(error.code) ? 'not at all' : 'to the end';
  return syntaxProblem(messageOf(error, text), span.start, span.end, misleads);
}

export const noSpaceAfterDash = 'A space is missing after this dash. Write one: `- wait: 10m`.';

/** `-wait: 10m` at the beginning of a line. */
function isDashBeforeKey(text: string, at: number): boolean {
  return (
    /^-[A-Za-z_][\w-]*:(?=[ \t\r\n]|$)/.test(text.slice(at, at + 60)) &&
    text.slice(lineStart(text, at), at).trim() === ''
  );
}

/** The text behind a `|` or `>` has lost its indentation. */
export function notIndented({ key, span, end, replacement }: Outdented, misleads: Misled): Found {
  const message = `The text of \`${key}\` has to be indented further than \`${key}\` itself. Indent these lines.`;
  return { ...syntaxProblem(message, span.start, span.end, misleads, replacement), until: end };
}

/** Mistakes after which everything is read as it is meant. */
const harmless = new Set<ErrorCode>(['BAD_SCALAR_START', 'BAD_DQ_ESCAPE', 'TAG_RESOLVE_FAILED', 'KEY_OVER_1024_CHARS']);

const saidElsewhere =
  /^Missing closing|must (?:be sufficiently indented and )?end with a|^Implicit map keys need to be followed|^Implicit keys need to be on a single line|^Nested mappings are not allowed in compact|^Sequence item without -|^Alias cannot be an empty|^Block collections are not allowed within flow/;

const words: Partial<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'An alias cannot have a tag or an anchor of its own. Remove one of the two.',
  BAD_ALIAS: 'An anchor needs a name. Write one after the `&`, or put the value in quotes.',
  BAD_COLLECTION_TYPE: 'The tag does not fit the value. Remove the tag.',
  BAD_DIRECTIVE: 'This directive is not known. Remove the line.',
  BAD_DQ_ESCAPE:
    'This escape is not known inside double quotes. Write `\\\\` for a backslash, or use single quotes around the value.',
  BAD_INDENT:
    'The indentation does not fit the lines above. Put the line under the key or the dash that it belongs to.',
  BAD_PROP_ORDER: 'An anchor or a tag has to stand right before its value. Move it there.',
  BAD_SCALAR_START: 'A value cannot start with this character. Put the value in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'A list cannot be a key. Put what belongs to the key on a line of its own.',
  BLOCK_IN_FLOW:
    'Inside brackets and braces everything has to stand in brackets, braces or quotes. Put the value in quotes.',
  KEY_OVER_1024_CHARS: 'A key has to be shorter than 1 024 characters. Shorten it, or put the value in quotes.',
  MULTILINE_IMPLICIT_KEY: 'A key has to stand on one line, with its colon.',
  MULTIPLE_ANCHORS: 'A value can have one anchor. Remove the other.',
  MULTIPLE_TAGS: 'A value can have one tag. Remove the other.',
  TAB_AS_INDENT: 'A tab cannot indent YAML. Use spaces.',
  TAG_RESOLVE_FAILED: 'The tag does not fit the value. Remove the tag; every value is read as text.',
};

function messageOf({ code, message, pos: [at] }: YAMLError, text: string): string {
  if (/^Missing , between|^Missing , or :/.test(message)) {
    return 'A comma is missing before this. Write one between the items, or put the value in quotes if this belongs to it.';
  }
  if (/^Missing space after :/.test(message)) return 'A space is missing after this colon. Write one.';
  if (/^Comments must be separated/.test(message)) {
    return 'A space is missing before this `#`. Write one if it begins a comment; else put the value in quotes.';
  }
  if (/^Tags and anchors must be separated/.test(message)) {
    return 'A space is missing after the anchor or the tag. Write one, or put the value in quotes.';
  }
  if (/block-seq-ind on same line/.test(message)) {
    return 'A list has to begin on a line of its own. Move the dash to the next line, or put the value in quotes.';
  }
  if (/directives-end/.test(message)) return 'A line with `---` is missing between the directives and the content.';
  if (/^Unexpected ,|^Unexpected empty item/.test(message))
    return 'There is nothing before this comma. Remove the comma.';
  if (/header includes extra characters|^Not a YAML token/.test(message)) {
    return 'Text cannot follow `|` or `>` on the same line. Put it on the next line, indented.';
  }
  if (/flow-(?:map|seq)-end/.test(message))
    return 'There is nothing that this bracket closes. Remove it, or put the value in quotes.';
  if (/more-indented leading empty lines/.test(message)) {
    return 'The empty lines above this are indented more than the text. Remove their spaces.';
  }
  if (code === 'UNEXPECTED_TOKEN' && text[at - 1] === "'" && /\p{L}/u.test(text[at] ?? ''))
    return "Single quotes end at an apostrophe. Put the value in double quotes, or write the apostrophe twice: `it''s`.";
  if (code === 'UNEXPECTED_TOKEN' && text.startsWith('//', at)) return 'A comment begins with `#`, not with `//`.';
  if (code === 'UNEXPECTED_TOKEN')
    return 'This cannot stand after the value. Remove it, or put all of the value in quotes.';
  if (text === '') return 'This is not valid YAML.';
  return words[code] ?? 'This is not valid YAML. Check the indentation, the colons and the quotes around it.';
}

/**
 * Spaces in place of each tab that a line begins with: so many that the first of these lines stands under the one above it.
 * Offered on the first alone, behind which nothing else is told.
 */
function withoutTabs(text: string, tab: number): Replacement | undefined {
  if (text.slice(0, tab).search(/^ *\t/m) !== -1) return undefined;
  const lines = [...text.matchAll(/^ *\t[ \t]*/gm)];
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const above = text.slice(0, first.index).trimEnd().split('\n').at(-1) ?? '';
  const least = above.search(/[^\s-]|$/) + (above.endsWith(':') ? 1 : 0);
  const spaces = ['  ', '    '].find((one) => first[0].replaceAll('\t', one).length >= least) ?? ' '.repeat(8);
  const span = { start: first.index, end: last.index + last[0].length };
  const newText = text
    .slice(span.start, span.end)
    .replace(/^ *\t[ \t]*/gm, (blanks) => blanks.replaceAll('\t', spaces));
  return { title: 'Put spaces in place of the tabs', span, newText: unmask(newText), spelling: false };
}

/** Tabs in the white space at the beginning of the line of that offset. */
function tabBefore(text: string, offset: number): Span | undefined {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  let at = line;
  while (text[at] === ' ') at++;
  if (text[at] !== '\t') return undefined;
  let end = at;
  while (text[end] === '\t') end++;
  return { start: at, end };
}

/** The word at an offset, or the one before it where there is none: something that can be underlined. */
export function wordAt(text: string, offset: number): Span {
  let start = Math.min(offset, text.length);
  while (start < text.length && (text[start] === ' ' || text[start] === '\t')) start++;
  if (start === text.length || text[start] === '\n' || text[start] === '\r') {
    let end = start;
    while (end > 0 && /\s/.test(text[end - 1] ?? '')) end--;
    if (end === 0) return { start, end: start };
    start = end - 1;
    while (start > 0 && /[^\s]/.test(text[start - 1] ?? '')) start--;
    return { start, end };
  }
  let end = start + 1;
  while (end < text.length && /[^\s,{}[\]]/.test(text[end] ?? '')) end++;
  return { start, end };
}

/** One finding a mistake: what is likely to be only a consequence of another is left out. */
export function withoutCascades(found: readonly Found[], text: string): readonly SyntaxProblem[] {
  const sorted = [...found].sort((a, b) => a.span.start - b.span.start || rank(a) - rank(b));
  const kept: SyntaxProblem[] = [];
  let misledUntil = 0;
  for (const mistake of sorted) {
    if (mistake.span.start < misledUntil || mistake.span.start === kept.at(-1)?.span.start) continue;
    const misled = misledBy(mistake, text);
    misledUntil = misled?.end ?? misledUntil;
    const { rule, message, span, replacement } = mistake;
    kept.push({ rule, message, span, misled, replacement });
  }
  return kept;
}

/** Of two mistakes at one place, what the tree's reader says comes first: it knows more. */
function rank({ misleads }: Found): number {
  return misleads === 'in the entry' ? 0 : misleads === 'not at all' ? 1 : 2;
}

function misledBy({ misleads, until, span: { start, end } }: Found, text: string): Span | undefined {
  if (misleads === 'not at all') return undefined;
  if (misleads === 'in the entry') return { start, end: nextEntry(text, until ?? end) };
  // The key that it follows may be misread too: `run: [ -f x ] && ls`.
  return { start: lineStart(text, start), end: endOfText };
}

function nextEntry(text: string, from: number): number {
  const next = /\n(?=[^\s#-])/g;
  next.lastIndex = from;
  const hit = next.exec(text);
  return hit === null ? endOfText : hit.index + 1;
}
