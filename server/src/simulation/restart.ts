import type { Action } from '../commands/action.ts';
import type { Seconds } from '../model/leaf.ts';
import { serversOf } from './amounts.ts';
import type { Pool } from './cells.ts';
import { passTime, take } from './effects.ts';
import type { Figures } from './outcome.ts';
import { figures, heldBy, inService, outOf, type State, type World } from './state.ts';

/** How batches follow one another. */
export interface Rolling {
  readonly rounds: number;
  /** Servers in all. */
  readonly count: number;
  /** Seconds from one batch's going to the next one's. */
  readonly every: Seconds;
}

export type Restarted =
  | (Rolling & {
      readonly state: State;
      /** The state while a batch is out, and how many servers that is. */
      readonly during: State;
      readonly batch: number;
      /** In-service units while the batches pass, by the subsystem's index. */
      readonly lowest: readonly Figures[];
    })
  | { readonly obstacle: Action['obstacle'] };

/**
 * Takes each batch of the pool out and brings it back before the next goes, until every server has gone once (SPEC §5.8).
 * With a surge the new server is there before the old one goes, so that nothing is ever out.
 */
export function restart(world: World, state: State, pool: Pool, action: Action): Restarted {
  const serving = inService(world, state, pool);
  if (serving.worst !== serving.best) {
    const why = `it is unknown how many of these servers are in service by now: between ${serving.worst} and ${serving.best}`;
    return { obstacle: { span: action.amount?.span ?? action.at, why } };
  }
  const asked = serversOf(action.amount, serving);
  const batchAsked = serversOf(action.batch, serving);
  if (asked !== 'all' && 'obstacle' in asked) return asked;
  if (batchAsked !== 'all' && 'obstacle' in batchAsked) return batchAsked;
  const count = asked === 'all' ? serving.best : Math.min(asked.servers, serving.best);
  const batch = batchAsked === 'all' ? count : Math.min(Math.max(1, batchAsked.servers), count);
  const rounds = batch === 0 ? 0 : Math.ceil(count / batch);
  const during = action.surge || batch === 0 ? state : take(world, state, pool, batch, []);
  const before = figures(world, state);
  const worst = figures(world, during);
  const lowest = before.map((figure, index) => ({
    worst: worst[index]?.worst ?? figure.worst,
    best: figure.best - (action.surge ? 0 : spared(world, state, pool, index, count, batch, rounds)),
  }));
  const pause = action.pause?.value ?? 0;
  const every = batchTime(world, pool, action) + pause;
  const after = passTime(world, state, Math.max(0, rounds * every - pause));
  return { state: after, during, batch, lowest, count, rounds, every };
}

/**
 * The units of a subsystem that are out at the worst moment, if the batches are put together as well as can be.
 * Exact where the pool's servers bring it equally many units or none; else the batches are taken to divide evenly, which can only be better.
 */
function spared(
  world: World,
  state: State,
  pool: Pool,
  subsystem: number,
  count: number,
  batch: number,
  rounds: number,
): number {
  if (rounds === 0) return 0;
  const units = (cell: number) => world.cells.cells[cell]?.group.units[subsystem] ?? 0;
  const weights = new Set(pool.cells.filter((cell) => heldBy(world, state, cell) > 0).map(units));
  const heaviest = Math.max(0, ...weights);
  const inside = new Set(pool.cells);
  const serving = (weight: (cell: number) => number) => {
    const held = pool.cells.reduce((sum, cell) => sum + heldBy(world, state, cell) * weight(cell), 0);
    return held - outOf(world, state, (cell) => (inside.has(cell) ? weight(cell) : 0)).most;
  };
  const idle = inService(world, state, pool).best - serving((cell) => (units(cell) > 0 ? 1 : 0));
  const must = Math.max(0, count - idle);
  weights.delete(0);
  if (weights.size > 1) return Math.ceil(Math.max(0, must) / rounds);
  const lastBatch = count - (rounds - 1) * batch;
  let each = Math.ceil(must / rounds);
  while ((rounds - 1) * each + Math.min(each, lastBatch) < must) each += 1;
  return each * heaviest;
}

/** Seconds from a batch's going to its being back and warm. */
function batchTime(world: World, pool: Pool, action: Action): Seconds {
  const warmup = Math.max(0, ...pool.cells.map((cell) => world.cells.cells[cell]?.group.warmup ?? 0));
  return (action.takes?.value ?? 0) + warmup;
}
