import type { Span } from '../syntax/span.ts';

/** A place in a file. */
export interface Place {
  readonly uri: string;
  readonly span: Span;
}
