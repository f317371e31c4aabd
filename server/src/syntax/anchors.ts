import { mostAliased } from './limits.ts';
import type { Node } from './tree.ts';

/** What the anchors seen so far stand for, and how many values the aliases have brought. */
export interface Anchors {
  readonly named: Map<string, Node>;
  readonly sizes: Map<Node, number>;
  brought: number;
  /** An alias had no anchor. */
  missed: boolean;
}

export function noAnchors(): Anchors {
  return { named: new Map(), sizes: new Map(), brought: 0, missed: false };
}

/** The node of an alias; a word on why there is none. */
export function resolveAlias(anchors: Anchors, name: string): Node | 'unknown' | 'too much' {
  const node = anchors.named.get(name);
  if (node === undefined) return 'unknown';
  anchors.brought += sizeOf(node, anchors.sizes);
  return anchors.brought > mostAliased ? 'too much' : node;
}

/** How many values a reader meets in the node, those that come in by aliases each time again. */
function sizeOf(node: Node, sizes: Map<Node, number>): number {
  const known = sizes.get(node);
  if (known !== undefined) return known;
  let size = 1;
  if (node.kind === 'sequence') for (const item of node.items) size += sizeOf(item, sizes);
  if (node.kind === 'mapping')
    for (const { value } of node.entries) size += value === undefined ? 1 : sizeOf(value, sizes);
  sizes.set(node, size);
  return size;
}
