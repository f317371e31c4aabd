import type { Seconds } from '../../model/leaf.ts';
import type { Branch } from './belief.ts';
import { laterFactor, openLater, withFactor, withOpen } from './elapse.ts';
import type { Alternative, Factor, Leaving } from './factor.ts';
import { leavingsKey, withLeaving } from './leavings.ts';
import type { WrittenOut } from './open.ts';
import { alternativeKey } from './same.ts';
import { keyOf } from './status.ts';
import type { World } from './world.ts';

/** A factor as it is by now, and what each of its alternatives remembers, by how the cells are. */
interface Kept {
  readonly factor: Factor;
  readonly leavings: ReadonlyMap<string, readonly Leaving[]>;
}

/**
 * The branch whose last factor is what a step has made of some factors, with these as they were where the step has changed none of them and ruled nothing out:
 * then they depend on one another no more than before, and one that was written out for the step alone is left open again.
 */
export function untouched(world: World, branch: Branch, before: readonly Factor[]): Branch {
  const last = branch.factors.at(-1);
  if (last === undefined || before.length === 0 || (before.length === 1 && !before.some(isWrittenOut))) return branch;
  const kept: Kept[] = [];
  let ways = 1;
  for (const factor of before) {
    const one = keptOf(laterFactor(world, factor, branch.now), branch.now);
    if (one === undefined) return branch;
    kept.push(one);
    ways *= one.leavings.size;
  }
  const cells = new Set(before.flatMap((factor) => factor.cells));
  if (last.alternatives.length !== ways || last.cells.length !== cells.size) return branch;
  if (!last.cells.every((cell) => cells.has(cell))) return branch;
  const places = before.map((factor) => factor.cells.map((cell) => last.cells.indexOf(cell)));
  let common: readonly Leaving[] | undefined;
  for (const alternative of last.alternatives) {
    const own = leftBeside(alternative, kept, places, branch.now);
    if (own === undefined) return branch;
    if (common !== undefined && leavingsKey(own, branch.now) !== leavingsKey(common, branch.now)) return branch;
    common ??= own;
  }
  const rest: Branch = {
    ...branch,
    factors: branch.factors.slice(0, -1),
    leavings: (common ?? []).reduce(withLeaving, branch.leavings),
  };
  return kept.reduce((made, { factor }) => {
    return isWrittenOut(factor)
      ? withOpen(world, made, openLater(factor.from, branch.now))
      : withFactor(world, made, factor);
  }, rest);
}

function isWrittenOut(factor: Factor): factor is WrittenOut {
  return 'from' in factor;
}

/** Undefined where two alternatives differ in what has left alone: then the cells do not say which of them it is. */
function keptOf(factor: Factor, now: Seconds): Kept | undefined {
  const distinct = new Map(factor.alternatives.map((one) => [alternativeKey(one, now), one]));
  const leavings = new Map(
    [...distinct.values()].map((one) => [statusesKey(one.statuses, now), one.leavings] as const),
  );
  return leavings.size === distinct.size ? { factor, leavings } : undefined;
}

/** What an alternative remembers that none of the factors did; undefined where the cells of one are not as they were in any of its alternatives. */
function leftBeside(
  { statuses, leavings }: Alternative,
  kept: readonly Kept[],
  places: readonly (readonly number[])[],
  now: Seconds,
): readonly Leaving[] | undefined {
  let left: readonly Leaving[] | undefined = leavings.reduce<readonly Leaving[]>(withLeaving, []);
  for (const [i, one] of kept.entries()) {
    const own = one.leavings.get(statusesKey(places[i]?.flatMap((place) => statuses[place] ?? []) ?? [], now));
    left = own && left && without(left, own);
  }
  return left;
}

function statusesKey(statuses: Alternative['statuses'], now: Seconds): string {
  return statuses.map((status) => keyOf(status, now)).join(';');
}

/** Undefined where more is to be taken away than is there. */
function without(all: readonly Leaving[], some: readonly Leaving[]): readonly Leaving[] | undefined {
  let left = all;
  for (const { at, parts } of some) {
    const place = left.findIndex((one) => one.at === at);
    const units = new Map(left[place]?.parts);
    for (const [subsystem, less] of parts) {
      const more = (units.get(subsystem) ?? 0) - less;
      if (more < 0) return undefined;
      if (more === 0) units.delete(subsystem);
      else units.set(subsystem, more);
    }
    left = units.size === 0 ? left.toSpliced(place, 1) : left.with(place, { at, parts: [...units] });
  }
  return left;
}
