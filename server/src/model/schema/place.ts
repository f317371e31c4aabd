import type { Span } from '../../syntax/span.ts';
import type { Entry, Mapping, Node } from '../../syntax/tree.ts';

/** The place of a value in a tree. */
export interface Place {
  /** Undefined where the value is missing. */
  readonly node: Node | undefined;
  /** The entry whose value it is; undefined for the root and for an item of a list. */
  readonly entry: Entry | undefined;
  /** The nearest entry that holds it. */
  readonly owner: Entry | undefined;
  /** Keys from the root, and `[]` for an item of a list. */
  readonly path: readonly string[];
}

/** Entries by their keys; each mapping is gone through once, so that many mistakes in one stay quick. */
type EntriesOf = (mapping: Mapping) => ReadonlyMap<string, Entry>;

/** An index of mappings that is empty yet. */
export function entryIndex(): EntriesOf {
  const indexes = new Map<Mapping, ReadonlyMap<string, Entry>>();
  return (mapping) => {
    const known = indexes.get(mapping) ?? firstEntries(mapping);
    indexes.set(mapping, known);
    return known;
  };
}

/** Follows JSON pointers through a tree. */
export function placeFinder(root: Node, entriesOf: EntriesOf): (pointer: string) => Place {
  return (pointer) => {
    let place: Place = { node: root, entry: undefined, owner: undefined, path: [] };
    for (const part of pointer.split('/').slice(1)) {
      if (place.node?.kind === 'mapping') {
        const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
        const entry = entriesOf(place.node).get(key);
        place = { node: entry?.value, entry, owner: entry, path: [...place.path, key] };
      } else if (place.node?.kind === 'sequence') {
        place = { ...place, node: place.node.items[Number(part)], entry: undefined, path: [...place.path, '[]'] };
      }
    }
    return place;
  };
}

/** The entries by their keys; of a key that stands there twice, the first. */
export function firstEntries(mapping: Mapping): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const entry of mapping.entries) if (!entries.has(entry.key.value)) entries.set(entry.key.value, entry);
  return entries;
}

/** Where a finding on the value stands: on its own characters, or on the key of what spreads over lines or is not there. */
export function spanOfValue({ node, entry, owner }: Place): Span {
  if (node?.kind === 'scalar' && node.span.end > node.span.start) return node.span;
  const isBlock = node?.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded');
  if (node?.kind === 'scalar' && !isBlock && node.outer.end > node.outer.start) return node.outer;
  return entry?.key.span ?? spanOfFirst(node) ?? owner?.key.span ?? nowhere;
}

/** Where a finding on something that a mapping lacks stands: on its key, or on the first word in it. */
export function spanOfHolder({ node, entry }: Place): Span {
  return entry?.key.span ?? spanOfFirst(node) ?? nowhere;
}

function spanOfFirst(node: Node | undefined): Span | undefined {
  if (node?.kind === 'mapping') return node.entries[0]?.key.span ?? node.span;
  return node?.span;
}

const nowhere: Span = { start: 0, end: 0 };

/** Whether the value is not there: nothing after the colon or the dash. */
export function isEmpty(node: Node | undefined): boolean {
  return node === undefined || (node.kind === 'scalar' && node.style === 'empty');
}
