import type { Seconds } from '../../model/leaf.ts';
import { mostConditions, mostTails } from '../limits.ts';
import type { Work } from '../work.ts';
import type { Branch } from '../worlds/belief.ts';
import { echoWays, pastsOf, withEcho, withOneOf, withoutPast } from '../worlds/echoes.ts';
import { later, recent, withFactor } from '../worlds/elapse.ts';
import type { Echo, Open, OpenTake, Past } from '../worlds/open.ts';
import { aged, distinctPasts, joined, pastOf } from '../worlds/past.ts';
import { placed, type Take } from '../worlds/place.ts';
import { isOutForGood, isWithoutTime } from '../worlds/same.ts';
import { statusOf } from '../worlds/status.ts';
import type { Scope, World } from '../worlds/world.ts';
import { type Course, lengths, shortest } from './restart-course.ts';

/** The last batches as they may have been, the last one first. */
interface Tail {
  readonly takes: readonly Aged[];
  /** How long it took in all; undefined: so long that nothing before it matters any more. */
  readonly lasted: number | undefined;
}

interface End {
  readonly end: Seconds;
  /** What left not long before. */
  readonly left: Open;
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
  /** There are more: these show what left within any one window at worst and at best, and no more than that. */
  readonly isRough: boolean;
  /** What is remembered of these where nothing else is. */
  alone?: Written;
}

/** The ends of one restart, by what they depend on. */
export type KnownEnds = Map<string, Ended>;

/** Servers that left so long before the end. */
interface Aged {
  readonly age: number;
  readonly count: number;
  /** How long a batch is out at least that one of them is in. */
  readonly isFrom: (lasts: number) => boolean;
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
): readonly Branch[] | undefined {
  const lengths = lengthsOf(world, branch, course);
  if (lengths === undefined) return undefined;
  const key = `${branch.now} ${course.left} ${course.batch} ${course.due} ${lengths}`;
  const endsFrom = (isRough: boolean) => endedAt(world, branch.now, scope, course, lengths, isRough);
  const ended = known.get(key) ?? endsFrom(false) ?? endsFrom(true);
  if (ended === undefined) return undefined;
  // Each of them is a flow that has to find room.
  if (!known.has(key)) work.done += ended.ends.length;
  known.set(key, ended);
  const one = ended.ends.length > 1 ? inOneBranch(world, branch, ended, work) : undefined;
  if (one !== undefined || ended.isRough) return one && [one];
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
  isRough: boolean,
): Ended | undefined {
  const { due, lasts } = course;
  const ends: End[] = [];
  let looked = 0;
  for (const { takes: aged, lasted } of tailsOf(course, world.window, isRough)) {
    looked += 1;
    if (looked > mostTails) return undefined;
    const takes = new Map<string, Take & { readonly age: Seconds }>();
    for (const { age, count, isFrom } of aged) {
      const positions = due.flatMap((_, position) => (isFrom(lasts[position] ?? 0) ? [position] : []));
      const key = `${age} ${positions}`;
      if (count > 0) takes.set(key, { age, positions, count: count + (takes.get(key)?.count ?? 0) });
    }
    if (placed([...takes.values()], due, () => 0) === undefined) continue;
    for (const length of lasted === undefined ? lengths : [lasted]) {
      const end = now + length;
      const gone = [...takes.values()].map(
        ({ age, ...take }): OpenTake => ({ ...take, origin: '', at: end - age, state: 'back' }),
      );
      ends.push({ end, left: { cells: scope.cells, base: due.map((count) => statusOf(count)), takes: gone } });
    }
  }
  const latest = Math.max(...ends.map(({ end }) => end));
  const pasts = ends.map(({ end, left }) => aged(pastOf(world, left), latest - end));
  return { ends, latest, pasts, isRough };
}

/** How long the restart may take where that is longer than any window: where it makes no difference, as long as it may. Undefined where these are too many. */
function lengthsOf(world: World, branch: Branch, course: Course): readonly Seconds[] | undefined {
  const soonest = branch.now + Math.max(shortest(course), world.window);
  const isWarm = branch.timed.every(
    (cell) => branch.known.at(cell)?.warming.every(({ ready }) => ready <= soonest) ?? true,
  );
  if (isWarm) return [course.longest];
  return world.window > 0 ? undefined : lengths(course, mostTails);
}

/** Where nothing but what left of late tells the ends apart, one branch that leaves open which of them it was. */
function inOneBranch(world: World, branch: Branch, ended: Ended, work: Work): Branch | undefined {
  const { ends, latest, pasts, isRough } = ended;
  const first = Math.min(...ends.map(({ end }) => end));
  const soon = withoutPast(later(world, branch, first));
  const isTimeless =
    isWithoutTime({ ...soon, open: [] }) && soon.open.every((open) => isOutForGood(world, open, first));
  const before = isTimeless ? pastsOf(later(world, branch, first), mostTails / ends.length) : undefined;
  if (before === undefined) return undefined;
  const after = withoutPast(later(world, branch, latest));
  const [only] = before;
  const isAlone = before.length === 1 && only !== undefined && only.leavings.length + only.opens.length === 0;
  if (isAlone) ended.alone ??= echoOf(world, pasts, latest, isRough);
  const echo =
    (isAlone ? ended.alone : undefined) ??
    echoOf(
      world,
      ends.flatMap(({ end }, i) =>
        before.map((past) => joined(aged(past, latest - end), pasts[i] ?? { leavings: [], opens: [] })),
      ),
      latest,
      isRough,
    );
  if (!isAlone) work.done += echo.all.length >> 1;
  if (echo.ways === undefined) return withOneOf(after, echo.all);
  const alternatives = echo.ways.map((leavings) => ({ statuses: [], leavings }));
  return withFactor(world, after, { cells: [], alternatives });
}

function echoOf(world: World, pasts: readonly Past[], now: Seconds, isRough: boolean): Written {
  const all = distinctPasts(world, pasts, now);
  return { all, ways: isRough ? undefined : echoWays(world, all, now, mostConditions) };
}

/**
 * All ways in which the last batches may have gone. With `isRough`, batches that take no time go all at one moment, whichever that is:
 * of what leaves within a window each of them is as much as another, so that no window holds more or less in any other way.
 */
function* tailsOf(course: Course, window: number, isRough: boolean): Generator<Tail> {
  const { rounds, batch, left, speeds, pause, surge } = course;
  const ofAll = () => true;
  const slowest = speeds.at(-1) ?? 0;
  yield* before(rounds, 0, [], 'before');

  /** `age`: how long before the end the batch of the round has left with a surge; else how long before it that batch is back. */
  function* before(
    round: number,
    age: number,
    takes: readonly Aged[],
    moment: 'before' | 'now' | 'over',
  ): Generator<Tail> {
    const count = round === rounds ? left - (rounds - 1) * batch : batch;
    const wait = round > 1 ? pause : 0;
    for (const lasts of speeds) {
      const isInstant = isRough && lasts + pause === 0 && !surge;
      if (isInstant && moment === 'over') continue;
      const then = isInstant ? 'now' : moment === 'now' ? 'over' : moment;
      const start = age + lasts;
      const own = surge ? age : start;
      if (own >= window) {
        // However slow it was, it does not matter any more; but that it was not faster tells of the others.
        yield { takes: [...takes, { age: own, count: 1, isFrom: (slow) => slow >= lasts }], lasted: undefined };
        return;
      }
      const rest = count - 1;
      const isLast = round > 1 && start + wait >= window;
      if (surge && isLast) {
        const slow = { age: own, count: 1, isFrom: (other: number) => other >= lasts };
        yield { takes: [...takes, slow, { age: own, count: rest, isFrom: ofAll }], lasted: undefined };
        return;
      }
      const isOnly = speeds.length === 1;
      const those: readonly Aged[] = isOnly
        ? [{ age: own, count, isFrom: ofAll }]
        : [
            { age: own, count: 1, isFrom: (other) => other === lasts },
            { age: own, count: rest, isFrom: (other) => other <= lasts },
          ];
      if (round === 1) yield { takes: [...takes, ...those], lasted: start };
      else yield* before(round - 1, start + wait, [...takes, ...those], then);
      if (lasts === slowest) return;
    }
  }
}
