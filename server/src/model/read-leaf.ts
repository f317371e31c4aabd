import { placesIn } from '../syntax/decoding/scalar-source.ts';
import { type Entry, entryOf, type Mapping, type Node, type Scalar } from '../syntax/tree.ts';
import type { Leaf, Pair, ParameterUse } from './leaf.ts';
import { type ParameterValues, parametersIn, putIn } from './parameters.ts';
import { firstEntries } from './schema/place.ts';

/** Reads values of one text. */
export interface Reader {
  /** What parameters stand for; undefined where braces mean nothing, as in a fleet. */
  readonly values: ParameterValues | undefined;
  /** Set as soon as a value is there that cannot be read. */
  malformed: boolean;
}

/** A reader that has read nothing yet. Without values, braces mean nothing. */
export function reader(values?: ParameterValues): Reader {
  return { values, malformed: false };
}

/**
 * The value of a scalar, read by `parse`.
 * No leaf where there is no value or a malformed one; a value that depends on an unknown parameter has a leaf without a value.
 */
export function leafOf<T>(
  node: Node | undefined,
  read: Reader,
  parse: (text: string) => T | undefined,
): Leaf<T> | undefined {
  if (node === undefined) return undefined;
  if (node.kind !== 'scalar' || node.damaged || node.style === 'empty') {
    read.malformed = true;
    return undefined;
  }
  const values = node.value.includes('{{') ? read.values : undefined;
  const uses = values === undefined ? noUses : usesIn(node);
  const text = values === undefined ? node.value : putIn(node.value, values);
  const value = text === undefined ? undefined : parse(text.trim());
  if (value === undefined && uses.length === 0) {
    read.malformed = true;
    return undefined;
  }
  return { value, span: node.span, scalar: node, uses };
}

/** The value as it is written. */
export function textLeaf(node: Node | undefined, read: Reader): Leaf<string> | undefined {
  return leafOf(node, read, asItIs);
}

function asItIs(text: string): string {
  return text;
}

/** One of a fixed set of words. */
export function wordLeaf<Word extends string>(
  node: Node | undefined,
  read: Reader,
  words: readonly Word[],
): Leaf<Word> | undefined {
  return leafOf(node, read, (text) => words.find((word) => word === text));
}

/** A name that is a key. */
export function keyLeaf(key: Scalar): Leaf<string> {
  return { value: key.value, span: key.span, scalar: key, uses: noUses };
}

/** The texts of a list; empty where there is none. One name without brackets is malformed, and is read all the same: what follows from it is no mistake. */
export function textLeaves(node: Node | undefined, read: Reader): readonly Leaf<string>[] {
  if (node === undefined) return none;
  if (node.kind === 'sequence') return node.items.flatMap((item) => textLeaf(item, read) ?? none);
  const only = node.kind === 'scalar' && !node.value.includes(',') ? textLeaf(node, read) : undefined;
  read.malformed = true;
  return only === undefined ? none : [only];
}

/** One text, or those of a list; undefined where there is neither. */
export function oneOrMore(node: Node | undefined, read: Reader): readonly Leaf<string>[] | undefined {
  if (node === undefined || node.kind === 'sequence') return node && textLeaves(node, read);
  const leaf = textLeaf(node, read);
  return leaf && [leaf];
}

/** The pairs of a mapping of texts. */
export function textPairs(node: Node | undefined, read: Reader): readonly Pair[] {
  return namedEntries(node, read).flatMap((entry) => {
    const value = textLeaf(entry.value, read);
    if (entry.value === undefined) read.malformed = true;
    return value === undefined ? [] : [{ key: keyLeaf(entry.key), value }];
  });
}

/** The entries of a mapping; of a key that stands there twice, the first. */
export function namedEntries(node: Node | undefined, read: Reader): readonly Entry[] {
  if (node === undefined) return noEntries;
  if (node.kind === 'mapping') return [...firstEntries(node).values()];
  read.malformed = true;
  return noEntries;
}

/** The node as a mapping; anything else that is there is malformed. */
export function mappingOf(node: Node | undefined, read: Reader): Mapping | undefined {
  if (node?.kind === 'mapping') return node;
  if (node !== undefined) read.malformed = true;
  return undefined;
}

/** The value of a key; a key without a value is malformed. */
export function valueAt(mapping: Node | undefined, key: string, read: Reader): Node | undefined {
  const entry = entryOf(mapping, key);
  if (entry !== undefined && entry.value === undefined) read.malformed = true;
  return entry?.value;
}

/** Every parameter in a scalar, with its place in the source. */
export function usesIn(scalar: Scalar): readonly ParameterUse[] {
  if (!scalar.value.includes('{{')) return noUses;
  const place = placesIn(scalar);
  return parametersIn(scalar.value).map(({ name, from, to }) => ({ name, span: place(from, to) }));
}

const noUses: readonly ParameterUse[] = [];
const none: readonly Leaf<string>[] = [];
const noEntries: readonly Entry[] = [];
