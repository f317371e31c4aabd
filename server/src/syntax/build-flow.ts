import type { CST } from 'yaml';
import { merged } from './aliases.ts';
import { spaceAt } from './build-mapping.ts';
import { type Built, built, type Place } from './built.ts';
import { checkedEntries, keyOf } from './entries.ts';
import { syntaxProblem } from './mistakes.ts';
import type { Reading } from './reading.ts';
import { asWritten, emptyScalar } from './scalars.ts';
import type { Entry, Node } from './tree.ts';

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
    const pair = isMapping || item.sep !== undefined || item.key !== undefined;
    if (item.key === undefined && item.sep === undefined && item.value === undefined) continue;
    if (!pair) {
      const value = place.build(item.value, item.start, inner, reading);
      if (value === undefined) continue;
      items.push(value.node);
      end = Math.max(end, value.end);
      continue;
    }
    for (const entry of flowEntries(item, inner, reading)) {
      if (isMapping) entries.push(entry);
      else items.push({ kind: 'mapping', entries: [entry], flow: true, span: entry.span });
      end = Math.max(end, entry.span.end);
    }
  }
  const close = token.end[0];
  if (close?.source === (isMapping ? '}' : ']')) end = close.offset + 1;
  else if (reading.unclosed === unclosedBefore) {
    reading.unclosed += 1;
    reportUnclosed(token, close, reading);
  }
  const span = { start: token.offset, end };
  if (!isMapping) return built({ kind: 'sequence', items, flow: true, span });
  return built({ kind: 'mapping', entries: merged(checkedEntries(entries, reading), reading), flow: true, span });
}

function flowEntries(item: CST.CollectionItem, place: Place, reading: Reading): readonly Entry[] {
  const key = keyOf(item, place, reading);
  if (key === undefined) return [];
  const sep = item.sep ?? [];
  const { start } = key.outer;
  if (!item.value && !sep.some(({ type }) => type === 'map-value-ind')) {
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
  const comma = { title: 'Write a comma', span: { start: at, end: at }, newText: ',', spelling: false };
  const message = `A comma is missing before \`${name}\`. Write one.`;
  reading.found.push(syntaxProblem(message, cut, end, 'in the entry', comma));
  const value = before === '' ? emptyScalar(start) : asWritten(reading.text, start, start + before.length);
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
