import { mostChoices } from '../limits.ts';
import type { Branch } from '../worlds/belief.ts';
import { alternativeTally, factorRange } from '../worlds/factor.ts';
import { baseTally, type Open, openRange, roomsOf, weightIn } from '../worlds/open.ts';
import type { World } from '../worlds/world.ts';
import { canKeepAll, type Limit } from './joint.ts';
import { undominated } from './spare.ts';

/** A sum that must not be less than the bound, and what a server of each take brings away from it. */
export interface Bound {
  readonly tally: number;
  readonly atLeast: number;
  readonly weight?: Limit['weight'];
}

const weightless = () => 0;

/**
 * Whether one way to place the takes of an open, and one choice of all that is unknown beside it, keeps every bound; `held` is what is known and what the open holds.
 * Undefined where it cannot be decided within the budget.
 */
export function canKeepBeside(
  world: World,
  rest: Pick<Branch, 'factors' | 'open'>,
  open: Open,
  held: readonly number[],
  bounds: readonly Bound[],
): boolean | undefined {
  const tallies = bounds.map(({ tally }) => tally);
  const varies = (of: (tally: number) => { readonly worst: number; readonly best: number }) =>
    tallies.some((tally) => of(tally).worst !== of(tally).best);
  const slack = bounds.map(({ tally, atLeast }) => (held[tally] ?? 0) - atLeast);
  const add = (of: (tally: number) => number) => {
    for (const [i, tally] of tallies.entries()) slack[i] = (slack[i] ?? 0) + of(tally);
  };
  const takes = [...open.takes];
  const rooms = [...roomsOf(open)];
  const weights = bounds.map(({ weight }) => [{ takes: takes.length, weight: weight ?? weightless }]);
  for (const one of rest.open) {
    if (!varies((tally) => openRange(world, one, tally))) {
      add((tally) => openRange(world, one, tally).worst);
      continue;
    }
    const base = baseTally(world, one);
    add((tally) => base[tally] ?? 0);
    const [firstTake, firstRoom] = [takes.length, rooms.length];
    for (const take of one.takes) takes.push({ ...take, positions: take.positions.map((at) => at + firstRoom) });
    rooms.push(...roomsOf(one));
    for (const [i, tally] of tallies.entries())
      weights[i]?.push({
        takes: takes.length,
        weight: (take, position) => weightIn(world, one, take - firstTake, position - firstRoom, tally),
      });
  }
  const offers: (readonly (readonly number[])[])[] = [];
  for (const factor of rest.factors) {
    if (!varies((tally) => factorRange(world, factor, tally))) {
      add((tally) => factorRange(world, factor, tally).worst);
      continue;
    }
    const all = factor.alternatives.map((one) => alternativeTally(world, factor, one));
    offers.push(undominated(all.map((values) => tallies.map((tally) => values[tally] ?? 0))));
  }
  let tries = 0;
  const place = (at: number, now: readonly number[]): boolean | undefined => {
    const offer = offers[at];
    if (offer === undefined) {
      const limits = weights.map(
        (own, i): Limit => ({
          slack: now[i] ?? 0,
          weight: (take, position) => own.find(({ takes: end }) => take < end)?.weight(take, position) ?? 0,
        }),
      );
      return canKeepAll(takes, rooms, limits);
    }
    let unsure = false;
    for (const values of offer) {
      if (++tries > mostChoices) return undefined;
      const kept = place(
        at + 1,
        now.map((sum, i) => sum + (values[i] ?? 0)),
      );
      if (kept) return true;
      unsure ||= kept === undefined;
    }
    return unsure ? undefined : false;
  };
  return place(0, slack);
}
