import type { Seconds } from '../model/leaf.ts';
import type { Figures } from './outcome.ts';
import { Rows } from './rows.ts';
import { splits } from './splits.ts';
import { goneIn, type Status, statusOf } from './status.ts';
import type { World } from './world.ts';

/**
 * Everything that may be the case at one moment: each choice of servers that is consistent with the steps so far is one world.
 * Worlds that differ in when things happened are branches; within a branch, cells that do not depend on one another are kept apart.
 * Immutable.
 */
export interface Belief {
  readonly branches: readonly Branch[];
}

export interface Branch {
  /** Seconds since the runbook started. */
  readonly now: Seconds;
  /** By cell; what is said here of a cell that a factor holds does not count. */
  readonly known: Rows<Status>;
  /** Tallies of the known cells. */
  readonly tally: readonly number[];
  /** What left the known cells not long ago, the youngest last. */
  readonly leavings: readonly Leaving[];
  /** Known cells in which servers are warming up. */
  readonly timed: readonly number[];
  readonly factors: readonly Factor[];
}

/** Cells of which it is unknown where their servers are: one of the alternatives is the case, whatever is the case elsewhere. */
export interface Factor {
  readonly cells: readonly number[];
  readonly alternatives: readonly Alternative[];
}

export interface Alternative {
  /** By the position in the factor's cells. */
  readonly statuses: readonly Status[];
  readonly leavings: readonly Leaving[];
}

/** Servers that left service together: the units of each subsystem that has a rate. */
export interface Leaving {
  readonly at: Seconds;
  readonly parts: readonly (readonly [subsystem: number, units: number])[];
}

/** What is the case before the first step. */
export function startOf(world: World): Belief {
  const { cells } = world.cells;
  const factors = world.cells.unavailable.map(({ pool, count }): Factor => {
    const held = pool.cells.map((cell) => cells[cell]?.servers ?? 0);
    const alternatives = [...splits(held, count)].map((out) => ({
      statuses: held.map((servers, i) => statusOf(servers - (out[i] ?? 0))),
      leavings: [],
    }));
    return { cells: pool.cells, alternatives };
  });
  const uncertain = new Set(factors.flatMap((factor) => factor.cells));
  const known = cells.map(({ servers }) => statusOf(servers));
  const tally = new Array<number>(world.gauges.count).fill(0);
  for (const { index } of cells) if (!uncertain.has(index)) count(world, tally, index, known[index], 1);
  return { branches: [{ now: 0, known: Rows.of(known), tally, leavings: [], timed: [], factors }] };
}

/** Adds what a cell brings to tallies of the whole fleet, `times` times. */
export function count(world: World, tally: number[], cell: number, status: Status | undefined, times: number): void {
  const group = world.cells.cells[cell]?.group.index;
  const weights = group === undefined ? undefined : world.gauges.weights[group];
  if (weights === undefined || status === undefined) return;
  if (status.inService !== 0)
    for (const { tally: at, units } of weights.inService)
      tally[at] = (tally[at] ?? 0) + times * units * status.inService;
  if (weights.out.length === 0) return;
  const gone = goneIn(status);
  if (gone !== 0) for (const { tally: at, units } of weights.out) tally[at] = (tally[at] ?? 0) + times * units * gone;
}

const figuresOf = new WeakMap<Belief, readonly Figures[]>();

/** Units in service of every subsystem, by its index: the least and the most, over all worlds. */
export function figures(world: World, belief: Belief): readonly Figures[] {
  const kept = figuresOf.get(belief);
  if (kept !== undefined) return kept;
  const all = world.capacity.subsystems.map(({ index }) => rangeOf(world, belief, index));
  figuresOf.set(belief, all);
  return all;
}

/** A tally over all worlds. */
export function rangeOf(world: World, { branches }: Belief, tally: number): Figures {
  let worst = Number.POSITIVE_INFINITY;
  let best = Number.NEGATIVE_INFINITY;
  for (const branch of branches) {
    let low = branch.tally[tally] ?? 0;
    let high = low;
    for (const factor of branch.factors) {
      const own = factorRange(world, factor, tally);
      low += own.worst;
      high += own.best;
    }
    worst = Math.min(worst, low);
    best = Math.max(best, high);
  }
  return { worst, best };
}

const talliesOf = new WeakMap<Alternative, readonly number[]>();

/** What an alternative brings to the tallies of the fleet. */
export function alternativeTally(world: World, { cells }: Factor, alternative: Alternative): readonly number[] {
  const kept = talliesOf.get(alternative);
  if (kept !== undefined) return kept;
  const tally = new Array<number>(world.gauges.count).fill(0);
  for (const [i, cell] of cells.entries()) count(world, tally, cell, alternative.statuses[i], 1);
  talliesOf.set(alternative, tally);
  return tally;
}

export function factorRange(world: World, factor: Factor, tally: number): Figures {
  let worst = Number.POSITIVE_INFINITY;
  let best = Number.NEGATIVE_INFINITY;
  for (const alternative of factor.alternatives) {
    const value = alternativeTally(world, factor, alternative)[tally] ?? 0;
    worst = Math.min(worst, value);
    best = Math.max(best, value);
  }
  return { worst, best };
}
