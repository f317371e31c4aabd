import type { Span } from '../syntax/span.ts';
import type { Scalar } from '../syntax/tree.ts';

/** `{{ name }}` inside a value. */
export interface ParameterUse {
  readonly name: string;
  /** The name inside the braces. */
  readonly span: Span;
}

/** A typed value and where it stands. */
export interface Leaf<T> {
  /** Undefined where the value depends on a parameter that has no value; a malformed value has no leaf at all. */
  readonly value: T | undefined;
  readonly span: Span;
  readonly scalar: Scalar;
  readonly uses: readonly ParameterUse[];
}

/** A key and its value, such as a label. */
export interface Pair {
  readonly key: Leaf<string>;
  readonly value: Leaf<string>;
}

/** A whole number of thousandths of a percent: `7.5%` is 7 500. Whole, because floats round 7 % of 100 up to 8. */
export type MilliPercent = number;

/** `4`, `10%` or `all`. */
export type Amount =
  | { readonly unit: 'servers'; readonly value: number }
  | { readonly unit: 'percent'; readonly value: MilliPercent }
  | { readonly unit: 'all' };

/** Seconds, a whole number ≥ 0. */
export type Seconds = number;
