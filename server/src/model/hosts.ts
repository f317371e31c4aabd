/** A set of named servers, kept as ranges. */
export interface HostSet {
  /** How many servers. */
  readonly size: number;
  has(name: string): boolean;
  /** Every name, in the order written; only for sets that a person can read. */
  names(): Iterable<string>;
}
