import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, parseAllDocuments, type YAMLError } from 'yaml';
import { type Anchors, noAnchors, resolveAlias } from './anchors.ts';
import { maskBraces, startsMasked, unmaskBraces } from './braces.ts';
import { mostDepth } from './limits.ts';
import type { Span } from './span.ts';
import type { Entry, Mapping, Node, Parsed, Scalar, ScalarStyle, SyntaxProblem } from './tree.ts';
import { unreadable } from './unreadable.ts';
import { describeMistake } from './yaml-mistakes.ts';

/** What one text is converted with. */
interface Reading {
  readonly text: string;
  readonly masked: string;
  readonly anchors: Anchors;
  readonly problems: SyntaxProblem[];
  readonly errors: readonly YAMLError[];
  /** Where a quoted scalar begins that is not closed. */
  unclosed: number | undefined;
}

/** Reads YAML, every scalar as text. Never throws; what is broken is left out or cut short, and the rest is there. */
export function parseYaml(text: string): Parsed {
  const hopeless = unreadable(text);
  return hopeless === undefined ? parsePart(text) : { root: undefined, problems: [hopeless] };
}

/** Reads a part of a file. `dangling`: it has an alias whose anchor is not in it. */
export function parsePart(text: string): Parsed & { readonly dangling: boolean } {
  try {
    return convert(text);
  } catch {
    const problem = { rule: 'syntax', message: 'This is not valid YAML.', span: firstLine(text) } as const;
    return { root: undefined, problems: [problem], dangling: false };
  }
}

const options = {
  schema: 'failsafe',
  uniqueKeys: false,
  prettyErrors: false,
  keepSourceTokens: true,
  merge: false,
  logLevel: 'silent',
} as const;

function convert(text: string): Parsed & { readonly dangling: boolean } {
  const masked = maskBraces(text);
  const parsed = parseAllDocuments(masked, options);
  const documents: readonly Document.Parsed[] = Array.isArray(parsed) ? parsed : [];
  const [document] = documents;
  if (document === undefined) return { root: undefined, problems: [], dangling: false };
  const errors = [...document.errors].sort((a, b) => a.pos[0] - b.pos[0]);
  const reading: Reading = { text, masked, anchors: noAnchors(), problems: [], errors, unclosed: undefined };
  const root = document.contents === null ? undefined : nodeOf(document.contents, reading, 0);
  const problems = [...mistakes(errors, text, reading.unclosed), ...reading.problems];
  const second = documents[1]?.range?.[0];
  if (second !== undefined && documents.slice(1).some((one) => one.contents !== null)) {
    const message = 'A file holds one document. Move what follows `---` to a file of its own.';
    problems.push({ rule: 'syntax', message, span: lineAt(text, Math.min(second, text.length)) });
  }
  problems.sort((a, b) => a.span.start - b.span.start);
  return { root, problems, dangling: reading.anchors.missed };
}

/** The first mistake of the text: those after it mostly follow from it. */
function mistakes(errors: readonly YAMLError[], text: string, unclosed: number | undefined): readonly SyntaxProblem[] {
  const [first] = errors;
  if (first === undefined) return [];
  if (first.code === 'RESOURCE_EXHAUSTION') return [tooDeep({ start: 0, end: firstLine(text).end })];
  const atQuote = first.code === 'MISSING_CHAR' && unclosed !== undefined;
  const span = atQuote ? { start: unclosed, end: lineAt(text, unclosed).end } : errorSpan(first, text);
  return [{ rule: 'syntax', message: describeMistake(first, text), span }];
}

/** The library's place, but never an empty one in front of nothing: at least the last character before it on its line. */
function errorSpan({ pos }: YAMLError, text: string): Span {
  const start = Math.min(pos[0], text.length);
  const line = lineAt(text, start);
  const end = Math.min(Math.max(pos[1], start + 1), Math.max(line.end, start));
  return end > start ? { start, end } : { start: Math.max(line.start, start - 1), end: start };
}

function tooDeep(span: Span): SyntaxProblem {
  const message = `Mappings and lists stand more than ${mostDepth} deep inside one another here, which is more than is read.`;
  return { rule: 'limit-reached', message, span };
}

function nodeOf(node: unknown, reading: Reading, depth: number): Node | undefined {
  if (depth > mostDepth) {
    if (!reading.problems.some(({ rule }) => rule === 'limit-reached')) {
      const [start = 0, end = start] = (node as { range?: readonly number[] } | null)?.range ?? [];
      reading.problems.push(tooDeep({ start, end: Math.min(end, lineAt(reading.text, start).end) }));
    }
    return undefined;
  }
  if (isAlias(node)) return aliasOf(node.source, spanOf(node.range), reading);
  const made = isScalar(node)
    ? scalarOf(node.value, node.type, node.range, reading)
    : isMap(node)
      ? mappingOf(node.items, node.flow === true, spanOf(node.range), reading, depth)
      : isSeq(node)
        ? {
            kind: 'sequence' as const,
            items: node.items.flatMap((item) => itemOf(item, reading, depth + 1)),
            flow: node.flow === true,
            span: spanOf(node.range),
          }
        : undefined;
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
  if (anchor !== undefined && made !== undefined) reading.anchors.named.set(anchor, made);
  return made;
}

/** In a flow list, `[a: 1]` is a pair without a mapping around it. */
function itemOf(item: unknown, reading: Reading, depth: number): readonly Node[] {
  const node = nodeOf(item, reading, depth);
  return node === undefined ? [] : [node];
}

function spanOf(range: readonly number[] | null | undefined): Span {
  const [start = 0, end = start] = range ?? [];
  return { start, end };
}

function aliasOf(name: string, span: Span, reading: Reading): Node | undefined {
  const target = resolveAlias(reading.anchors, name);
  if (target === 'too much') {
    if (!reading.problems.some(({ rule }) => rule === 'limit-reached')) {
      const message = 'The aliases of this file stand for more values than are read. Write them out, or use fewer.';
      reading.problems.push({ rule: 'limit-reached', message, span });
    }
    return undefined;
  }
  if (target === 'unknown') {
    reading.anchors.missed = true;
    const message = `There is no anchor \`&${name}\` before this alias. Put the value in quotes if it is meant to start with \`*\`.`;
    reading.problems.push({ rule: 'syntax', message, span });
    const source = reading.text.slice(span.start, span.end);
    return { kind: 'scalar', value: source, style: 'plain', span, outer: span, source, damaged: true };
  }
  return target;
}

const styles: Readonly<Record<string, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

function scalarOf(
  value: unknown,
  type: string | undefined,
  range: readonly number[] | null | undefined,
  reading: Reading,
): Scalar {
  const outer = spanOf(range);
  const masked = reading.masked.slice(outer.start, outer.end);
  const source = reading.text.slice(outer.start, outer.end);
  const style = outer.start === outer.end ? 'empty' : (styles[type ?? 'PLAIN'] ?? 'plain');
  if (style === 'plain' && startsMasked(masked)) {
    const message = 'Quote this value: to YAML, `{{` at its start opens a mapping.';
    reading.problems.push({ rule: 'syntax', message, span: outer });
  }
  const damaged = reading.errors.some(
    ({ code, pos }) => code === 'MISSING_CHAR' && outer.start <= pos[0] && pos[0] <= outer.end,
  );
  if (damaged && (style === 'single' || style === 'double')) reading.unclosed ??= outer.start;
  const text = unmaskBraces(typeof value === 'string' ? value : '');
  return { kind: 'scalar', value: text, style, span: inner(style, outer, source), outer, source, damaged };
}

/** The value's own characters: without quotes, without a block header, without the indentation of its first line. */
function inner(style: ScalarStyle, outer: Span, source: string): Span {
  if (style === 'single' || style === 'double') {
    const closed = source.length > 1 && source.endsWith(source[0] ?? '');
    return { start: outer.start + 1, end: Math.max(outer.start + 1, closed ? outer.end - 1 : outer.end) };
  }
  if (style === 'literal' || style === 'folded') {
    const header = /^[^\n\r]*(?:\r\n|\n|\r|$)/.exec(source)?.[0].length ?? 0;
    const blank = /^(?:[ \t]*(?:\r\n|\n|\r))*[ ]*/.exec(source.slice(header))?.[0].length ?? 0;
    const end = outer.start + source.trimEnd().length;
    const start = Math.min(outer.start + header + blank, outer.end);
    return { start, end: Math.max(start, end) };
  }
  return outer;
}

function mappingOf(items: readonly Pair[], flow: boolean, span: Span, reading: Reading, depth: number): Mapping {
  const entries: Entry[] = [];
  const merged: Entry[] = [];
  const seen = new Set<string>();
  for (const { key, value } of items) {
    const name = keyOf(key, reading, depth);
    if (name === undefined) continue;
    const read = value === null ? undefined : nodeOf(value, reading, depth + 1);
    if (name.value === '<<' && name.style === 'plain' && read !== undefined && read.kind !== 'scalar') {
      merged.push(...mergedBy(read));
      continue;
    }
    if (seen.has(name.value)) {
      const message = `The key \`${name.value}\` stands twice in this mapping. Remove one of the two.`;
      reading.problems.push({ rule: 'duplicate-key', message, span: name.span });
      continue;
    }
    seen.add(name.value);
    const end = Math.max(name.outer.end, read === undefined ? 0 : endOf(read));
    entries.push({ key: name, value: read, span: { start: name.outer.start, end } });
  }
  for (const entry of merged) {
    if (seen.has(entry.key.value)) continue;
    seen.add(entry.key.value);
    entries.push(entry);
  }
  return { kind: 'mapping', entries, flow, span };
}

function endOf(node: Node): number {
  return node.kind === 'scalar' ? node.outer.end : node.span.end;
}

function keyOf(key: unknown, reading: Reading, depth: number): Scalar | undefined {
  const node = nodeOf(key, reading, depth + 1);
  if (node?.kind === 'scalar') return node;
  if (node !== undefined) {
    const message = 'A key has to be a single word. Put a value that starts with a bracket or a brace in quotes.';
    reading.problems.push({ rule: 'syntax', message, span: lineAt(reading.text, node.span.start, node.span) });
  }
  return undefined;
}

/** The entries that `<<` brings: of one mapping, or of a list of them, the first winning. */
function mergedBy(node: Node): readonly Entry[] {
  if (node.kind === 'mapping') return node.entries;
  return node.kind === 'sequence' ? node.items.flatMap(mergedBy) : [];
}

function firstLine(text: string): Span {
  return lineAt(text, 0);
}

/** The line around an offset, without its line break; no more of it than `within`. */
function lineAt(text: string, offset: number, within?: Span): Span {
  const from = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const breakAt = text.slice(offset).search(/[\r\n]/);
  const to = breakAt < 0 ? text.length : offset + breakAt;
  return { start: Math.max(from, within?.start ?? 0), end: Math.min(to, within?.end ?? to) };
}
