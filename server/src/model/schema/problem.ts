import type { Span } from '../../syntax/span.ts';
import type { Replacement } from '../../syntax/tree.ts';

/** A key or value that is not of the right form, in plain words. */
export interface SchemaProblem {
  readonly rule: 'schema';
  readonly message: string;
  readonly span: Span;
  /** Something is not there; where a part of the text was misread, it may be there all the same. */
  readonly missing?: true;
  /** Mistakes in this stretch only follow from it. */
  readonly explains?: Span;
  /** A spelling that mends it. */
  readonly replacement?: Replacement | undefined;
}
