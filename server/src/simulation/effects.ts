import type { Seconds } from '../model/leaf.ts';
import type { Pool } from './cells.ts';
import { mostFrom } from './flow.ts';
import { aged } from './rate.ts';
import {
  choicesOf,
  heldBy,
  inService,
  type Out,
  outOf,
  roomIn,
  type State,
  sameList,
  tidied,
  type World,
  withOut,
} from './state.ts';

/** The state afterwards, or a clause on why it cannot be told (it goes on from "cannot tell what this does:"). */
export type Effected = { readonly state: State } | { readonly why: string };

/**
 * `count` servers of the pool leave service, unknown which.
 * The caller makes sure that some choice has so many in service; the others are thereby ruled out.
 */
export function take(world: World, state: State, pool: Pool, count: number, origins: readonly string[]): State {
  const { worst, best } = inService(world, state, pool);
  if (worst === best && count === best) return takeAll(world, state, pool, origins);
  const open = pool.cells.filter((cell) => roomIn(world, state, cell) > 0);
  return { ...state, outs: withOut(state.outs, out(open, count, origins)) };
}

/** Every server of the pool is out of service afterwards, those that were warming up included. */
export function takeAll(world: World, state: State, pool: Pool, origins: readonly string[]): State {
  return tidied(
    world,
    pool.cells.reduce<State>((now, cell) => pin(world, now, cell, 0, origins), state),
  );
}

function out(cells: readonly number[], count: number, origins: readonly string[], warming?: Seconds): Out {
  return { cells, count, limits: undefined, origins, warming, fixed: false };
}

/** Sets how many servers of a cell are in service, whatever it was before, in every choice. */
export function pin(world: World, state: State, cell: number, serving: number, origins: readonly string[]): State {
  const before = choicesOf(state).some((choice) => choice.cells.includes(cell)) ? ghosted(world, state, [cell]) : state;
  const own = before.outs.filter((other) => other.cells.length === 1 && other.cells[0] === cell);
  const rest = before.outs.filter((other) => !own.includes(other));
  const goal = heldBy(world, state, cell) - serving;
  if (before !== state) {
    const mixed = mixedOrigins([
      ...state.outs.filter((other) => other.cells.includes(cell)).map((other) => other.origins),
      origins,
    ]);
    return { ...before, outs: withOut(rest, out([cell], goal, mixed)) };
  }
  const cold = own.filter((other) => other.warming === undefined);
  const already = cold.reduce((sum, other) => sum + other.count, 0);
  const kept = cold.reduce<readonly Out[]>((outs, other) => withOut(outs, other), rest);
  return { ...before, outs: withOut(kept, out([cell], goal - already, origins)) };
}

/** Where servers may be from that were put together: nothing changes where all are from the same; the empty name stands for steps that no restore names. */
function mixedOrigins(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = []] = lists;
  if (lists.every((list) => sameList(list, first))) return first;
  return [...new Set(lists.flatMap((list) => (list.length === 0 ? [''] : list)))].sort();
}

/**
 * Lets the choices forget the cells: what they took from them binds nothing any more.
 * Their places are kept as ghosts, so that the choices stay as they were among the other cells.
 */
function ghosted(
  world: World,
  state: State,
  cells: readonly number[],
  which: (out: Out) => boolean = () => true,
): State {
  const trueCells = world.cells.cells.length;
  const names = new Map(cells.map((cell, i) => [cell, trueCells + state.ghosts.length + i]));
  const ghosts = [...state.ghosts, ...cells.map((cell) => roomIn(world, state, cell))];
  const outs = state.outs.map((other) => {
    if (other.cells.length === 1 || !which(other) || !other.cells.some((cell) => names.has(cell))) return other;
    const renamed = other.cells.map((cell) => names.get(cell) ?? cell);
    return { ...other, cells: renamed, origins: renamed.every((cell) => cell >= trueCells) ? [] : other.origins };
  });
  return { ...state, outs, ghosts };
}

/** Everything of the pool that is out because of the runbook comes back. */
export function restoreAll(world: World, state: State, pool: Pool): Effected {
  const inside = new Set(pool.cells);
  const touched = outsIn(state, pool);
  const choices = touched.filter((other) => other.cells.length > 1);
  const cells = [...new Set(choices.flatMap((other) => other.cells.filter((cell) => inside.has(cell))))];
  const slow = cells.some((cell) => warmupOf(world, cell) > 0);
  const [only] = choices;
  if (slow && (choices.length > 1 || only?.cells.some((cell) => !inside.has(cell)))) {
    return { why: 'it is unknown how many of the servers that come back have to warm up' };
  }
  const forgotten = slow ? state : ghosted(world, state, cells, (other) => touched.includes(other));
  const back = forgotten.outs.filter((other) => touched.includes(other));
  return {
    state: tidied(
      world,
      back.reduce<State>((now, other) => returned(world, now, other), forgotten),
    ),
  };
}

/** All servers of an out come back, and count when they have warmed up. The other outs stay the same objects. */
function returned(world: World, state: State, other: Out): State {
  const rest = state.outs.filter((one) => one !== other);
  const slow = other.cells.some((cell) => warmupOf(world, cell) > 0);
  const outs = slow ? withOut(rest, { ...other, origins: [], warming: 0 }) : rest;
  return { ...state, outs, returned: state.leavings.length > 0 };
}

/**
 * The state after servers have come back to cells that choices still draw on: these chose before, when there was less room.
 * Where the new room could show, it is kept from them by a limit, or, if several draw on the cell, it cannot be told.
 */
function bounded(world: World, before: State, after: State): Effected {
  let now = after;
  for (const cell of new Set(choicesOf(after).flatMap((choice) => choice.cells))) {
    if (cell >= world.cells.cells.length) continue;
    const room = roomIn(world, before, cell);
    if (roomIn(world, now, cell) <= room) continue;
    const choices = choicesOf(now);
    const most = mostFrom(
      choices,
      (one) => roomIn(world, now, one),
      (one) => one === cell,
    );
    if (most <= room) continue;
    const users = choices.filter((choice) => choice.cells.includes(cell));
    const [only] = users;
    if (only === undefined || users.length > 1) {
      return {
        why: 'several earlier steps may have taken the same servers, which is not followed through this return',
      };
    }
    const limits = only.cells.map((one, i) =>
      Math.min(only.limits?.[i] ?? only.count, one === cell ? room : only.count),
    );
    now = { ...now, outs: now.outs.map((one) => (one === only ? { ...only, limits } : one)) };
  }
  return { state: now };
}

function warmupOf(world: World, cell: number): Seconds {
  return world.cells.cells[cell]?.group.warmup ?? 0;
}

/** What is still out because of the step comes back. Undefined: nothing is. */
export function restoreStep(world: World, state: State, id: string): Effected | undefined {
  const mine = state.outs.filter((other) => other.warming === undefined && other.origins.includes(id));
  if (mine.length === 0) return undefined;
  if (mine.some((other) => other.origins.length > 1)) {
    return {
      why: 'servers of several steps were mixed since, so that it is unknown which of them are still out because of that step',
    };
  }
  let now = state;
  for (const other of mine) {
    const without = { ...now, outs: now.outs.filter((one) => one !== other) };
    const inside = new Set(other.cells);
    const room = other.cells.reduce((sum, cell) => sum + heldBy(world, without, cell), 0);
    const most = outOf(world, without, (cell) => (inside.has(cell) ? 1 : 0)).most;
    if (other.cells.length > 1 && room - most < other.count) {
      return {
        why: 'the servers that it returns bound what the steps since could take, which is not followed that far back',
      };
    }
    now = returned(world, now, other);
  }
  return bounded(world, state, passTime(world, now, 0));
}

/** `count` of the servers of the pool that are out because of the runbook come back, unknown which. Undefined: none is out. */
export function restoreSome(world: World, state: State, pool: Pool, count: number): Effected | undefined {
  const inside = new Set(pool.cells);
  const candidates = outsIn(state, pool);
  if (candidates.length === 0) return undefined;
  if (count === 0) return { state };
  const { least, most } = outCount(world, state, pool);
  if (count >= most) return restoreAll(world, state, pool);
  const [first] = candidates;
  const within = candidates.every((other) => other.cells.every((cell) => inside.has(cell)));
  if (!within || first === undefined || count > least) {
    return { why: 'it is unknown how many servers of this target are out' };
  }
  const cells = [...new Set(candidates.flatMap((other) => other.cells))];
  const slow = cells.some((cell) => warmupOf(world, cell) > 0);
  const origins = mixedOrigins(candidates.map((other) => other.origins));
  const rest = state.outs.filter((other) => !candidates.includes(other));
  const sum = candidates.reduce((total, other) => total + other.count, 0);
  const oneChoice = candidates.every(
    (other) =>
      other.limits === undefined &&
      other.cells.length === first.cells.length &&
      other.cells.every((cell, i) => cell === first.cells[i]),
  );
  if (oneChoice && (cells.length === 1 || !slow)) {
    const left = withOut(rest, out(first.cells, sum - count, origins));
    const outs = slow ? withOut(left, out(first.cells, count, [], 0)) : left;
    return { state: passTime(world, { ...state, outs, returned: state.leavings.length > 0 }, 0) };
  }
  if (!slow && candidates.every((other) => other.cells.length === 1)) {
    const limits = cells.map((cell) =>
      candidates.reduce((total, other) => total + (other.cells[0] === cell ? other.count : 0), 0),
    );
    const outs = withOut(rest, { ...out(cells, sum - count, origins), limits });
    return { state: { ...state, outs, returned: state.leavings.length > 0 } };
  }
  return { why: 'servers of several steps are out, and it is unknown which of them come back' };
}

/** The outs that a restore of this pool may return. */
function outsIn(state: State, pool: Pool): readonly Out[] {
  const inside = new Set(pool.cells);
  return state.outs.filter(
    (other) => !other.fixed && other.warming === undefined && other.cells.some((cell) => inside.has(cell)),
  );
}

/** How many servers of the pool are out because of the runbook and not on their way back. */
export function outCount(world: World, state: State, pool: Pool): { readonly least: number; readonly most: number } {
  const inside = new Set(pool.cells);
  const outs = state.outs.filter((other) => !other.fixed && other.warming === undefined);
  return outOf(world, { ...state, outs }, (cell) => (inside.has(cell) ? 1 : 0));
}

/** New servers join a cell, and count when they have warmed up. */
export function addServers(world: World, state: State, cell: number, count: number): Effected {
  const added = new Map(state.added).set(cell, (state.added.get(cell) ?? 0) + count);
  const outs = warmupOf(world, cell) > 0 ? withOut(state.outs, out([cell], count, [], 0)) : state.outs;
  return bounded(world, state, { ...state, added, outs });
}

/** Servers of the pool that were returned or added and do not count yet. */
export function warmingIn(state: State, pool: Pool): number {
  return state.outs.reduce(
    (sum, other) =>
      sum + (other.warming !== undefined && other.cells.some((cell) => pool.cells.includes(cell)) ? other.count : 0),
    0,
  );
}

/** Time passes, and what has warmed up is in service. */
export function passTime(world: World, state: State, seconds: Seconds): State {
  const leavings = aged(world, state.leavings, seconds);
  let now: State =
    leavings === state.leavings ? state : { ...state, leavings, returned: leavings.length > 0 && state.returned };
  for (const other of state.outs) {
    if (other.warming === undefined) continue;
    const warming = other.warming + seconds;
    const rest = now.outs.filter((one) => one !== other);
    const cold = other.cells.filter((cell) => cell < world.cells.cells.length && warming < warmupOf(world, cell));
    if (cold.length === 0) now = { ...now, outs: rest };
    else {
      const still = { ...other, warming };
      const warm = other.cells.filter((cell) => !cold.includes(cell) && cell < world.cells.cells.length);
      now = { ...now, outs: withOut(rest, still) };
      if (warm.length > 0) now = ghosted(world, now, warm, (one) => one === still);
    }
  }
  return tidied(world, now);
}
