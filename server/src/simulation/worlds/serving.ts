import type { Figures } from '../outcome.ts';
import type { Branch } from './belief.ts';
import { type Open, roomsOf } from './open.ts';
import { weights } from './place.ts';

/** What some cells have in service: each at most, and all of them together. */
export interface Serving {
  readonly held: readonly number[];
  readonly all: Figures;
}

/** Undefined where an open holds more than there is. */
export function servingIn(branch: Branch, cells: readonly number[]): Serving | undefined {
  const held = new Map(cells.map((cell) => [cell, branch.known.at(cell)?.inService ?? 0]));
  for (const { cells: own } of [...branch.factors, ...branch.open])
    for (const cell of own) if (held.has(cell)) held.set(cell, 0);
  let worst = [...held.values()].reduce((sum, count) => sum + count, 0);
  let best = worst;
  for (const { cells: own, alternatives } of branch.factors) {
    const sums = alternatives.map(({ statuses }) => {
      let sum = 0;
      for (const [i, cell] of own.entries()) {
        const known = held.get(cell);
        const count = statuses[i]?.inService ?? 0;
        if (known === undefined) continue;
        held.set(cell, Math.max(known, count));
        sum += count;
      }
      return sum;
    });
    worst += Math.min(...sums);
    best += Math.max(...sums);
  }
  for (const open of branch.open) {
    const own = servingWith(open, cells, () => true);
    if (own === undefined) return undefined;
    worst += own.worst;
    best += own.best;
    for (const [i, count] of roomsOf(open).entries()) {
      const known = held.get(open.cells[i] ?? -1);
      if (known !== undefined) held.set(open.cells[i] ?? -1, known + count);
    }
  }
  return { held: cells.map((cell) => held.get(cell) ?? 0), all: { worst, best } };
}

/** What the cells have in service when so many of the takes have gone, at least and at most. */
export function servingWith(
  open: Open,
  cells: readonly number[],
  counts: (take: number) => boolean,
): Figures | undefined {
  const inside = new Set(cells);
  const rooms = roomsOf(open);
  const held = open.cells.reduce((sum, cell, i) => sum + (inside.has(cell) ? (rooms[i] ?? 0) : 0), 0);
  // What comes later does not bind yet: whether there is enough is not to be taken for granted.
  const takes = open.takes.filter((_, take) => counts(take));
  const out = weights(takes, rooms, (_, position) => (inside.has(open.cells[position] ?? -1) ? 1 : 0));
  return out && { worst: held - out.most, best: held - out.least };
}
