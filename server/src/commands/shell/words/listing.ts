import type { Listing } from './drawn.ts';
import type { Field } from './field.ts';

/** Which servers a command lists, where it is declared to list some. */
export type ListingOf = (words: readonly Field[]) => Listing | undefined;
