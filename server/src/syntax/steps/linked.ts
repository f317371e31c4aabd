import { mostAliased } from '../limits.ts';
import { moved } from '../moved.ts';
import { asWritten } from '../scalars.ts';
import { shift } from '../span.ts';
import type { Node } from '../tree.ts';
import { readBlock, type StepBlock } from './step-block.ts';

/** An anchor and the distance from where its spans count to the start of the file. */
interface Anchored {
  readonly node: Node;
  readonly offset: number;
}

/** What a block was read with that stands elsewhere. */
interface Links {
  readonly raw: StepBlock;
  readonly names: ReadonlyMap<string, { readonly node: Node; readonly distance: number }>;
  /** How many values aliases could still stand for; less than none where a step above has told of it. */
  readonly left: number;
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
  let left = mostAliased;
  const late = previous.length - blocks.length;
  return blocks.map((raw, i) => {
    const offset = starts[i] ?? 0;
    const names = new Map<string, { node: Node; distance: number }>();
    for (const name of raw.missing) {
      const anchor = anchors.get(name);
      if (anchor !== undefined) names.set(name, { node: anchor.node, distance: anchor.offset - offset });
    }
    const block = names.size === 0 ? raw : linkedBlock({ raw, names, left }, indent, [previous[i], previous[i + late]]);
    left -= block.aliased;
    for (const [name, node] of block.anchors) anchors.set(name, { node, offset });
    return block;
  });
}

function linkedBlock(links: Links, indent: number, before: readonly (StepBlock | undefined)[]): StepBlock {
  const { raw, names, left } = links;
  for (const block of before) {
    const known = block && linksOf.get(block);
    if (block === undefined || known?.raw !== raw) continue;
    if (sameLinks(known.names, names) && sameLimit(known.left, left, block.aliased)) return block;
  }
  const environment = new Map(
    [...names].map(([name, { node, distance }]) => [name, moved(node, (span) => shift(span, distance))]),
  );
  const read = { ...readBlock(raw.text, indent, environment, left), missing: raw.missing };
  const { start, end } = read.content;
  const unread = { node: asWritten(raw.text, start, end, true), problems: [], doubtful: true };
  const block = left < 0 ? { ...read, ...unread } : read;
  linksOf.set(block, links);
  return block;
}

/** Whether a block with so many values behind its aliases reads the same with either number of them left. */
function sameLimit(a: number, b: number, aliased: number): boolean {
  return a === b || Math.min(a, b) >= aliased || Math.max(a, b) < 0;
}

function sameLinks(a: Links['names'], b: Links['names']): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([name, link]) => link.node === b.get(name)?.node && link.distance === b.get(name)?.distance);
}
