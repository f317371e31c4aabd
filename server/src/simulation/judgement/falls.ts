import { type Fall, lowerFall } from '../paths/fall.ts';
import type { Range } from '../paths/run.ts';
import { placedWith, type Take } from '../worlds/place.ts';

/** How a gauge falls in a part of a step, at worst; where as little may be left without the part, it is another choice under which it falls. */
export function fallFrom(before: Range, low: Range, bound: number, other: () => Fall | undefined): Fall | undefined {
  if (low.worst < before.worst) return { from: before.worst, to: low.worst };
  return low.worst < bound ? other() : undefined;
}

/** How low a sum comes where some of it goes with some of the takes; `whole` is what there would be had nothing been taken. */
export function fallOfSum(
  takes: readonly Take[],
  rooms: readonly number[],
  weight: (take: number, position: number) => number,
  own: readonly number[],
  whole: number,
): Fall | undefined {
  const found = placedWith(takes, rooms, weight, own, (take, position) => weight(take, position) > 0);
  if (found === undefined) return undefined;
  const to = whole - found.weight;
  return { from: to + found.own, to };
}

/** The lowest that a gauge comes to where it is lowered, of what it reads before and after under each choice. */
export function lowestFall(all: readonly (readonly number[])[]): Fall | undefined {
  let lowest: Fall | undefined;
  for (const [from = 0, to = from] of all) lowest = lowerFall(lowest, { from, to });
  return lowest;
}
