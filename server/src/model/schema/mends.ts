import type { Span } from '../../syntax/span.ts';
import { type Entry, entryOf, type Node, type Replacement, type Sequence } from '../../syntax/tree.ts';
import { resolve, type Schema, type SchemaKind, schemas, typesOf } from '../schemas.ts';
import { isEmpty, type Place } from './place.ts';

/** Other words for those of a stretch, which nobody but the author can say are meant. */
export function writing(newText: string, span: Span): Replacement {
  return { title: `Write \`${newText}\``, span, newText, spelling: false };
}

/** The dash of `-wait: 10m`, with a space after it that is none to YAML. */
export function dashWithoutSpace(node: Node | undefined): Span | undefined {
  const key =
    node?.kind === 'mapping'
      ? node.entries.find(({ key: { value } }) => /^-[^-\s]|^-\u00a0/.test(value))?.key
      : undefined;
  if (key?.style !== 'plain') return undefined;
  const { start } = key.span;
  return { start, end: start + (key.value[1] === '\u00a0' ? 2 : 1) };
}

/** What to do where it is only the layout that is wrong. */
export function howToMend({ node, entry }: Place, types: ReadonlySet<string>): string | undefined {
  if (node?.kind === 'sequence' && entry?.key.value === 'run') {
    return ' Write `run: |` and the commands below it, one a line and without dashes.';
  }
  if (node?.kind === 'sequence' && entry?.key.value === 'repeat')
    return ' Put the list under `steps:` inside it, beside `times: 3`.';
  const isList = node?.kind === 'sequence' && !node.flow;
  if (isList && types.has('object') && node.items.every(({ kind }) => kind === 'mapping')) {
    return namedItem(node) ?? ' Leave out the dashes, so that each name is a key.';
  }
  if (node?.kind === 'mapping' && !node.flow && types.size === 1 && types.has('array')) {
    return ' Begin each item with a dash.';
  }
  return undefined;
}

/** `- name: web`, as other tools list things. */
function namedItem({ items }: Sequence): string | undefined {
  const names = items.map((item) => entryOf(item, 'name')?.value);
  const [first] = names;
  if (first?.kind !== 'scalar' || names.some((name) => name?.kind !== 'scalar')) return undefined;
  return ` Make each name a key, with what is said of it indented below: \`${first.value}:\`.`;
}

/** One name where a list of names is wanted. */
export function inBrackets(kind: SchemaKind, { node }: Place, schema: Schema, types: ReadonlySet<string>) {
  const items = resolve(schemas[kind], schema.items);
  if (node?.kind !== 'scalar' || node.style !== 'plain' || !types.has('array') || items === undefined) return undefined;
  if (!typesOf(items).includes('string') || /[\r\n]/.test(node.source)) return undefined;
  const newText = `[${node.value.split(/\s*,\s*/).join(', ')}]`;
  return writing(newText, node.span);
}

/** `{ minimum 8 }`: a key that has no colon is a key as long as the value is in it. */
export function withoutColon(entry: Entry | undefined): { readonly key: string; readonly value: string } | undefined {
  if (entry === undefined || !isEmpty(entry.value) || entry.key.style !== 'plain') return undefined;
  const [, key, value] = /^(\w+)(?:\s*=\s*|\s+)([^\s=].*)$/.exec(entry.key.value) ?? [];
  return key === undefined || value === undefined ? undefined : { key, value };
}
