import type { Entry, Mapping } from '../../syntax/tree.ts';
import { isEmpty, type Place } from './place.ts';
import type { SchemaProblem } from './problem.ts';

/** `{ hosts: web01, web02 }`: to YAML the comma ends the list, and the other names are keys without values. */
export function straysAfter(mapping: Mapping, key: string): readonly Entry[] {
  const at = mapping.entries.findIndex((entry) => entry.key.value === key);
  if (!mapping.flow || mapping.entries[at]?.value?.kind !== 'scalar' || isEmpty(mapping.entries[at]?.value)) return [];
  const behind = mapping.entries.slice(at + 1);
  const end = behind.findIndex(({ value }) => !isEmpty(value));
  return end < 0 ? behind : behind.slice(0, end);
}

const lists = ['hosts', 'serves', 'aliases', 'dependsOn'];

const known = new WeakMap<Mapping, ReadonlyMap<Entry, Entry>>();

/** By stray name: the entry of the list that it belongs to. Looked up once a mapping, as it may have thousands of them. */
function ownersIn(mapping: Mapping): ReadonlyMap<Entry, Entry> {
  const before = known.get(mapping);
  if (before !== undefined) return before;
  const owners = new Map<Entry, Entry>();
  for (const owner of mapping.entries)
    if (lists.includes(owner.key.value))
      for (const stray of straysAfter(mapping, owner.key.value)) if (!owners.has(stray)) owners.set(stray, owner);
  known.set(mapping, owners);
  return owners;
}

/** Names of a list without brackets: the first of those that are taken for keys tells of all. */
export function moreOfList({ node }: Place, entry: Entry): SchemaProblem | 'said of it' | undefined {
  if (node?.kind !== 'mapping' || !node.flow || !isEmpty(entry.value)) return undefined;
  const owner = ownersIn(node).get(entry);
  if (owner?.value?.kind !== 'scalar') return undefined;
  const strays = straysAfter(node, owner.key.value);
  if (strays[0] !== entry) return 'said of it';
  const newText = `[${[owner.value, ...strays.map(({ key }) => key)].map(({ source }) => source).join(', ')}]`;
  const { start } = owner.value.outer;
  const span = { start, end: strays.at(-1)?.key.outer.end ?? start };
  const message = `Several names need brackets: write \`${owner.key.value}: ${newText}\`.`;
  return {
    rule: 'schema',
    message,
    span,
    replacement: { title: 'Put them in brackets', span, newText, spelling: false },
  };
}
