import type { RemovalLimit } from '../model/fleet.ts';
import type { Amount, Seconds } from '../model/leaf.ts';
import { percentRoundedDown } from '../model/quantity.ts';
import type { Rate } from './capacity.ts';
import { type Choice, mostFrom } from './flow.ts';
import type { RateBreach } from './outcome.ts';
import { heldBy, type Leaving, type State, type World } from './state.ts';

/** The limit of a subsystem: its own, else the fleet's; a percent is of full strength and rounds down, against the remover. */
export function rateOf(
  own: RemovalLimit | undefined,
  fleets: RemovalLimit | undefined,
  full: number,
): Rate | undefined {
  const said = own?.limit !== undefined ? own : fleets;
  const limit = said?.limit?.value;
  const window = said?.window?.value;
  return limit === undefined || window === undefined ? undefined : { limit: unitsOf(limit, full), window };
}

/** Units of a limit. */
function unitsOf(limit: Amount, full: number): number {
  if (limit.unit === 'all') return full;
  return limit.unit === 'servers' ? limit.value : percentRoundedDown(limit.value, full);
}

/** The state in which these servers have just left too. */
export function left(world: World, state: State, leaving: Choice): State {
  if (world.window === 0 || leaving.count === 0) return state;
  const now: Leaving = { ...leaving, age: 0 };
  const at = state.leavings.findIndex((other) => other.age === 0 && sameCells(other.cells, now.cells));
  const other = state.leavings[at];
  const leavings = other === undefined ? [...state.leavings, now] : state.leavings.with(at, sum(other, now));
  return { ...state, leavings };
}

function sum(a: Leaving, b: Leaving): Leaving {
  const limits = a.limits && b.limits && a.limits.map((limit, i) => limit + (b.limits?.[i] ?? 0));
  return { ...a, count: a.count + b.count, limits };
}

function sameCells(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((cell, i) => cell === b[i]);
}

/** What is forgotten after so many seconds, and what has grown older. */
export function aged(world: World, leavings: readonly Leaving[], seconds: Seconds): readonly Leaving[] {
  if (seconds === 0 || leavings.length === 0) return leavings;
  return leavings.flatMap((leaving) => {
    const age = leaving.age + seconds;
    return age < world.window ? [{ ...leaving, age }] : [];
  });
}

/**
 * The subsystems of which the window that ends now holds more than their limit (SPEC §5.6).
 * Only what left just now can break a limit anew, so only subsystems that `leaving` serves are looked at.
 */
export function rateBreaches(world: World, state: State, leaving: Choice): readonly RateBreach[] {
  const { cells } = world.cells;
  return world.capacity.subsystems.flatMap(({ index, name, rate }) => {
    const units = (cell: number) => cells[cell]?.group.units[index] ?? 0;
    if (rate === undefined || leaving.count === 0 || !leaving.cells.some((cell) => units(cell) > 0)) return [];
    const recent = state.leavings.filter(({ age }) => age < rate.window);
    const { least, most } = unitsThatLeft(world, state, recent, units);
    return most > rate.limit ? [{ subsystem: name, least, most, rate }] : [];
  });
}

/** A server that has not come back cannot leave twice; once something has come back, each leaving is counted for itself. */
function unitsThatLeft(
  world: World,
  state: State,
  leavings: readonly Leaving[],
  units: (cell: number) => number,
): { readonly least: number; readonly most: number } {
  const room = (cell: number) => (state.returned ? Number.MAX_SAFE_INTEGER : heldBy(world, state, cell));
  const weights = [...new Set([0, ...leavings.flatMap(({ cells }) => cells.map(units))])].sort((a, b) => b - a);
  const total = leavings.reduce((sum, { count }) => sum + count, 0);
  let most = 0;
  let spared = 0;
  for (const [i, bound] of weights.entries()) {
    const drop = bound - (weights[i + 1] ?? bound);
    if (drop === 0) continue;
    most += drop * mostFrom(leavings, room, (cell) => units(cell) >= bound);
    spared += drop * mostFrom(leavings, room, (cell) => units(cell) < bound);
  }
  return { least: Math.max(0, (weights[0] ?? 0) * total - spared), most };
}
