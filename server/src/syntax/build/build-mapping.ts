import type { CST } from 'yaml';
import { lineEnd } from '../line-start.ts';
import { type Found, notIndented, syntaxProblem } from '../mistakes.ts';
import { outdentedAt } from '../outdented.ts';
import { proseKeys } from '../prose.ts';
import { inQuotes, quoting, shortened } from '../quoting.ts';
import { asWritten } from '../scalars.ts';
import type { Span } from '../span.ts';
import type { Entry, Replacement, Scalar } from '../tree.ts';
import { merged } from './aliases.ts';
import { type Built, built, type Place } from './built.ts';
import { checkedEntries, keyOf, wideColon } from './entries.ts';
import type { Reading } from './reading.ts';

/** A mapping of lines `key: value`. Keys without a colon and lines indented too far are read as what they were meant to be. */
export function buildBlockMap(token: CST.BlockMap, place: Place, reading: Reading): Built {
  const entries: Entry[] = [];
  for (const item of token.items) entries.push(...entriesOf(item, place, reading));
  const end = entries.reduce((furthest, { span }) => Math.max(furthest, span.end), token.offset);
  const start = entries.reduce((first, { span }) => Math.min(first, span.start), token.offset);
  const checked = merged(checkedEntries(entries, reading), reading);
  return built({ kind: 'mapping', entries: checked, flow: false, span: { start, end } });
}

function entriesOf(item: CST.BlockMap['items'][number], place: Place, reading: Reading): readonly Entry[] {
  if (item.key === undefined && item.sep === undefined) return [];
  const whole = keyOf(item, place, reading);
  if (whole === undefined) return [];
  const { before, key } = item.explicitKey ? { before: [], key: whole } : separateLines(whole, reading);
  const sep = item.sep ?? [];
  if (!sep.some(({ type }) => type === 'map-value-ind')) {
    noColon(key, reading);
    return [...before, { key, value: undefined, span: key.outer }];
  }
  const cut = keyBeforeBracket.exec(key.source);
  if (cut !== null && !item.explicitKey) return [...before, withoutColon(key, cut, item, place, reading)];
  if (item.value?.type === 'block-map' && !item.explicitKey && !sep.some(({ type }) => type === 'newline')) {
    return [...before, ...sameLine(key, item.value, sep, place, reading)];
  }
  const value = place.build(item.value, sep, place, reading);
  const end = value?.end ?? key.outer.end;
  return [...before, { key, value: value?.node, span: { start: key.outer.start, end: Math.max(end, key.outer.end) } }];
}

/** `remove {group: web}`, also with a colon of another script: to YAML all up to the first colon is the key. */
const keyBeforeBracket = /^([\w-]+)(?: +| *(\uff1a) *)(?=\{(?!\{)|\[)/;

function withoutColon(
  { outer: { start } }: Scalar,
  [cut, name = cut, wide]: RegExpExecArray,
  { value, sep = [] }: CST.BlockMap['items'][number],
  place: Place,
  reading: Reading,
): Entry {
  const noted = reading.found.length;
  const end = Math.max(place.build(value, sep, place, reading)?.end ?? 0, lineEnd(reading.text, start));
  // The rest is read once the colon is there.
  reading.found.length = noted;
  const colon = start + name.length;
  const other = wide === undefined ? undefined : { start: colon, end: start + cut.length };
  const span = other ?? { start: colon, end: colon };
  const newText = other === undefined ? ':' : ': ';
  const message =
    other === undefined
      ? `A colon is missing after \`${name}\`. Write one.`
      : `The colon after \`${name}\` is of another script and none to YAML. Write \`:\` and a space.`;
  const replacement = { title: 'Write a colon', span, newText, spelling: false };
  reading.found.push(syntaxProblem(message, start, other?.end ?? colon, 'in the entry', replacement));
  const rest = asWritten(reading.text, other?.end ?? colon + 1, end, true);
  return { key: asWritten(reading.text, start, colon), value: rest, span: { start, end } };
}

/** `runbook = Rotate`. */
function equalsSign({ source, outer: { start, end } }: Scalar): Found | undefined {
  const [, key, value] = /^([\w-]+) ?= ?(\S.*)$/.exec(source) ?? [];
  if (key === undefined) return undefined;
  const newText = `${key}: ${value}`;
  const said = `Write \`${shortened(newText)}\``;
  const colon = { title: said, span: { start, end }, newText, spelling: false };
  return syntaxProblem(`A key is followed by a colon. ${said}.`, start, end, 'in the entry', colon);
}

/** Lines above a key that YAML takes into the key are keys whose colon is missing. */
function separateLines(key: Scalar, reading: Reading): { readonly before: readonly Entry[]; readonly key: Scalar } {
  if (key.style !== 'plain' || !key.source.includes('\n')) return { before: [], key };
  const lines = linesOf(key, reading.text);
  const last = lines.pop() ?? key;
  for (const line of lines) noColon(line, reading);
  return { before: lines.map((line) => ({ key: line, value: undefined, span: line.outer })), key: last };
}

/** A space to put in. */
export function spaceAt(at: number): Replacement {
  return { title: 'Write a space', span: { start: at, end: at }, newText: ' ', spelling: false };
}

function linesOf(scalar: Scalar, text: string): Scalar[] {
  return [...scalar.source.matchAll(/[^\s][^\r\n]*/g)].map((line) => {
    const start = scalar.outer.start + line.index;
    return asWritten(text, start, start + line[0].trimEnd().length);
  });
}

function noColon(key: Scalar, reading: Reading): void {
  const { start, end } = key.outer;
  const outdented = outdentedAt(reading.text, start);
  if (outdented !== undefined) {
    reading.found.push(notIndented(outdented, 'in the entry'));
    return;
  }
  if (key.source.startsWith('//')) {
    const hash = { title: 'Write `#`', span: { start, end: start + 2 }, newText: '#', spelling: false };
    reading.found.push(
      syntaxProblem('A comment begins with `#`, not with `//`.', start, start + 2, 'in the entry', hash),
    );
    return;
  }
  const wide = wideColon(key) ?? equalsSign(key);
  if (wide !== undefined) {
    reading.found.push(wide);
    return;
  }
  const glued = /^([\w-]+):(?=\S)/.exec(key.source);
  const message =
    glued === null
      ? `A colon is missing after \`${shortened(key.source)}\`. Write \`:\` and the value.`
      : `A space is missing after \`${glued[0]}\`. Write one between the colon and the value.`;
  if (glued === null) reading.found.push(syntaxProblem(message, start, end, 'in the entry'));
  else {
    const colon = start + glued[0].length;
    reading.found.push(syntaxProblem(message, start, colon, 'in the entry', spaceAt(colon)));
  }
}

/**
 * A mapping that begins on the line of its key: `name: a: b`, where the value wants quotes,
 * or a next line that is indented too far, so that its key is taken for the rest of the value.
 */
function sameLine(
  key: Scalar,
  token: CST.BlockMap,
  sep: readonly CST.SourceToken[],
  place: Place,
  reading: Reading,
): readonly Entry[] {
  const noted = reading.found.length;
  const inner = place.build(token, sep, place, reading);
  if (inner?.node.kind !== 'mapping') return [{ key, value: undefined, span: key.outer }];
  const { entries } = inner.node;
  const [first, ...rest] = entries;
  const { start } = key.outer;
  if (first === undefined) return [{ key, value: inner.node, span: { start, end: inner.end } }];
  if (first.value === undefined) {
    reading.found.length = noted;
    const misplaced = rest.find(({ value }) => value !== undefined)?.key ?? first.key;
    const message = `\`${shortened(misplaced.source)}\` is indented too far: it is taken for a part of the value above. Put it under the key that it belongs beside.`;
    reading.found.push(syntaxProblem(message, misplaced.outer.start, misplaced.outer.end, 'in the entry'));
    return [{ key, value: first.key, span: { start, end: first.span.end } }, ...rest];
  }
  const from = first.key.outer.start;
  const to = first.span.end;
  const written = reading.text.slice(from, to);
  const oneLine = !written.includes('\n') && first.key.style === 'plain';
  // What is said of the text in it is not so once it is quoted.
  if (oneLine) reading.found.length = noted;
  reading.found.push(
    oneLine ? toQuote(written, { start: from, end: to }, proseKeys.has(key.value)) : twoKeys(first.key.outer),
  );
  if (!oneLine) return [{ key, value: inner.node, span: { start, end: inner.end } }];
  return [{ key, value: asWritten(reading.text, from, to), span: { start, end: to } }, ...rest];
}

/** `billing: capacity: 12, minimum: 8`, perhaps in parentheses: keys and single words, which are meant to be read. */
const pairs = /^[A-Za-z]+: [\w.%-]+(?:, [A-Za-z]+: [\w.%-]+)+$/;

function toQuote(written: string, { start, end }: Span, isProse: boolean): Found {
  const keys = /^\((.*)\)$/.exec(written)?.[1] ?? written;
  if (!isProse && pairs.test(keys)) {
    const newText = `{ ${keys} }`;
    const braces = { title: `Write \`${shortened(newText)}\``, span: { start, end }, newText, spelling: false };
    const message = `Several keys on one line need braces. Write \`${shortened(newText)}\`.`;
    return syntaxProblem(message, start, end, 'in the entry', braces);
  }
  const message = `Quote the value: without quotes its colon makes a key of the text before it. Write ${inQuotes(shortened(written))}.`;
  return syntaxProblem(message, start, end, 'not at all', quoting(written, { start, end }));
}

function twoKeys({ start, end }: Span): Found {
  const message = 'Two keys stand on one line. Put the second on a line of its own, or put the value in quotes.';
  return syntaxProblem(message, start, end, 'in the entry');
}
