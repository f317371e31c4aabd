import type { Leaf } from '../../model/leaf.ts';
import type { Span } from '../../syntax/span.ts';

export type NameKind =
  | 'subsystem'
  | 'group'
  | 'host'
  | 'zone'
  | 'label'
  | 'labelKey'
  | 'parameter'
  | 'step'
  | 'tool'
  | 'file';

/** What two places that have it both mean. */
export interface Name {
  readonly kind: NameKind;
  /** The name that it is declared by: an alias has the name of its group, a label is `key=value`. */
  readonly name: string;
}

/** A name where it stands in a file. */
export interface Occurrence extends Name {
  /** The name as it is called here: an alias by itself, of a label the value. */
  readonly written: string;
  readonly span: Span;
  readonly declares: boolean;
}

/** The name that a leaf gives; none where it has no value. */
export function declared(kind: NameKind, leaf: Leaf<string> | undefined): readonly Occurrence[] {
  return occurrence(kind, leaf, true);
}

/** The name that a leaf uses, called as it is declared; none where it has no value. */
export function used(kind: NameKind, leaf: Leaf<string> | undefined): readonly Occurrence[] {
  return occurrence(kind, leaf, false);
}

function occurrence(kind: NameKind, leaf: Leaf<string> | undefined, declares: boolean): readonly Occurrence[] {
  if (leaf?.value === undefined) return none;
  return [{ kind, name: leaf.value, written: leaf.value, span: leaf.span, declares }];
}

export const none: readonly Occurrence[] = [];

/** Whether the text at the span spells the name, so that another can be put in its place. */
export function isSpelledOut({ span, written }: Occurrence, text: string): boolean {
  return text.slice(span.start, span.end) === written;
}
