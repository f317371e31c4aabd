import type { Seconds } from '../../model/leaf.ts';
import type { Figures } from '../outcome.ts';
import { countCell, type Factor, factorRange, type Leaving } from './factor.ts';
import { type Echo, type Open, openRange } from './open.ts';
import { Rows } from './rows.ts';
import { splits } from './splits.ts';
import { type Status, statusOf } from './status.ts';
import { Tally } from './tally.ts';
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
  readonly tally: Tally;
  /** What left the known cells not long ago, the youngest last. */
  readonly leavings: readonly Leaving[];
  /** Known cells in which servers are warming up. */
  readonly timed: readonly number[];
  readonly factors: readonly Factor[];
  /** Cells of which too many ways are possible to be written out. */
  readonly open: readonly Open[];
  /** What left not long ago and is back, unknown which servers it was, or when. */
  readonly echoes: readonly Echo[];
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
  for (const { index } of cells) if (!uncertain.has(index)) countCell(world, tally, index, known[index], 1);
  return {
    branches: [
      { now: 0, known: Rows.of(known), tally: Tally.of(tally), leavings: [], timed: [], factors, open: [], echoes: [] },
    ],
  };
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

/** The same of one subsystem. */
export function figureOf(world: World, belief: Belief, subsystem: number): Figures {
  return figuresOf.get(belief)?.[subsystem] ?? rangeOf(world, belief, subsystem);
}

/** A tally over all worlds. */
function rangeOf(world: World, { branches }: Belief, tally: number): Figures {
  let worst = Number.POSITIVE_INFINITY;
  let best = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < branches.length; i++) {
    const branch = branches[i];
    if (branch === undefined) continue;
    const known = branch.tally.at(tally);
    const own = uncertainRange(world, branch, tally);
    worst = Math.min(worst, known + own.worst);
    best = Math.max(best, known + own.best);
  }
  return { worst, best };
}

const nothing: Figures = { worst: 0, best: 0 };

/** What the cells that are not known bring to a tally. */
export function uncertainRange(
  world: World,
  { factors, open }: Pick<Branch, 'factors' | 'open'>,
  tally: number,
): Figures {
  if (factors.length === 0 && open.length === 0) return nothing;
  let worst = 0;
  let best = 0;
  const add = (range: Figures) => {
    worst += range.worst;
    best += range.best;
  };
  for (const factor of factors) add(factorRange(world, factor, tally));
  for (const one of open) add(openRange(world, one, tally));
  return { worst, best };
}

/** Cells of which it is unknown where their servers are. */
export function uncertainIn({ factors, open }: Branch): ReadonlySet<number> {
  return new Set([...factors, ...open].flatMap(({ cells }) => cells));
}
