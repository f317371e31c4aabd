import type { Seconds } from '../../model/leaf.ts';
import { mostConditions, mostTails } from '../limits.ts';
import type { Work } from '../work.ts';
import type { Branch } from '../worlds/belief.ts';
import { echoWays, extremesOf, pastsOf, withEcho, withOneOf, withoutPast, withRatesOpen } from '../worlds/echoes.ts';
import { later, recent, withFactor } from '../worlds/elapse.ts';
import type { Echo, Left, OpenTake, Past } from '../worlds/open.ts';
import { aged, distinctPasts, joined, pastOf } from '../worlds/past.ts';
import { placed, type Take } from '../worlds/place.ts';
import { isOutForGood, isWithoutTime } from '../worlds/same.ts';
import { statusOf } from '../worlds/status.ts';
import type { Scope, World } from '../worlds/world.ts';
import { type Course, lengths, shortest } from './restart-course.ts';
import { allTails, extremeTails } from './restart-tails.ts';

interface End {
  readonly end: Seconds;
  /** What left not long before. */
  readonly left: Left;
}

/** An echo, and the ways in which it may have been where these are few. */
interface Written {
  readonly all: Echo;
  readonly ways: ReturnType<typeof echoWays>;
}

/** The ends of a restart that began at one moment. */
interface Ended {
  readonly ends: readonly End[];
  readonly latest: Seconds;
  /** What left not long before each of them, had it been the latest. */
  readonly pasts: readonly Past[];
  /** What is remembered of these, where they are over at the same time. */
  alone?: Written;
}

/** The ends of one restart, by what they depend on; undefined where they are too many. */
export type KnownEnds = Map<string, Ended | undefined>;

/** What goes on around a restart. */
interface Around {
  /** The step that it is in is not over before. */
  readonly notBefore: Seconds;
  /** It is known how long all else takes, so that ways in which it may end can be told from that end. */
  readonly mayJoin?: boolean;
}

/**
 * What is the case when a restart is over: everything is back, and rates remember what left not long ago, unknown which servers it was.
 * Where one batch may be out longer than another, there is a branch for each way in which the last ones may have been.
 * Undefined where these are too many. `known` remembers what was looked at for other branches.
 */
export function endsOf(
  world: World,
  branch: Branch,
  scope: Scope,
  course: Course,
  known: KnownEnds,
  work: Work,
  { notBefore, mayJoin = true }: Around,
): readonly Branch[] | undefined {
  const lengths = lengthsOf(world, branch, course, notBefore);
  if (lengths === undefined) return undefined;
  const bound = course.bound.map(({ positions, count }) => `${positions}x${count}`);
  const key = `${branch.now} ${notBefore} ${course.left} ${course.batch} ${course.due} ${lengths} ${bound}`;
  /** All of them, or those that show no more than what any one window holds; each is a flow that has to find room. */
  const endsFrom = (isRough: boolean) => {
    const own = `${key} ${isRough}`;
    if (known.has(own)) return known.get(own);
    const found = endedAt(world, branch.now, scope, course, lengths, notBefore, isRough);
    work.done += found?.ends.length ?? 0;
    known.set(own, found);
    return found;
  };
  const inOne = (ended: Ended | undefined) =>
    mayJoin && ended !== undefined && ended.ends.length > 1 ? inOneBranch(world, branch, ended, work) : undefined;
  const ended = endsFrom(false);
  const one =
    inOne(ended) ?? (ended === undefined || ended.ends.length > world.fewWays ? inOne(endsFrom(true)) : undefined);
  if (one !== undefined || ended === undefined) return one && [one];
  return ended.ends.map(({ end, left }): Branch => {
    const after = later(world, branch, end);
    const heard = scope.rates.length === 0 ? after : withEcho(world, after, left);
    return { ...heard, leavings: recent(world, heard.leavings, end) };
  });
}

/** Undefined where the ends are too many. */
function endedAt(
  world: World,
  now: Seconds,
  scope: Scope,
  course: Course,
  lengths: readonly Seconds[],
  notBefore: Seconds,
  isRough: boolean,
): Ended | undefined {
  const { due, lasts, bound, beside } = course;
  const cells = [...scope.cells, ...beside.map(({ cell }) => cell)];
  const rooms = [...due, ...beside.map(({ servers }) => servers)];
  const held = bound.map(({ positions, count }): OpenTake => {
    return { positions, count, origin: '', at: Number.NEGATIVE_INFINITY, state: 'back' };
  });
  const most = isRough ? mostTails : mostConditions;
  const tails = [...firstOf(isRough ? extremeTails(course, world.window) : allTails(course, world.window), most)];
  if (tails.length > most) return undefined;
  const ends: End[] = [];
  for (const { takes: aged, lasted } of tails) {
    const takes = new Map<string, Take & { readonly age: Seconds }>();
    for (const { age, count, isFrom } of aged) {
      const positions = due.flatMap((_, position) => (isFrom(lasts[position] ?? 0) ? [position] : []));
      const key = `${age} ${positions}`;
      if (count > 0) takes.set(key, { age, positions, count: count + (takes.get(key)?.count ?? 0) });
    }
    if (placed([...takes.values(), ...bound], rooms, () => 0) === undefined) continue;
    for (const length of lasted === undefined ? lengths : [lasted]) {
      const back = now + length;
      const end = Math.max(back, notBefore);
      const gone = [...takes.values()].map(
        ({ age, ...take }): OpenTake => ({ ...take, origin: '', at: back - age, state: 'back' }),
      );
      const base = rooms.map((count) => statusOf(count));
      ends.push({ end, left: { cells, base, takes: gone.length === 0 ? gone : [...gone, ...held], isRough } });
    }
  }
  const latest = Math.max(...ends.map(({ end }) => end));
  const pasts = ends.map(({ end, left }) => aged(pastOf(world, left), latest - end));
  return { ends, latest, pasts };
}

/** The first of them, and one more where there are more. */
function* firstOf<T>(all: Iterable<T>, most: number): Generator<T> {
  let count = 0;
  for (const one of all) {
    yield one;
    count += 1;
    if (count > most) return;
  }
}

/** How long the restart may take where that is longer than any window: where it makes no difference, as long as it may. Undefined where these are too many. */
function lengthsOf(world: World, branch: Branch, course: Course, notBefore: Seconds): readonly Seconds[] | undefined {
  const first = branch.now + shortest(course);
  const soonest = Math.max(first, branch.now + world.window);
  const isWarm =
    branch.timed.every((cell) => branch.known.at(cell)?.warming.every(({ ready }) => ready <= soonest) ?? true) &&
    branch.open.every(({ takes }) =>
      takes.every(({ state }) => typeof state !== 'object' || [...state.ready.values()].every((at) => at <= soonest)),
    );
  // What it is in may be over later, so that it counts how long before that its batches went.
  const isLast = first >= notBefore || branch.now + course.longest + world.window <= notBefore;
  if (isWarm && isLast) return [course.longest];
  const all = lengths(course, mostTails);
  return world.window > 0 && all?.length !== 1 ? undefined : all;
}

/** Where nothing but what left of late tells the ends apart, one branch that leaves open which of them it was. */
function inOneBranch(world: World, branch: Branch, ended: Ended, work: Work): Branch | undefined {
  const { ends, latest, pasts } = ended;
  const first = Math.min(...ends.map(({ end }) => end));
  if (first === latest) {
    ended.alone ??= echoOf(world, pasts, latest);
    const after = later(world, branch, latest);
    return leavingOpen(world, { ...after, leavings: recent(world, after.leavings, latest) }, ended.alone);
  }
  const before = pastsBefore(world, later(world, branch, first), first, ends.length, work);
  if (before === undefined) return undefined;
  const all = ends.flatMap(({ end }, i) =>
    before.map((past) => joined(aged(past, latest - end), pasts[i] ?? { leavings: [], opens: [] })),
  );
  const echo = echoOf(world, all, latest);
  work.done += echo.all.length >> 1;
  return leavingOpen(world, withoutPast(later(world, branch, latest)), echo);
}

/** What the branch remembers, where nothing else of it is a matter of time; where that is much to be joined with so many ends, the least and the most of it. */
function pastsBefore(
  world: World,
  branch: Branch,
  now: Seconds,
  ends: number,
  work: Work,
): readonly Past[] | undefined {
  const soon = withoutPast(branch);
  const isTimeless = isWithoutTime({ ...soon, open: [] }) && soon.open.every((open) => isOutForGood(world, open, now));
  if (!isTimeless) return undefined;
  const all = pastsOf(branch, Math.min(mostTails, world.fewWays ** 2) / ends);
  if (all !== undefined) return all;
  const open = withRatesOpen(branch);
  const extremes = open.echoes.map((echo) => extremesOf(world, echo, now, work));
  return pastsOf({ ...open, echoes: extremes }, mostTails / ends);
}

function leavingOpen(world: World, branch: Branch, { all, ways }: Written): Branch {
  if (ways === undefined) return withOneOf(branch, all);
  const alternatives = ways.map((leavings) => ({ statuses: [], leavings }));
  return withFactor(world, branch, { cells: [], alternatives });
}

function echoOf(world: World, pasts: readonly Past[], now: Seconds): Written {
  const all = distinctPasts(world, pasts, now);
  return { all, ways: echoWays(world, all, now, mostConditions) };
}
