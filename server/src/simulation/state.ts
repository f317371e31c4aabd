import type { Seconds } from '../model/leaf.ts';
import type { Capacity } from './capacity.ts';
import type { Cells, Pool } from './cells.ts';
import { type Choice, mostFrom } from './flow.ts';
import type { Figures } from './outcome.ts';

/**
 * What is out of service because of the runbook, at one moment.
 * It stands for every choice of servers that is consistent with the steps so far: each `Out` says how many left which cells, and nothing more is known.
 * Immutable; equal in value means that everything that follows is equal too.
 */
export interface State {
  readonly outs: readonly Out[];
  /** Servers that a scale-up added, by cell. */
  readonly added: ReadonlyMap<number, number>;
  /** Room in cells that are no more (`ghost`), by their index counted from the number of true cells. */
  readonly ghosts: readonly number[];
  /** What left service within the longest window of a rate, the youngest last. */
  readonly leavings: readonly Leaving[];
  /** Something has come back since the first of `leavings`, so that a server may have left twice. */
  readonly returned: boolean;
}

/** Servers that left together. */
export interface Out extends Choice {
  /** Steps that they may be out because of, as far as a `restore` names one: none, exactly one, or one of several. */
  readonly origins: readonly string[];
  /** Seconds since they were returned; they count when the warm-up of their group has passed. Undefined: not returned. */
  readonly warming: Seconds | undefined;
  /** Unavailable from the start: nothing touches them. */
  readonly fixed: boolean;
}

/** Servers that left service together, not long ago. */
export interface Leaving extends Choice {
  /** Seconds ago. */
  readonly age: Seconds;
}

/** The fleet as this runbook cuts it. Everything that stays the same while the simulation walks. */
export interface World {
  readonly capacity: Capacity;
  readonly cells: Cells;
  /** Ids of steps that a later `restore` names. */
  readonly restorable: ReadonlySet<string>;
  /** The longest window of a rate, in seconds; 0 where there is none. */
  readonly window: Seconds;
  /** Units that the cells hold when the runbook starts, by the subsystem's index. */
  readonly held: readonly number[];
}

export function worldOf(capacity: Capacity, cells: Cells, restorable: ReadonlySet<string>): World {
  const held = capacity.subsystems.map(({ index }) =>
    cells.cells.reduce((sum, cell) => sum + cell.servers * (cell.group.units[index] ?? 0), 0),
  );
  const window = capacity.subsystems.reduce((longest, { rate }) => Math.max(longest, rate?.window ?? 0), 0);
  return { capacity, cells, restorable, window, held };
}

/** The state before the first step. */
export function startOf(world: World): State {
  const outs = world.cells.unavailable.map(
    ({ pool, count }): Out => ({
      cells: pool.cells,
      count,
      limits: undefined,
      origins: [],
      warming: undefined,
      fixed: true,
    }),
  );
  return { outs, added: new Map(), ghosts: [], leavings: [], returned: false };
}

/** Servers of a cell that could be in service: those declared and available, and those that a scale-up added. */
export function heldBy(world: World, state: State, cell: number): number {
  const own = world.cells.cells[cell];
  if (own === undefined) return state.ghosts[cell - world.cells.cells.length] ?? 0;
  return own.servers + (state.added.get(cell) ?? 0);
}

interface Parts {
  /** Servers out whose cell is known, by cell. */
  readonly known: ReadonlyMap<number, number>;
  readonly choices: readonly Out[];
}

const partsOf = new WeakMap<State, Parts>();

function partsIn(state: State): Parts {
  const kept = partsOf.get(state);
  if (kept !== undefined) return kept;
  const known = new Map<number, number>();
  const choices: Out[] = [];
  for (const out of state.outs) {
    const [cell] = out.cells;
    if (out.cells.length === 1 && cell !== undefined) known.set(cell, (known.get(cell) ?? 0) + out.count);
    else choices.push(out);
  }
  const parts = { known, choices };
  partsOf.set(state, parts);
  return parts;
}

/** The outs of which it is unknown where they are from. */
export function choicesOf(state: State): readonly Out[] {
  return partsIn(state).choices;
}

/** Servers of a cell that are not known to be out: what the choices have to share. */
export function roomIn(world: World, state: State, cell: number): number {
  return heldBy(world, state, cell) - (partsIn(state).known.get(cell) ?? 0);
}

/** How many servers of the cells, each counted `weight` times, are out: at least and at most, over all choices. */
export function outOf(
  world: World,
  state: State,
  weight: (cell: number) => number,
): { readonly least: number; readonly most: number } {
  const { known, choices } = partsIn(state);
  let sum = 0;
  for (const [cell, count] of known) sum += count * weight(cell);
  if (choices.length === 0) return { least: sum, most: sum };
  const room = (cell: number) => roomIn(world, state, cell);
  const weights = new Set<number>([0]);
  let total = 0;
  for (const choice of choices) {
    total += choice.count;
    for (const cell of choice.cells) weights.add(weight(cell));
  }
  const falling = [...weights].sort((a, b) => b - a);
  if (falling.length === 1) return { least: sum, most: sum };
  const heaviest = falling[0] ?? 0;
  let most = 0;
  let spared = 0;
  for (const [i, bound] of falling.entries()) {
    const drop = bound - (falling[i + 1] ?? bound);
    if (drop === 0) continue;
    most += drop * mostFrom(choices, room, (cell) => weight(cell) >= bound);
    spared += drop * mostFrom(choices, room, (cell) => weight(cell) < bound);
  }
  return { least: sum + heaviest * total - spared, most: sum + most };
}

/** How many servers of the pool are in service: at least and at most. */
export function inService(world: World, state: State, pool: Pool): Figures {
  const inside = new Set(pool.cells);
  const held = pool.cells.reduce((sum, cell) => sum + heldBy(world, state, cell), 0);
  const out = outOf(world, state, (cell) => (inside.has(cell) ? 1 : 0));
  return { worst: held - out.most, best: held - out.least };
}

const figuresOf = new WeakMap<State, readonly Figures[]>();

/** Units of every subsystem in service, by its index: at worst and at best. */
export function figures(world: World, state: State): readonly Figures[] {
  const known = figuresOf.get(state);
  if (known !== undefined) return known;
  const { cells } = world.cells;
  const all = world.capacity.subsystems.map(({ index }): Figures => {
    let held = world.held[index] ?? 0;
    for (const [cell, count] of state.added) held += count * (cells[cell]?.group.units[index] ?? 0);
    if (state.outs.length === 0) return { worst: held, best: held };
    const out = outOf(world, state, (cell) => cells[cell]?.group.units[index] ?? 0);
    return { worst: held - out.most, best: held - out.least };
  });
  figuresOf.set(state, all);
  return all;
}

/** Whether the two stand for the same choices, so that what follows is the same. */
export function sameState(a: State, b: State): boolean {
  return (
    a === b ||
    (a.outs.length === b.outs.length &&
      a.added.size === b.added.size &&
      a.outs.every((out, i) => sameOut(out, b.outs[i])) &&
      a.returned === b.returned &&
      a.leavings.length === b.leavings.length &&
      a.leavings.every((leaving, i) => sameLeaving(leaving, b.leavings[i])) &&
      a.ghosts.length === b.ghosts.length &&
      a.ghosts.every((room, i) => room === b.ghosts[i]) &&
      [...a.added].every(([cell, count]) => b.added.get(cell) === count))
  );
}

function sameLeaving(a: Leaving, b: Leaving | undefined): boolean {
  return a === b || (b !== undefined && a.age === b.age && sameChoice(a, b));
}

function sameChoice(a: Choice, b: Choice): boolean {
  return (
    a.count === b.count &&
    sameList(a.cells, b.cells) &&
    (a.limits === b.limits || (a.limits !== undefined && b.limits !== undefined && sameList(a.limits, b.limits)))
  );
}

function sameOut(a: Out, b: Out | undefined): boolean {
  return (
    a === b ||
    (b !== undefined &&
      a.warming === b.warming &&
      a.fixed === b.fixed &&
      sameList(a.origins, b.origins) &&
      sameChoice(a, b))
  );
}

export function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((value, i) => value === b[i]));
}

/** The outs with one more among them: in one order whatever came first, and together with those of the same cells and origin. */
export function withOut(outs: readonly Out[], out: Out): readonly Out[] {
  if (out.count <= 0) return outs;
  let at = 0;
  for (let other = outs[at]; other !== undefined && before(other, out) <= 0; other = outs[at]) {
    if (canMerge(other, out)) return outs.with(at, { ...other, count: other.count + out.count });
    at += 1;
  }
  return outs.toSpliced(at, 0, out);
}

function before(a: Out, b: Out): number {
  return (a.cells[0] ?? 0) - (b.cells[0] ?? 0) || a.cells.length - b.cells.length;
}

function canMerge(a: Out, b: Out): boolean {
  return (
    a.limits === undefined &&
    b.limits === undefined &&
    a.warming === b.warming &&
    a.fixed === b.fixed &&
    sameList(a.cells, b.cells) &&
    sameList(a.origins, b.origins)
  );
}

/**
 * The state without outs that can no longer matter and without ghosts that nobody uses.
 * An out that holds only ghosts still matters while it shares one with another: the two competed for the same servers.
 */
export function tidied(world: World, state: State): State {
  const trueCells = world.cells.cells.length;
  if (state.ghosts.length === 0) return state;
  const live = new Set(state.outs.filter((out) => out.cells.some((cell) => cell < trueCells)));
  const used = new Set<number>();
  for (let grown = -1; grown !== used.size; ) {
    grown = used.size;
    for (const out of live) for (const cell of out.cells) if (cell >= trueCells) used.add(cell);
    for (const out of state.outs) if (out.cells.some((cell) => used.has(cell))) live.add(out);
  }
  const kept = [...used].sort((a, b) => a - b);
  const renamed = new Map(kept.map((cell, i) => [cell, trueCells + i]));
  const outs = state.outs.filter((out) => live.has(out));
  const rename = (out: Out) =>
    out.cells.every((cell) => (renamed.get(cell) ?? cell) === cell)
      ? out
      : { ...out, cells: out.cells.map((cell) => renamed.get(cell) ?? cell) };
  return {
    ...state,
    outs: kept.length === 0 ? outs : outs.map(rename),
    ghosts: kept.map((cell) => state.ghosts[cell - trueCells] ?? 0),
  };
}
