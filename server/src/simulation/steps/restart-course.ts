import type { Seconds } from '../../model/leaf.ts';
import type { Rolling } from '../paths/rolling.ts';
import { type Batches, type Gone, heaviest } from '../worlds/batches.ts';
import type { Branch } from '../worlds/belief.ts';
import type { Open } from '../worlds/open.ts';
import { placed, type Take } from '../worlds/place.ts';
import type { Scope } from '../worlds/world.ts';

/** How the batches of a restart follow one another; one with a slow server in it is out longer than others. Times are seconds. */
export interface Course extends Batches {
  readonly rounds: number;
  /** By position: how long a batch is out at least that a server from there is in. */
  readonly lasts: readonly number[];
  /** Those of servers that are due, each once, the shortest first. */
  readonly speeds: readonly number[];
  /** How long after one batch is back the next goes. */
  readonly pause: number;
  /** The new servers come first, so that the old ones leave when the time of their batch is over. */
  readonly surge: boolean;
  /** Servers that are out already, unknown which: of these positions, and since when. */
  readonly out: readonly OutTake[];
  /** How long it takes, if as many batches are slow as can be. */
  readonly longest: number;
  /** What is out all the time, so that no batch holds it: positions behind the last of these are in the places beside them. */
  readonly bound: readonly Take[];
  readonly beside: readonly { readonly cell: number; readonly servers: number }[];
}

export interface OutTake extends Take {
  readonly at: Seconds;
}

/** One way in which what the restart touches may be, and how the batches follow one another in it. */
export interface Way {
  readonly branch: Branch;
  /** The open of the branch that has taken some of what is restarted, where its ways are too many to be told apart. */
  readonly held: Open | undefined;
  readonly course: Course;
}

export function courseOf({ warmup }: Scope, { task, due, left, batch }: Rolling): Course {
  const { takes, pause: wait, surge } = task.action;
  const lasts = due.map((_, position) => (takes?.value ?? 0) + (warmup[position] ?? 0));
  const speeds = [...new Set(lasts.filter((_, position) => (due[position] ?? 0) > 0))].sort((a, b) => a - b);
  const rounds = Math.ceil(left / batch);
  const pause = wait?.value ?? 0;
  let longest = (rounds - 1) * pause;
  let others = rounds;
  for (const speed of speeds.toReversed()) {
    // One slow server makes its whole batch slow.
    const batches = Math.min(
      others,
      due.reduce((sum, count, position) => sum + (lasts[position] === speed ? count : 0), 0),
    );
    longest += batches * speed;
    others -= batches;
  }
  return {
    due,
    left,
    batch: Math.min(batch, left),
    rounds,
    lasts,
    speeds,
    pause,
    surge,
    out: [],
    longest,
    bound: [],
    beside: [],
  };
}

/** The course with what is due where what is out already weighs as little as can be. */
export function withLightestOut(course: Course, weight: (position: number) => number): Course {
  if (course.out.length === 0) return course;
  const due = [...course.due];
  const one = placed(course.out, due, (_, position) => -weight(position));
  for (const [take, taken] of (one?.taken ?? []).entries())
    for (const [i, count] of taken.entries()) {
      const position = course.out[take]?.positions[i] ?? -1;
      due[position] = (due[position] ?? 0) - count;
    }
  return { ...course, due };
}

/** How long a restart takes at least. */
export function shortest({ rounds, speeds, pause }: Course): number {
  return rounds * (speeds[0] ?? 0) + (rounds - 1) * pause;
}

/** How long a restart may take, each length once; undefined where it may go in more than `most` ways. */
export function lengths(course: Course, most: number): readonly number[] | undefined {
  const { rounds, batch, left, speeds, lasts, pause, due } = course;
  const found = new Set<number>();
  let looked = 0;
  const choose = (at: number, rest: number, length: number, takes: readonly Take[]) => {
    const speed = speeds[at];
    if (looked > most) return;
    if (speed === undefined) {
      looked += 1;
      const servers = takes.reduce((sum, { count }) => sum + count, 0);
      if (servers !== left || found.has(length)) return;
      if (placed(takes, due, () => 0) !== undefined) found.add(length);
      return;
    }
    const upTo = positionsWith(lasts, (own) => own <= speed);
    const slowest = { positions: positionsWith(lasts, (own) => own === speed), count: 1 };
    const isSlowest = at === speeds.length - 1;
    for (let many = isSlowest ? rest : 0; many <= rest; many++) {
      const own = Array.from({ length: many }, () => slowest);
      const next = length + many * speed;
      choose(at + 1, rest - many, next, [...takes, ...own, { positions: upTo, count: many * (batch - 1) }]);
      // The last batch may be a smaller one.
      const short = rounds * batch - left;
      if (short > 0 && many > 0)
        choose(at + 1, rest - many, next, [...takes, ...own, { positions: upTo, count: many * (batch - 1) - short }]);
    }
  };
  choose(0, rounds, (rounds - 1) * pause, []);
  return looked > most ? undefined : [...found];
}

function positionsWith(lasts: readonly number[], holds: (lasts: number) => boolean): readonly number[] {
  return lasts.flatMap((own, position) => (holds(own) ? [position] : []));
}

/** Of some batches those that one window may hold together with the next. */
export function within(batches: readonly Gone[], { pause, surge }: Course, window: number): readonly Gone[] {
  let age = 0;
  let first = batches.length;
  while (first > 0) {
    // With a surge a batch leaves when its time is over, so that what counts is how long the ones after it take.
    age += pause + (surge ? (batches[first]?.lasts ?? 0) : (batches[first - 1]?.lasts ?? 0));
    if (age >= window) break;
    first -= 1;
  }
  return batches.slice(first);
}

/** Some of the batches: so many servers of them that are no slower than that. */
export interface Paced {
  readonly lasts: number;
  readonly servers: number;
}

/** What servers of some batches weigh at most, together with `free` others and those of what is out that count; undefined where there are not enough that are so fast. */
export function heaviestPaced(
  course: Course,
  paced: readonly Paced[],
  free: number,
  weight: (position: number) => number,
  counts: (out: OutTake) => boolean,
): number | undefined {
  const { due, lasts, speeds, out } = course;
  if (speeds.length === 1 && out.length === 0)
    return heaviest(
      course,
      paced.reduce((sum, { servers }) => sum + servers, free),
      weight,
    );
  const positions = due.map((_, position) => position);
  const takes: Take[] = [...out, { positions, count: free }];
  for (const { lasts: most, servers } of paced)
    takes.push({ positions: positions.filter((position) => (lasts[position] ?? 0) <= most), count: servers });
  const isCounted = takes.map((_, i) => out[i] === undefined || counts(out[i]));
  return placed(takes, due, (take, position) => (isCounted[take] ? weight(position) : 0))?.weight;
}

/** Batches by how fast they are, and how long after the first of them the last one goes. */
export interface Pacing {
  readonly paced: readonly Paced[];
  readonly span: number;
}

/** How many batches there can be that take no time, so that a window holds all of them as well as some. */
export function mostAtOnce({ speeds, pause, surge, lasts, due, batch, out }: Course): number {
  if (surge || speeds[0] !== 0 || pause > 0 || speeds.length === 1 || out.length > 0) return 0;
  const servers = due.reduce((sum, count, position) => sum + (lasts[position] === 0 ? count : 0), 0);
  return Math.floor(servers / batch);
}

/** All ways to give so many batches a speed, of which `partial` may be a smaller one, that go within less than `window`; `least` of them take no time. */
export function* pacings(
  { speeds, pause, batch }: Course,
  count: number,
  partial: number | undefined,
  window: number,
  least: number,
): Generator<Pacing> {
  yield* choose(0, count, [], 0, partial === undefined);

  function* choose(
    at: number,
    left: number,
    paced: readonly Paced[],
    span: number,
    isWhole: boolean,
  ): Generator<Pacing> {
    const lasts = speeds[at];
    if (left === 0) {
      if (isWhole) yield { paced, span };
      return;
    }
    if (lasts === undefined) return;
    for (let many = at === 0 ? least : 0; many <= left; many++) {
      const next = span + many * (lasts + pause);
      if (next >= window) return;
      const servers = many * batch;
      const more = (own: number) => (many === 0 ? paced : [...paced, { lasts, servers: own }]);
      yield* choose(at + 1, left - many, more(servers), next, isWhole);
      if (!isWhole && many > 0) yield* choose(at + 1, left - many, more(servers - batch + (partial ?? 0)), next, true);
    }
  }
}
