import { type Choice, spread } from './flow.ts';
import type { Witness } from './outcome.ts';
import { choicesOf, roomIn, type State, type World } from './state.ts';

/**
 * A choice of the servers that an action takes which leaves the subsystem the fewest units.
 * `before` is the state in which it takes them.
 */
export function witnessOf(world: World, before: State, taken: Choice, subsystem: number): readonly Witness[] {
  const { cells } = world.cells;
  const units = (cell: number) => cells[cell]?.group.units[subsystem] ?? 0;
  const heaviestFirst = [...new Set(taken.cells.map(units))].sort((a, b) => b - a);
  const order = [...heaviestFirst.map((bound) => (cell: number) => units(cell) >= bound), () => true];
  const choices = [taken, ...choicesOf(before)];
  const [mine] = spread(choices, (cell) => roomIn(world, before, cell), order).taken;
  const byGroup = new Map<string, number>();
  for (const [at, cell] of taken.cells.entries()) {
    const group = cells[cell]?.group.name;
    const count = mine?.[at] ?? 0;
    if (group !== undefined && count > 0) byGroup.set(group, (byGroup.get(group) ?? 0) + count);
  }
  return [...byGroup].map(([group, count]) => ({ group, count }));
}
