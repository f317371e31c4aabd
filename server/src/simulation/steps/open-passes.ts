import { cellWeight, type Open, roomsOf } from '../worlds/open.ts';
import { weights } from '../worlds/place.ts';
import type { World } from '../worlds/world.ts';
import type { Moment } from './moment.ts';

/**
 * What some batch of a restart takes from a tally in any case, where it restarts everything that it finds:
 * what the others leave in service when it begins has to be in one of its batches.
 */
export function lostInPassing(world: World, open: Open, { rolls }: Moment, tally: number): number {
  let most = 0;
  const rooms = roomsOf(open);
  for (const { take, others, rounds } of rolls?.passes ?? []) {
    const inside = new Set(open.takes[take]?.positions);
    const weight = (position: number) =>
      inside.has(position) ? cellWeight(world, open.cells[position] ?? -1, tally) : 0;
    const out = weights(
      others.flatMap((other) => open.takes[other] ?? []),
      rooms,
      (_, position) => weight(position),
    );
    const counting = [...inside].filter((position) => weight(position) > 0 && (rooms[position] ?? 0) > 0);
    const all = counting.reduce((sum, position) => sum + weight(position) * (rooms[position] ?? 0), 0);
    const left = out === undefined ? 0 : all - out.most;
    if (left <= 0) continue;
    most = Math.max(most, Math.ceil(left / rounds), Math.min(...counting.map(weight)));
  }
  return most;
}
