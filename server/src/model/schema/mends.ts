import type { Span } from '../../syntax/span.ts';
import { type Entry, entryOf, type Node, type Replacement, type Sequence } from '../../syntax/tree.ts';
import { resolve, type Schema, type SchemaKind, schemas, typesOf } from '../schemas.ts';
import { isEmpty, type Place } from './place.ts';
import type { SchemaProblem } from './problem.ts';

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
  const hosts = asHosts({ node, entry });
  if (hosts !== undefined) return hosts;
  const isList = node?.kind === 'sequence' && !node.flow;
  if (isList && types.has('object') && node.items.every(({ kind }) => kind === 'mapping')) {
    return namedItem(node) ?? ' Leave out the dashes, so that each name is a key.';
  }
  if (node?.kind === 'mapping' && entry?.key.value === 'parallel' && entryOf(node, 'steps') !== undefined)
    return ' Leave out `steps:`, so that its list is the value.';
  if (node?.kind === 'mapping' && types.has('array') && (types.size === 1 || entryOf(node, 'value') !== undefined)) {
    if (!node.flow) return ' Begin each item with a dash.';
    return mappings.test(entry?.key.value ?? '') ? ' Put brackets around it: `[{ … }]`.' : undefined;
  }
  return undefined;
}

/** Keys of lists of mappings. */
const mappings = /^(?:steps|parallel|minimum|commands|usages|variants)$/;

/** Names in a list where a target is wanted. */
function asHosts({ node, entry }: Pick<Place, 'node' | 'entry'>): string | undefined {
  const isTarget = /^(?:remove|restore|restart|replace)$/.test(entry?.key.value ?? '');
  if (!isTarget || node?.kind !== 'sequence') return undefined;
  const names = node.items.map((item) => (item.kind === 'scalar' ? item.value : ''));
  if (names.includes('')) return undefined;
  const put = entry?.key.value === 'restore' ? 'Write a step for each id, or put names of hosts' : 'Put the list';
  return ` ${put} under \`hosts\`: \`{ hosts: [${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}] }\`.`;
}

/** `restore: { id: take-out }`, of which the id alone is the value. */
export function idAlone({ node, path }: Place): SchemaProblem | undefined {
  if (path.at(-1) !== 'restore' || node?.kind !== 'mapping') return undefined;
  const [only, ...others] = node.entries;
  const value = only?.key.value === 'id' && others.length === 0 ? only.value : undefined;
  if (only === undefined || value?.kind !== 'scalar' || isEmpty(value)) return undefined;
  const message = `A \`restore\` has the id of a step as its value. Write \`restore: ${value.value}\`.`;
  const problem = { rule: 'schema', message, span: only.key.span } as const;
  return node.flow ? { ...problem, replacement: writing(value.source, node.span) } : problem;
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
