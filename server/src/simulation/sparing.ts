import { choicesOf, outOf, roomIn, type State, type World } from './state.ts';

/** Units of a subsystem, by its index, that have to stay in service. */
export interface Need {
  readonly subsystem: number;
  readonly atLeast: number;
}

/** Cells that weigh the same for every need and are open to the same choices: nothing tells them apart here. */
interface Kind {
  readonly weights: readonly number[];
  readonly open: readonly number[];
  room: number;
}

/** How many ways are tried before the question is left open. */
const budget = 50_000;

/**
 * Whether one and the same choice of servers leaves every need met; undefined where it cannot be decided within the budget.
 * Each subsystem alone may be spared by another choice, so the needs cannot be looked at one by one (SPEC §5.3).
 */
export function canSpareAll(world: World, state: State, needs: readonly Need[]): boolean | undefined {
  const choices = choicesOf(state);
  if (choices.some((choice) => choice.limits !== undefined)) return undefined;
  const slack = slackOf(world, state, needs);
  const kinds = kindsOf(world, state, needs);
  const left = choices.map((choice) => choice.count);
  let tries = 0;
  return place(0, 0);

  /** Places what is left of the choices in the kinds from `at` on; the choices before `user` are done with this one. */
  function place(at: number, user: number): boolean | undefined {
    const kind = kinds[at];
    if (kind === undefined) return left.every((count) => count === 0);
    const choice = kind.open[user];
    if (choice === undefined) return place(at + 1, 0);
    let unsure = false;
    for (let count = Math.min(kind.room, left[choice] ?? 0); count >= 0; count--) {
      if (++tries > budget) return undefined;
      if (!kind.weights.every((weight, i) => (slack[i] ?? 0) >= weight * count)) continue;
      move(kind, choice, count);
      const spared = place(at, user + 1);
      move(kind, choice, -count);
      if (spared) return true;
      unsure ||= spared === undefined;
    }
    return unsure ? undefined : false;
  }

  function move(kind: Kind, choice: number, count: number): void {
    kind.room -= count;
    left[choice] = (left[choice] ?? 0) - count;
    for (const [i, weight] of kind.weights.entries()) slack[i] = (slack[i] ?? 0) - weight * count;
  }
}

/** What each need can lose, before the choices are placed. */
function slackOf(world: World, state: State, needs: readonly Need[]): number[] {
  const settled = { ...state, outs: state.outs.filter((out) => out.cells.length === 1) };
  return needs.map(({ subsystem, atLeast }) => {
    const weight = (cell: number) => world.cells.cells[cell]?.group.units[subsystem] ?? 0;
    let held = world.held[subsystem] ?? 0;
    for (const [cell, count] of state.added) held += count * weight(cell);
    return held - outOf(world, settled, weight).most - atLeast;
  });
}

/** The lightest first, where servers go with the least harm. */
function kindsOf(world: World, state: State, needs: readonly Need[]): readonly Kind[] {
  const choices = choicesOf(state);
  const kinds = new Map<string, Kind>();
  for (const cell of new Set(choices.flatMap((choice) => choice.cells))) {
    const weights = needs.map(({ subsystem }) => world.cells.cells[cell]?.group.units[subsystem] ?? 0);
    const open = choices.flatMap((choice, i) => (choice.cells.includes(cell) ? [i] : []));
    const key = `${weights.join()} of ${open.join()}`;
    kinds.set(key, { weights, open, room: roomIn(world, state, cell) + (kinds.get(key)?.room ?? 0) });
  }
  const total = (kind: Kind) => kind.weights.reduce((sum, weight) => sum + weight, 0);
  return [...kinds.values()].sort((a, b) => total(a) - total(b));
}
