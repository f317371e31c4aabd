import type { Seconds } from '../../model/leaf.ts';
import type { Belief, Branch } from './belief.ts';
import { stillHeard, withEcho } from './echoes.ts';
import { type Alternative, countCell, type Factor, type Leaving } from './factor.ts';
import { withLeft } from './leavings.ts';
import { joinedTakes, type Open, type OpenTake, tidied, wholeOf } from './open.ts';
import { alternativeKey, branchKey, isWithoutTime } from './same.ts';
import { keyOf, settled, statusOf } from './status.ts';
import { Tally } from './tally.ts';
import type { World } from './world.ts';

/** Leavings that a window may still hold. */
export function recent(world: World, leavings: readonly Leaving[], now: Seconds): readonly Leaving[] {
  const first = leavings.findIndex(({ at }) => now - at < world.window);
  if (first === 0) return leavings;
  return first < 0 ? [] : leavings.slice(first);
}

/** Time passes, and what has warmed up is in service. */
export function passTime(world: World, belief: Belief, seconds: Seconds): Belief {
  if (seconds === 0) return belief;
  return merged(
    world,
    belief.branches.map((branch) => later(world, branch, branch.now + seconds)),
  );
}

export function later(world: World, branch: Branch, now: Seconds): Branch {
  const { known, tally, timed } = branch.timed.length === 0 ? branch : warmedUntil(world, branch, now);
  const aged: Branch = {
    now,
    known,
    tally,
    timed,
    leavings: recent(world, branch.leavings, now),
    factors: [],
    open: [],
    echoes: branch.echoes.length === 0 ? branch.echoes : stillHeard(world, branch.echoes, now),
  };
  return branch.factors.length + branch.open.length === 0 ? aged : withUncertain(world, branch, aged);
}

/** What has warmed up until then is in service. */
function warmedUntil(world: World, branch: Branch, now: Seconds): Pick<Branch, 'known' | 'tally' | 'timed'> {
  const changed = branch.timed.map((cell) => settled(branch.known.at(cell) ?? statusOf(0), now));
  const known = branch.known.with(branch.timed, (i) => changed[i] ?? statusOf(0));
  let { tally } = branch;
  if (known !== branch.known) {
    const fresh = tally.values();
    for (const [i, cell] of branch.timed.entries()) {
      countCell(world, fresh, cell, branch.known.at(cell), -1);
      countCell(world, fresh, cell, changed[i], 1);
    }
    tally = Tally.of(fresh);
  }
  const timed =
    known === branch.known ? branch.timed : branch.timed.filter((_, i) => (changed[i]?.warming.length ?? 0) > 0);
  return { known, tally, timed };
}

/** With what is uncertain of the branch, as it is at the moment of the aged one. */
function withUncertain(world: World, branch: Branch, aged: Branch): Branch {
  const { now } = aged;
  const opened = branch.open.reduce((made, open) => withOpen(world, made, openLater(open, now)), aged);
  return branch.factors.reduce((made, factor) => withFactor(world, made, laterFactor(world, factor, now)), opened);
}

/** The branch with an open; where everything has come back, its cells are known again. */
export function withOpen(world: World, before: Branch, made: Open): Branch {
  const { branch, open: timeless } = withLeft(world, before, made);
  const open = joinedTakes(world, timeless, branch.now);
  const left = tidied(open);
  // A rate remembers what is back too.
  const gone = open.takes.filter(
    (take) => !(left?.takes.includes(take) ?? false) && branch.now - take.at < world.window,
  );
  const heard = withEcho(world, branch, { ...open, takes: gone });
  if (left !== undefined) return { ...heard, open: [...branch.open, left] };
  return withFactor(world, heard, wholeOf(open));
}

/** The factor when time has passed. */
export function laterFactor(world: World, factor: Factor, now: Seconds): Factor {
  const isTimed = factor.alternatives.some(
    ({ statuses, leavings }) => leavings.length > 0 || statuses.some(({ warming }) => warming.length > 0),
  );
  if (!isTimed) return factor;
  const alternatives = factor.alternatives.map(({ statuses, leavings }) => ({
    statuses: statuses.map((status) => settled(status, now)),
    leavings: recent(world, leavings, now),
  }));
  return { ...factor, alternatives };
}

/** The branch with what is known of some cells; alternatives that are the same are one, and cells that all of them agree on are known. */
export function withFactor(world: World, branch: Branch, factor: Factor): Branch {
  const distinct = new Map<string, Alternative>();
  if (factor.alternatives.length > 1)
    for (const one of factor.alternatives) distinct.set(alternativeKey(one, branch.now), one);
  const alternatives = factor.alternatives.length > 1 ? [...distinct.values()] : factor.alternatives;
  const [first] = alternatives;
  if (first === undefined) return branch;
  const agreed = alternatives.length === 1 ? factor.cells.map(() => true) : agreement(alternatives, branch.now);
  const cells = factor.cells.filter((_, i) => agreed[i]);
  const statuses = first.statuses.filter((_, i) => agreed[i]);
  const tally = branch.tally.values();
  for (const [i, cell] of cells.entries()) countCell(world, tally, cell, statuses[i], 1);
  const warm = cells.filter((_, i) => (statuses[i]?.warming.length ?? 0) > 0);
  const settledBranch: Branch = {
    ...branch,
    known: branch.known.with(cells, (i) => statuses[i] ?? statusOf(0)),
    tally: Tally.of(tally),
    timed: warm.length === 0 ? branch.timed : [...branch.timed, ...warm],
  };
  if (alternatives.length === 1) return { ...settledBranch, leavings: inOrder(branch.leavings, first.leavings) };
  const rest: Factor = {
    cells: factor.cells.filter((_, i) => !agreed[i]),
    alternatives:
      cells.length === 0
        ? alternatives
        : alternatives.map((one) => ({ statuses: one.statuses.filter((_, i) => !agreed[i]), leavings: one.leavings })),
  };
  return { ...settledBranch, factors: [...settledBranch.factors, rest] };
}

function agreement(alternatives: readonly Alternative[], now: Seconds): readonly boolean[] {
  const [first, ...others] = alternatives;
  return (first?.statuses ?? []).map((status, i) => {
    const key = keyOf(status, now);
    return others.every(
      ({ statuses }) => statuses[i] === status || (statuses[i] !== undefined && keyOf(statuses[i], now) === key),
    );
  });
}

function inOrder(a: readonly Leaving[], b: readonly Leaving[]): readonly Leaving[] {
  if (a.length === 0) return b;
  return b.length === 0 ? a : [...a, ...b].sort((x, y) => x.at - y.at);
}

/** Branches that say the same are one; where nothing is a matter of time any more, the clock is not either. */
export function merged(world: World, branches: readonly Branch[]): Belief {
  const [first] = branches;
  if (first === undefined || branches.length === 1) return { branches };
  const latest = branches.reduce((last, { now }) => Math.max(last, now), 0);
  const isTimeless = branches.every(isWithoutTime);
  const byKey = new Map<string, Branch>();
  for (const branch of branches) {
    const one = isTimeless ? { ...branch, now: latest } : branch;
    const key = branchKey(world, one);
    if (!byKey.has(key)) byKey.set(key, one);
  }
  return { branches: [...byKey.values()] };
}

/** The open when time has passed. */
export function openLater(open: Open, now: Seconds): Open {
  const cells = [...open.cells];
  const base = open.base.map((status) => settled(status, now));
  const isSame = base.every((status, i) => status === open.base[i]);
  for (const [position, { inService }] of open.base.entries()) {
    const status = base[position];
    // What was taken before cannot have been taken of what joins now.
    if (status === undefined || status.inService === inService) continue;
    if (!open.takes.some(({ positions }) => positions.includes(position))) continue;
    base[position] = { ...status, inService };
    base.push(statusOf(status.inService - inService));
    cells.push(cells[position] ?? Number.NaN);
  }
  const takes = open.takes.map((take) => warmedUp(take, now));
  if (isSame && takes.every((take, i) => take === open.takes[i])) return open;
  return isSame ? { ...open, takes } : { cells, base, takes };
}

function warmedUp(take: OpenTake, now: Seconds): OpenTake {
  const { state } = take;
  if (typeof state !== 'object' || ![...state.ready.values()].some((ready) => ready <= now)) return take;
  const ready = new Map([...state.ready].filter(([, at]) => at > now));
  return { ...take, state: ready.size === 0 ? 'back' : { ready } };
}
