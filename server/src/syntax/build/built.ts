import type { CST } from 'yaml';
import type { Node } from '../tree.ts';
import type { Reading } from './reading.ts';

/** A node and where its text ends; the node of an alias stands elsewhere. */
export interface Built {
  readonly node: Node;
  readonly start: number;
  readonly end: number;
}

/** What stands before a token: anchors, white space, comments. */
export type Props = readonly CST.SourceToken[];

/** Where in the tree a node is built, and how what stands in it is. */
export interface Place {
  readonly depth: number;
  readonly flow: boolean;
  readonly build: Build;
}

type Build = (token: CST.Token | null | undefined, props: Props, place: Place, reading: Reading) => Built | undefined;

/** A node that stands where its own span says. */
export function built(node: Node): Built {
  return { node, start: node.kind === 'scalar' ? node.outer.start : node.span.start, end: node.span.end };
}
