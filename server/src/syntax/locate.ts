import { touches } from './span.ts';
import type { Entry, Node } from './tree.ts';

/** One level of the way from the root of a tree to a place in it. */
interface PathItem {
  readonly node: Node;
  /** In a mapping: the entry that the way goes on through. */
  readonly entry: Entry | undefined;
  /** In a list: the item that the way goes on through. */
  readonly index: number | undefined;
  /** The place is on the entry's key. */
  readonly onKey: boolean;
}

/** The way to an offset, outermost first; it ends where nothing at the offset goes deeper. */
export function pathAt(root: Node | undefined, offset: number): readonly PathItem[] {
  const path: PathItem[] = [];
  for (let node = root; node !== undefined; ) {
    const item = itemAt(node, offset);
    path.push(item);
    if (item.onKey) break;
    node = item.entry?.value ?? (node.kind === 'sequence' ? node.items[item.index ?? -1] : undefined);
  }
  return path;
}

function itemAt(node: Node, offset: number): PathItem {
  if (node.kind === 'mapping') {
    const entry = node.entries.find(
      ({ key, value }) => touches(key.outer, offset) || (value !== undefined && touches(outerOf(value), offset)),
    );
    return { node, entry, index: undefined, onKey: entry !== undefined && touches(entry.key.outer, offset) };
  }
  if (node.kind === 'sequence') {
    const index = node.items.findIndex((item) => touches(outerOf(item), offset));
    return { node, entry: undefined, index: index < 0 ? undefined : index, onKey: false };
  }
  return { node, entry: undefined, index: undefined, onKey: false };
}

function outerOf(node: Node): { readonly start: number; readonly end: number } {
  return node.kind === 'scalar' ? node.outer : node.span;
}

/** The keys on the way, with `[]` for an item of a list. */
export function keysOf(path: readonly PathItem[]): readonly string[] {
  return path.flatMap(({ entry, index }) =>
    entry !== undefined ? [entry.key.value] : index !== undefined ? ['[]'] : [],
  );
}
