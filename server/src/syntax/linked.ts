import { mostAliased } from './limits.ts';
import { moved } from './moved.ts';
import { shift } from './span.ts';
import { readBlock, type StepBlock } from './step-block.ts';
import type { Node } from './tree.ts';

/** An anchor and the distance from where its spans count to the start of the file. */
interface Anchored {
  readonly node: Node;
  readonly offset: number;
}

/** What a block was read with that stands elsewhere. */
interface Links {
  readonly raw: StepBlock;
  readonly names: ReadonlyMap<string, { readonly node: Node; readonly distance: number }>;
}

const linksOf = new WeakMap<StepBlock, Links>();

/**
 * Reads the steps whose aliases mean anchors of the head or of steps above once more, with those anchors.
 * The spans of an anchored value stay where the anchor stands, so they may lie outside the block.
 */
export function linked(
  blocks: readonly StepBlock[],
  starts: readonly number[],
  head: ReadonlyMap<string, Node>,
  indent: number,
  previous: readonly StepBlock[],
): readonly StepBlock[] {
  const anchors = new Map<string, Anchored>([...head].map(([name, node]) => [name, { node, offset: 0 }]));
  let aliased = mostAliased;
  const late = previous.length - blocks.length;
  return blocks.map((raw, i) => {
    const offset = starts[i] ?? 0;
    const names = new Map<string, { node: Node; distance: number }>();
    for (const name of raw.missing) {
      const anchor = anchors.get(name);
      if (anchor !== undefined) names.set(name, { node: anchor.node, distance: anchor.offset - offset });
    }
    const block = names.size === 0 ? raw : linkedBlock(raw, names, indent, aliased, [previous[i], previous[i + late]]);
    aliased -= block.aliased;
    for (const [name, node] of block.anchors) anchors.set(name, { node, offset });
    return block;
  });
}

function linkedBlock(
  raw: StepBlock,
  names: Links['names'],
  indent: number,
  aliased: number,
  before: readonly (StepBlock | undefined)[],
): StepBlock {
  for (const block of before) {
    const known = block && linksOf.get(block);
    if (block !== undefined && known?.raw === raw && sameLinks(known.names, names)) return block;
  }
  const environment = new Map(
    [...names].map(([name, { node, distance }]) => [name, moved(node, (span) => shift(span, distance))]),
  );
  const block = { ...readBlock(raw.text, indent, environment, aliased), missing: raw.missing };
  linksOf.set(block, { raw, names });
  return block;
}

function sameLinks(a: Links['names'], b: Links['names']): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([name, link]) => link.node === b.get(name)?.node && link.distance === b.get(name)?.distance);
}
