/** Servers that left a pool, unknown which: `count` of them, spread over `cells` in any way that fits. */
export interface Choice {
  readonly cells: readonly number[];
  readonly count: number;
  /** The most that can be of each of `cells`; undefined: all that the cell holds. */
  readonly limits: readonly number[] | undefined;
}

/**
 * The most servers that the choices can have taken together from the cells that `wanted` accepts.
 * Choices compete for the servers of a cell, so this is a maximum flow from choices to cells, not a sum.
 * Whatever is not taken from the wanted cells can be taken from the others, as long as all choices fit at all: the ways to spread them are the bases of a polymatroid.
 */
export function mostFrom(
  choices: readonly Choice[],
  room: (cell: number) => number,
  wanted: (cell: number) => boolean,
): number {
  const [only] = choices;
  if (only === undefined) return 0;
  if (choices.length === 1) {
    let sum = 0;
    for (const [i, cell] of only.cells.entries())
      if (wanted(cell)) sum += Math.min(room(cell), only.limits?.[i] ?? Infinity);
    return Math.min(only.count, sum);
  }
  return spread(choices, room, [wanted]).total;
}

/**
 * Spreads the choices over the cells, filling the cells that the first of `order` accepts as far as possible, then those of the second, and so on.
 * `taken[choice]` says how many of each of the choice's cells; `total` counts the servers placed.
 */
export function spread(
  choices: readonly Choice[],
  room: (cell: number) => number,
  order: readonly ((cell: number) => boolean)[],
): { readonly taken: readonly (readonly number[])[]; readonly total: number } {
  const taken = choices.map((choice) => choice.cells.map(() => 0));
  const left = choices.map((choice) => choice.count);
  const free = new Map<number, number>();
  const users = new Map<number, { choice: number; at: number }[]>();
  for (const [choice, { cells }] of choices.entries()) {
    for (const [at, cell] of cells.entries()) {
      users.set(cell, [...(users.get(cell) ?? []), { choice, at }]);
      free.set(cell, room(cell));
    }
  }
  const open = new Set<number>();
  let total = 0;
  for (const accepts of order) {
    for (const cell of users.keys()) if (accepts(cell)) open.add(cell);
    for (const [choice] of choices.entries()) {
      for (let placed = augment(choice); placed > 0; placed = augment(choice)) total += placed;
    }
  }
  return { taken, total };

  /** Pushes as many servers as one path holds from a choice to a cell with room, moving others aside; 0 where none is left. */
  function augment(start: number): number {
    if ((left[start] ?? 0) === 0) return 0;
    const queue: { choice: number; path: readonly Hop[] }[] = [{ choice: start, path: [] }];
    const seenCells = new Set<number>();
    const seenChoices = new Set([start]);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { choice, path } = next;
      for (const [at, cell] of (choices[choice]?.cells ?? []).entries()) {
        const most = choices[choice]?.limits?.[at] ?? Infinity;
        const spare = most - (taken[choice]?.[at] ?? 0);
        if (!open.has(cell) || seenCells.has(cell) || spare <= 0) continue;
        seenCells.add(cell);
        const here = [...path, { choice, at, back: false }];
        const space = free.get(cell) ?? 0;
        if (space > 0) return push(here, cell, space);
        for (const user of users.get(cell) ?? []) {
          if (seenChoices.has(user.choice) || (taken[user.choice]?.[user.at] ?? 0) === 0) continue;
          seenChoices.add(user.choice);
          queue.push({ choice: user.choice, path: [...here, { choice: user.choice, at: user.at, back: true }] });
        }
      }
    }
    return 0;

    function push(path: readonly Hop[], cell: number, space: number): number {
      let amount = Math.min(space, left[start] ?? 0);
      for (const { choice, at, back } of path) {
        const flow = taken[choice]?.[at] ?? 0;
        amount = Math.min(amount, back ? flow : (choices[choice]?.limits?.[at] ?? Infinity) - flow);
      }
      for (const { choice, at, back } of path) {
        const row = taken[choice];
        if (row !== undefined) row[at] = (row[at] ?? 0) + (back ? -amount : amount);
      }
      free.set(cell, space - amount);
      left[start] = (left[start] ?? 0) - amount;
      return amount;
    }
  }
}

/** One edge of an augmenting path: servers of a choice that are placed in a cell, or taken back from it. */
interface Hop {
  readonly choice: number;
  readonly at: number;
  readonly back: boolean;
}
