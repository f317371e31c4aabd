import type { CST } from 'yaml';
import { type Found, syntaxProblem } from '../mistakes.ts';
import { shortened } from '../quoting.ts';
import { asWritten, emptyScalar, isScalarToken } from '../scalars.ts';
import type { Entry, Scalar } from '../tree.ts';
import type { Place } from './built.ts';
import { scalarIn } from './checked-scalar.ts';
import type { Reading } from './reading.ts';

/** The key of an item; undefined where the item has neither key nor colon. */
export function keyOf({ start, key, sep }: CST.CollectionItem, place: Place, reading: Reading): Scalar | undefined {
  if (isScalarToken(key)) {
    if (start.some(({ type }) => type === 'anchor')) place.build(key, start, place, reading);
    return scalarIn(key, place, reading);
  }
  if (key === null || key === undefined) {
    const colon = sep?.find(({ type }) => type === 'map-value-ind');
    if (colon === undefined) return undefined;
    const message =
      'The key before this colon is missing. Write one, or put the value in quotes if the colon belongs to it.';
    reading.found.push(syntaxProblem(message, colon.offset, colon.offset + 1, 'in the entry'));
    return emptyScalar(colon.offset);
  }
  const complex = place.build(key, start, place, reading);
  if (complex === undefined) return undefined;
  if (complex.node.kind === 'scalar') return complex.node;
  const isItem = complex.node.kind === 'sequence' && !complex.node.flow;
  const message = isItem
    ? 'This dash stands under the keys of the item above. Put it under the dash of that item if it begins the next one.'
    : 'A key has to be plain text. Put it in quotes if it is meant to begin with a bracket, a brace or a dash.';
  if (isItem) reading.found.push(syntaxProblem(message, complex.start, complex.start + 1, 'in the entry'));
  else reading.found.push(syntaxProblem(message, complex.start, complex.end, 'in the entry'));
  return asWritten(reading.text, complex.start, complex.end);
}

/** `minimum\uff1a8`: a key and its value with a colon of another script between them. */
export function wideColon({ source, outer: { start, end } }: Scalar): Found | undefined {
  const [, key, value] = /^([\w-]+)\s*\uff1a\s*(.*)$/.exec(source) ?? [];
  if (key === undefined) return undefined;
  const newText = value ? `${key}: ${value}` : `${key}:`;
  const said = `Write \`${shortened(newText)}\``;
  const message = `A colon of another script is none to YAML. ${said}.`;
  const colon = { title: said, span: { start, end }, newText, spelling: false };
  return syntaxProblem(message, start, end, 'in the entry', colon);
}

/** What begins an item or a comment elsewhere, and is no key that could stand twice. */
const bullet = /^(?:[*\u2022\u2013\u2014-] |\/\/)/;

/** The same entries; a key that stands there twice is noted on its second place. */
export function checkedEntries(entries: readonly Entry[], reading: Reading): readonly Entry[] {
  if (entries.length < 2) return entries;
  const seen = new Set<string>();
  for (const { key } of entries) {
    if (key.outer.start === key.outer.end || bullet.test(key.source)) continue;
    if (seen.has(key.value)) {
      reading.found.push({
        rule: 'duplicate-key',
        message: `The key \`${key.value}\` stands twice in this mapping. Remove one of the two.`,
        span: key.span,
        misleads: 'not at all',
      });
    }
    seen.add(key.value);
  }
  return entries;
}
