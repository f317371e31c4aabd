import type { CST } from 'yaml';
import { type Misled, syntaxProblem } from '../mistakes.ts';
import { asWritten, emptyScalar } from '../scalars.ts';
import type { Entry, Node } from '../tree.ts';
import { merged } from './aliases.ts';
import { spaceAt } from './build-mapping.ts';
import { type Built, built, type Place } from './built.ts';
import { withWholeNumbers } from './cut-numbers.ts';
import { checkedEntries, keyOf, wideColon } from './entries.ts';
import type { Reading } from './reading.ts';

/** `{ … }` or `[ … ]`. */
export function buildFlow(token: CST.FlowCollection, place: Place, reading: Reading): Built {
  const placeholder = unclosedPlaceholder(token, place, reading);
  if (placeholder !== undefined) return placeholder;
  const inner = { ...place, flow: true };
  const isMapping = token.start.source === '{';
  const unclosedBefore = reading.unclosed;
  const entries: Entry[] = [];
  const items: Node[] = [];
  let end = token.offset + 1;
  for (const item of token.items) {
    if (item.key === undefined && item.sep === undefined && item.value === undefined) continue;
    const alone = isMapping ? undefined : itemsIn(item);
    if (alone !== undefined) {
      const [first, second] = alone;
      if (first?.type === 'flow-collection' && second !== undefined)
        noteMissingComma(first, second.offset, 'in the entry', reading);
      for (const one of alone) {
        const value = place.build(one, item.start, inner, reading);
        if (value === undefined) continue;
        items.push(value.node);
        end = Math.max(end, value.end);
      }
      continue;
    }
    for (const entry of flowEntries(item, inner, reading)) {
      if (isMapping) entries.push(entry);
      else items.push({ kind: 'mapping', entries: [entry], flow: true, span: entry.span });
      end = Math.max(end, entry.span.end);
    }
  }
  const close = token.end[0];
  if (close?.source === (isMapping ? '}' : ']')) {
    end = close.offset + 1;
    const glued = gluedTo(token);
    if (glued !== undefined) {
      noteMissingComma(token, glued.offset, 'to the end', reading);
      // What is left unclosed around it only follows from that.
      reading.unclosed += 1;
    }
  } else if (reading.unclosed === unclosedBefore) {
    reading.unclosed += 1;
    reportUnclosed(token, close, reading);
  }
  const span = { start: token.offset, end };
  if (!isMapping) return built({ kind: 'sequence', items, flow: true, span });
  const checked = checkedEntries(withWholeNumbers(entries, reading.text), reading);
  return built({ kind: 'mapping', entries: merged(checked, reading), flow: true, span });
}

/** What stands in a list: one value, or two between which the comma is missing. Undefined where it is a key with its value. */
function itemsIn({ key, sep, value }: CST.CollectionItem): readonly (CST.Token | undefined)[] | undefined {
  if (key === undefined && sep === undefined) return [value];
  if (!key) return undefined;
  if (key.type === 'flow-collection' && gluedTo(key) !== undefined) return [key];
  return value === undefined || sep?.some(({ type }) => type === 'map-value-ind') === true ? undefined : [key, value];
}

/** What opens behind the bracket that closes it, on one line: to the library all that follows belongs to its end. */
function gluedTo({ end: [, ...behind] }: CST.FlowCollection): CST.SourceToken | undefined {
  return behind.find(({ type }) => type === 'flow-map-start' || type === 'flow-seq-start');
}

function noteMissingComma(
  { end: [close], offset }: CST.FlowCollection,
  next: number,
  misleads: Misled,
  { found }: Reading,
): void {
  const at = close === undefined ? offset : close.offset + close.source.length;
  const comma = { title: 'Write a comma', span: { start: at, end: at }, newText: ',', spelling: false };
  const message = 'A comma is missing before this. Write one between the items.';
  found.push(syntaxProblem(message, next, next + 1, misleads, comma));
}

function flowEntries(item: CST.CollectionItem, place: Place, reading: Reading): readonly Entry[] {
  const key = keyOf(item, place, reading);
  if (key === undefined) return [];
  const sep = item.sep ?? [];
  const { start } = key.outer;
  if (!item.value && !sep.some(({ type }) => type === 'map-value-ind')) {
    const wide = wideColon(key);
    if (wide !== undefined) {
      reading.found.push(wide);
      return [{ key, value: undefined, span: key.outer }];
    }
    const glued = key.style === 'plain' ? /^[\w-]+:/.exec(key.source)?.[0] : undefined;
    if (glued !== undefined) {
      const message = `A space is missing after \`${glued}\`. Write one between the colon and the value.`;
      const colon = start + glued.length;
      reading.found.push(syntaxProblem(message, start, colon, 'in the entry', spaceAt(colon)));
    }
    return [{ key, value: undefined, span: key.outer }];
  }
  const value = place.build(item.value, sep, place, reading);
  const entry = { key, value: value?.node, span: { start, end: value?.end ?? key.outer.end } };
  return item.value?.type === 'block-map' ? withoutComma(entry, reading) : [entry];
}

/** `{ a: 1 b: 2 }`: what is read as the value is the value and the next key. */
function withoutComma(entry: Entry, reading: Reading): readonly Entry[] {
  const [next, ...others] = entry.value?.kind === 'mapping' ? entry.value.entries : [];
  if (next === undefined) return [entry];
  const { start, end } = next.key.outer;
  const name = /[^\s]+$/.exec(next.key.source)?.[0] ?? next.key.source;
  const cut = end - name.length;
  const before = reading.text.slice(start, cut).trimEnd();
  const at = start + before.length;
  const wrong = /[;\u3001\uff0c\uff1b\u061b\u060c]$/.exec(before)?.[0];
  const from = wrong === undefined ? at : at - 1;
  const comma = { title: 'Write a comma', span: { start: from, end: at }, newText: ',', spelling: false };
  const problem =
    wrong === undefined
      ? syntaxProblem(`A comma is missing before \`${name}\`. Write one.`, cut, end, 'in the entry', comma)
      : syntaxProblem(`A comma separates keys, not \`${wrong}\`. Write one.`, from, at, 'in the entry', comma);
  reading.found.push(problem);
  const said = before.slice(0, from - start).trimEnd();
  const value = said === '' ? emptyScalar(start) : asWritten(reading.text, start, start + said.length);
  const key = asWritten(reading.text, cut, end);
  return [
    { key: entry.key, value, span: { start: entry.span.start, end: value.outer.end } },
    { ...next, key, span: { start: cut, end: next.span.end } },
    ...others,
  ];
}

function reportUnclosed(token: CST.FlowCollection, close: CST.SourceToken | undefined, reading: Reading): void {
  const open = token.start.source;
  const needed = open === '{' ? '}' : ']';
  const wrong = close !== undefined && /^[}\]]$/.test(close.source) ? close : undefined;
  const message =
    wrong === undefined
      ? `This \`${open}\` is not closed. Write a \`${needed}\` where it ends, or put the value in quotes.`
      : `The \`${open}\` that begins here is closed by \`${wrong.source}\`. Write \`${needed}\` instead.`;
  reading.found.push(syntaxProblem(message, token.offset, token.offset + 1, 'in the entry'));
}

/** `{{ name` that is still being typed: text, not a mapping. */
function unclosedPlaceholder(
  { offset, end }: CST.FlowCollection,
  { flow }: Place,
  reading: Reading,
): Built | undefined {
  const { text } = reading;
  if (end[0]?.source === '}' || !text.startsWith('{{', offset)) return undefined;
  const line = /[^\r\n]*/y;
  line.lastIndex = offset;
  const source =
    line
      .exec(text)?.[0]
      .replace(flow ? /[,}].*/ : / #.*/, '')
      .trimEnd() ?? '{{';
  const message =
    'This `{{` is not closed. Close it with `}}` and put the value in quotes; without quotes it begins a mapping.';
  reading.found.push(syntaxProblem(message, offset, offset + source.length, 'in the entry'));
  return built(asWritten(text, offset, offset + source.length, true));
}
