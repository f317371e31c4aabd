import type { Seconds } from '../../model/leaf.ts';
import type { Figures } from '../outcome.ts';
import { goneIn, type Status } from './status.ts';
import { count } from './tallies.ts';
import type { Tally } from './tally.ts';
import type { World } from './world.ts';

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

const talliesOf = new WeakMap<Alternative, readonly number[]>();

/** What an alternative brings to the tallies of the fleet. */
export function alternativeTally(world: World, { cells }: Factor, alternative: Alternative): readonly number[] {
  const kept = talliesOf.get(alternative);
  if (kept !== undefined) return kept;
  const tally = new Array<number>(world.gauges.count).fill(0);
  for (const [i, cell] of cells.entries()) countCell(world, tally, cell, alternative.statuses[i], 1);
  talliesOf.set(alternative, tally);
  return tally;
}

const talliesOfCells = new WeakMap<readonly number[], ReadonlySet<number>>();

/** Whether any of the cells counts to a tally of the fleet: in a large fleet few count to each. */
export function countsTo({ cells: { cells: all }, gauges }: World, cells: readonly number[], tally: number): boolean {
  let own = talliesOfCells.get(cells);
  if (own === undefined) {
    const weights = cells.flatMap((cell) => gauges.weights[all[cell]?.group.index ?? -1] ?? []);
    own = new Set(weights.flatMap(({ inService, out }) => [...inService, ...out].map((one) => one.tally)));
    talliesOfCells.set(cells, own);
  }
  return own.has(tally);
}

/** What cells bring to a tally that they do not count to. */
export const nothing: Figures = { worst: 0, best: 0 };

/** What the cells bring to a tally of the fleet, at worst and at best. */
export function factorRange(world: World, factor: Factor, tally: number): Figures {
  if (!countsTo(world, factor.cells, tally)) return nothing;
  let worst = Number.POSITIVE_INFINITY;
  let best = Number.NEGATIVE_INFINITY;
  for (const alternative of factor.alternatives) {
    const value = alternativeTally(world, factor, alternative)[tally] ?? 0;
    worst = Math.min(worst, value);
    best = Math.max(best, value);
  }
  return { worst, best };
}

/** Adds what a cell brings to tallies of the whole fleet, `times` times. */
export function countCell(
  world: World,
  tally: number[],
  cell: number,
  status: Status | undefined,
  times: number,
): void {
  count(world.gauges, tally, world.cells.cells[cell]?.group.index, status, times);
}

/** The tallies of the fleet after the servers of a cell have moved. */
export function recounted({ cells, gauges }: World, tally: Tally, cell: number, from: Status, to: Status): Tally {
  const own = gauges.weights[cells.cells[cell]?.group.index ?? -1];
  if (own === undefined) return tally;
  const gone = own.out.length === 0 ? 0 : goneIn(to) - goneIn(from);
  return tally.moved(own, to.inService - from.inService, gone);
}
