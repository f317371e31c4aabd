import type { Weights } from './tallies.ts';

/**
 * What is counted of the known cells, by the index of the tally. Every version is kept, as a list and the few moves since then:
 * a step that moves the servers of one cell adds no more than that to what is kept.
 */
export class Tally {
  /** Moves since the list; who reads a tally looks at each of them. */
  private static readonly most = 16;
  private readonly list: readonly number[];
  /** The version before the move; undefined: this is the list. */
  private readonly before: Tally | undefined;
  private readonly weights: Weights;
  private readonly gained: number;
  private readonly gone: number;
  private readonly moves: number;

  private constructor(list: readonly number[], before?: Tally, weights = none, gained = 0, gone = 0) {
    this.list = list;
    this.before = before;
    this.weights = weights;
    this.gained = gained;
    this.gone = gone;
    this.moves = before === undefined ? 0 : before.moves + 1;
  }

  static of(list: readonly number[]): Tally {
    return new Tally(list);
  }

  at(index: number): number {
    let sum = this.list[index] ?? 0;
    for (let version: Tally = this; version.before !== undefined; version = version.before) {
      const { weights, gained, gone } = version;
      sum += gained * unitsOf(weights.inService, index);
      if (gone !== 0) sum += gone * unitsOf(weights.out, index);
    }
    return sum;
  }

  /** So many servers of these weights more are in service, and so many more out. */
  moved(weights: Weights, gained: number, gone: number): Tally {
    const moved = new Tally(this.list, this, weights, gained, gone);
    return moved.moves < Tally.most ? moved : new Tally(moved.values());
  }

  equals(other: Tally): boolean {
    const theirs = other.values();
    return this.values().every((value, i) => value === theirs[i]);
  }

  /** A list of all, which is the caller's own. */
  values(): number[] {
    const list = this.list.slice();
    for (let version: Tally = this; version.before !== undefined; version = version.before) {
      add(list, version.weights.inService, version.gained);
      add(list, version.weights.out, version.gone);
    }
    return list;
  }
}

const none: Weights = { inService: [], out: [] };

/** Of one tally. It is asked for more often than anything else, so without an iterator. */
function unitsOf(weights: Weights['out'], index: number): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i];
    if (weight?.tally === index) sum += weight.units;
  }
  return sum;
}

function add(list: number[], weights: Weights['out'], servers: number): void {
  for (let i = 0; servers !== 0 && i < weights.length; i++) {
    const { tally = 0, units = 0 } = weights[i] ?? {};
    list[tally] = (list[tally] ?? 0) + units * servers;
  }
}
