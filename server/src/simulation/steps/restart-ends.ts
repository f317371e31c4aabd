import { mostAlternatives, mostConditions } from '../limits.ts';
import type { Branch } from '../worlds/belief.ts';
import { echoWays } from '../worlds/echoes.ts';
import { later, recent, withFactor } from '../worlds/elapse.ts';
import type { Alternative } from '../worlds/factor.ts';
import { withEcho } from '../worlds/leavings.ts';
import { type Open, type OpenTake, openKey } from '../worlds/open.ts';
import { placed } from '../worlds/place.ts';
import { isWithoutTime } from '../worlds/same.ts';
import { statusOf } from '../worlds/status.ts';
import type { Scope, World } from '../worlds/world.ts';
import type { Course } from './restart-course.ts';

/** The last batches as they may have been, the last one first. */
interface Tail {
  readonly takes: readonly Aged[];
  /** How long it took in all; undefined: so long that nothing before it matters any more. */
  readonly lasted: number | undefined;
}

/** In how many ways what is back may have left, by what it is. */
export type Heard = Map<string, ReturnType<typeof echoWays>>;

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
 * Undefined where these are too many. `heard` remembers what was looked at for other branches.
 */
export function endsOf(
  world: World,
  branch: Branch,
  scope: Scope,
  course: Course,
  heard: Heard,
): readonly Branch[] | undefined {
  const { due, lasts, longest } = course;
  const tails: Tail[] = [];
  for (const tail of tailsOf(course, world.window)) {
    tails.push(tail);
    if (tails.length > mostConditions) return undefined;
  }
  const echoAt = ({ takes: aged }: Tail, end: number): Open => {
    const takes = aged.flatMap(({ age, count, isFrom }): readonly OpenTake[] => {
      const positions = due.flatMap((_, position) => (isFrom(lasts[position] ?? 0) ? [position] : []));
      return count === 0 ? [] : [{ positions, count, origin: '', at: end - age, state: 'back' }];
    });
    return { cells: scope.cells, base: due.map((count) => statusOf(count)), takes };
  };
  const isPossible = (tail: Tail) => placed(echoAt(tail, 0).takes, due, () => 0) !== undefined;
  const possible = tails.filter(isPossible);
  const ends = possible.map(({ lasted }) => branch.now + (lasted ?? longest));
  if (possible.length > 1 && isWithoutTime(later(world, branch, Math.min(...ends)))) {
    const latest = Math.max(...ends);
    const one = inOneBranch(
      world,
      later(world, branch, latest),
      possible.map((tail) => echoAt(tail, latest)),
      heard,
    );
    if (one !== undefined) return [one];
  }
  return possible.map((tail, i): Branch => {
    const end = ends[i] ?? branch.now;
    const after = later(world, branch, end);
    const heard = scope.rates.length === 0 ? after : withEcho(world, after, echoAt(tail, end));
    return { ...heard, leavings: recent(world, heard.leavings, end) };
  });
}

/** Where nothing but what left of late tells the ends apart, one branch that has left open which of them it was; undefined where these are too many. */
function inOneBranch(world: World, after: Branch, echoes: readonly Open[], heard: Heard): Branch | undefined {
  const alternatives: Alternative[] = [];
  for (const echo of echoes) {
    const key = `${after.now} ${openKey(world, echo, after.now)}`;
    const ways = heard.has(key) ? heard.get(key) : echoWays(world, echo, after.now, mostConditions);
    heard.set(key, ways);
    if (ways === undefined) return undefined;
    for (const leavings of ways) alternatives.push({ statuses: [], leavings: recent(world, leavings, after.now) });
    if (alternatives.length > mostAlternatives) return undefined;
  }
  const one = withFactor(world, after, { cells: [], alternatives });
  return (one.factors.at(-1)?.alternatives.length ?? 0) > mostConditions ? undefined : one;
}

function* tailsOf({ rounds, batch, left, speeds, pause, surge }: Course, window: number): Generator<Tail> {
  const ofAll = () => true;
  const slowest = speeds.at(-1) ?? 0;
  yield* before(rounds, 0, []);

  /** `age`: how long before the end the batch of the round has left with a surge; else how long before it that batch is back. */
  function* before(round: number, age: number, takes: readonly Aged[]): Generator<Tail> {
    const count = round === rounds ? left - (rounds - 1) * batch : batch;
    const wait = round > 1 ? pause : 0;
    for (const lasts of speeds) {
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
      else yield* before(round - 1, start + wait, [...takes, ...those]);
      if (lasts === slowest) return;
    }
  }
}
