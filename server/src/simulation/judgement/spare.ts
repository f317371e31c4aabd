import { mostCompared, mostTries, mostWritten } from '../limits.ts';
import { alternativeTally, type Factor, factorRange } from '../worlds/factor.ts';
import { type Open, openRange, writtenOut } from '../worlds/open.ts';
import type { World } from '../worlds/world.ts';

/** What the other factors have to leave a tally, so that a bound is kept. */
export interface Need {
  readonly tally: number;
  readonly atLeast: number;
}

/**
 * Whether one choice in each factor meets all needs at once; undefined where the budget does not suffice to tell.
 * Each need alone may be met by another choice, so they cannot be looked at one by one (docs/simulation.md §3).
 */
export function canMeetAll(
  world: World,
  rest: { readonly factors: readonly Factor[]; readonly open: readonly Open[] },
  needs: readonly Need[],
): boolean | undefined {
  const factors = [...rest.factors];
  const wanted = needs.map(({ atLeast }) => atLeast);
  for (const one of rest.open) {
    const brings = needs.map(({ tally }) => openRange(world, one, tally));
    // Where it does not matter to the needs how its servers are placed, it only adds what it brings.
    const factor = brings.every(({ worst, best }) => worst === best)
      ? 'settled'
      : writtenOut(world, one, 0, mostWritten);
    if (factor === undefined) return undefined;
    if (factor === 'settled') for (const [i, { worst }] of brings.entries()) wanted[i] = (wanted[i] ?? 0) - worst;
    else factors.push(factor);
  }
  const open = factors.filter((factor) =>
    needs.some(({ tally }) => {
      const { worst, best } = factorRange(world, factor, tally);
      return worst !== best || best !== 0;
    }),
  );
  const tallies = needs.map(({ tally }) => tally);
  const offers = open.map((factor) =>
    undominated(
      factor.alternatives.map((one) => tallies.map((tally) => alternativeTally(world, factor, one)[tally] ?? 0)),
    ),
  );
  // The most that the factors from each on can still add.
  const most: number[][] = [];
  let after = needs.map(() => 0);
  for (const offer of offers.toReversed()) {
    most.unshift(after);
    after = after.map((sum, i) => sum + Math.max(...offer.map((values) => values[i] ?? 0)));
  }
  let tries = 0;
  const place = (at: number, sums: readonly number[]): boolean | undefined => {
    const offer = offers[at];
    if (offer === undefined) return wanted.every((atLeast, i) => (sums[i] ?? 0) >= atLeast);
    let unsure = false;
    for (const values of offer) {
      if (++tries > mostTries) return undefined;
      const next = sums.map((sum, i) => sum + (values[i] ?? 0));
      if (!wanted.every((atLeast, i) => (next[i] ?? 0) + (most[at]?.[i] ?? 0) >= atLeast)) continue;
      const met = place(at + 1, next);
      if (met) return true;
      unsure ||= met === undefined;
    }
    return unsure ? undefined : false;
  };
  return place(
    0,
    needs.map(() => 0),
  );
}

/** Without those that another is at least as good as in everything. */
export function undominated(offers: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const distinct = [...new Map(offers.map((offer) => [offer.join(), offer])).values()];
  if (distinct.length > mostCompared) return distinct;
  return distinct.filter(
    (offer) => !distinct.some((other) => other !== offer && other.every((value, i) => value >= (offer[i] ?? 0))),
  );
}
