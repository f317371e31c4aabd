import type { Seconds } from '../../model/leaf.ts';
import { mostConditions, mostNumbers } from '../limits.ts';
import type { Figures } from '../outcome.ts';
import { nothingLeft } from '../paths/path.ts';
import { planned } from '../paths/rolling.ts';
import type { Range, TaskNotes } from '../paths/run.ts';
import type { Task } from '../plan/task.ts';
import type { Work } from '../work.ts';
import type { Branch } from '../worlds/belief.ts';
import { later } from '../worlds/elapse.ts';
import { withLeaving } from '../worlds/leavings.ts';
import { type Open, type OpenTake, positionsOf } from '../worlds/open.ts';
import { placed, type Take } from '../worlds/place.ts';
import { statusOf } from '../worlds/status.ts';
import type { Gauge } from '../worlds/tallies.ts';
import type { Scope, World } from '../worlds/world.ts';
import type { Moment } from './moment.ts';
import type { Script } from './open-script.ts';
import { RateLook } from './rate-look.ts';
import { type Course, courseOf } from './restart-course.ts';
import { endsOf, type KnownEnds } from './restart-ends.ts';
import { RestartRate } from './restart-rate.ts';
import { isTimeless } from './without-time.ts';

/** A restart that begins with others, or with removals beside it. */
export interface Rolling {
  readonly part: number;
  readonly scope: Scope;
  /** For each number of servers that it may find in service, the most first. */
  readonly courses: readonly Course[];
  /** How many servers it may find in service: others may have taken some when it begins, or take them when it has begun. */
  readonly there: Figures;
}

/** Others may have all of its servers out when they would go, so that none of them leaves: with a surge that is when its time is over. */
function mayBeNone(one: Rolling): boolean {
  return mayFindNone(one) || (mayMiss(one) && one.courses.some(({ surge }) => surge));
}

/** Others may have all of its servers out when it begins, so that it takes no time. */
function mayFindNone({ there }: Rolling): boolean {
  return there.worst < 1;
}

/** A batch may be smaller than it would be, or find nothing. */
function mayMiss({ there }: Rolling): boolean {
  return there.worst < there.best;
}

/** Restarts of a script as they may go, where that is a matter of time; undefined where they may go in more ways than are looked at. */
export function rollingIn(
  world: World,
  rest: Branch,
  { open, rolling }: Script,
  earlier: number,
): readonly Rolling[] | undefined {
  const found: Rolling[] = [];
  if (isTimeless(world, rest)) return found;
  for (const { part, task, there } of rolling) {
    if (there.best - there.worst >= mostNumbers) return undefined;
    const scope = world.scopeOf(task.pool);
    const held = scope.cells.map((cell) => heldIn(open, cell) ?? rest.known.at(cell)?.inService ?? 0);
    const all = new Map<string, Course>();
    for (let servers = there.best; servers >= Math.max(1, there.worst); servers--) {
      const course = courseAmong(world, scope, task, held, servers);
      all.set(`${course.left} ${course.batch}`, { ...course, ...boundIn(open, open.takes.slice(0, earlier), scope) });
    }
    found.push({ part, scope, courses: [...all.values()], there });
  }
  // Whether two of them can both find nothing is not looked at.
  return found.filter(mayFindNone).length > 1 ? undefined : found;
}

function heldIn({ cells, base }: Open, cell: number): number | undefined {
  if (!cells.includes(cell)) return undefined;
  return base.reduce((sum, { inService }, i) => (cells[i] === cell ? sum + inService : sum), 0);
}

/** What is out of the cells of a restart while it goes on, and of others, which tells of these. */
function boundIn(open: Open, takes: readonly OpenTake[], { positions }: Scope): Pick<Course, 'bound' | 'beside'> {
  const places = new Map<number, number>();
  const beside: Course['beside'][number][] = [];
  const placeOf = (position: number) => {
    const cell = open.cells[position] ?? Number.NaN;
    const known = positions.get(cell) ?? places.get(position);
    if (known !== undefined) return known;
    const place = positions.size + beside.push({ cell, servers: open.base[position]?.inService ?? 0 }) - 1;
    places.set(position, place);
    return place;
  };
  const out = takes.filter(({ state }) => state === 'out');
  const bound = out.map((take) => ({ ...take, positions: [...new Set(take.positions.map(placeOf))] }));
  return { bound, beside };
}

/** How a restart goes that finds so many servers in service, unknown which. */
export function courseAmong(world: World, scope: Scope, task: Task, held: readonly number[], servers: number): Course {
  const notes: TaskNotes = { count: undefined, lacks: undefined, there: undefined, alreadyOut: undefined };
  const positions = held.map((_, i) => i);
  let left = servers;
  const statuses = held.map((count) => {
    const there = Math.min(left, count);
    left -= there;
    return statusOf(there);
  });
  return courseOf(scope, { ...planned(world, scope, { statuses }, task, positions, notes), due: held });
}

/** What is the case when all of them are over, each of which takes its own time; undefined where that may be too much. */
export function afterRolling(
  world: World,
  rest: Branch,
  all: readonly Rolling[],
  work: Work,
): readonly Branch[] | undefined {
  if (all.length === 0) return [rest];
  let ends: readonly { readonly branch: Branch; readonly end: Seconds }[] = [{ branch: rest, end: rest.now }];
  // The one that may take more or less time is the last, when it is known how long the others take.
  const inOrder = all.toSorted((one, other) => speedsOf(one) - speedsOf(other));
  for (const one of inOrder) {
    const known: KnownEnds = new Map();
    const next: { readonly branch: Branch; readonly end: Seconds }[] = [];
    for (const { branch, end } of ends)
      for (const course of one.courses) {
        const around = { notBefore: end, mayJoin: one === inOrder.at(-1) };
        const own = endsOf(world, { ...branch, now: rest.now }, one.scope, course, known, work, around);
        if (own === undefined || next.length + own.length > mostConditions) return undefined;
        next.push(...own.map((then) => ({ branch: then, end: Math.max(end, then.now) })));
      }
    // At best the last batches find nothing, and a rate remembers none of it.
    if (mayMiss(one) && one.scope.rates.length > 0) {
      const longest = rest.now + Math.max(...one.courses.map((course) => course.longest));
      next.push(...ends.map(({ branch, end }) => ({ branch, end: Math.max(end, longest) })));
    }
    if (mayFindNone(one)) next.push(...ends);
    if (next.length > mostConditions) return undefined;
    ends = next;
  }
  return ends.map(({ branch, end }) => later(world, { ...branch, now: rest.now }, end));
}

function speedsOf({ courses }: Rolling): number {
  return Math.max(...courses.map(({ speeds }) => speeds.length));
}

/**
 * What leaves within a window while restarts go on beside one another and beside removals, all of which begin at once:
 * each may have left as much within the first window as it may within any other.
 */
export class RatesBeside extends RateLook {
  /** What no window holds more than may be more than any holds, and too much. */
  isUnsure = false;
  private readonly rolling: readonly (Rolling & {
    readonly rates: readonly RestartRate[];
    /** With what left before. */
    readonly after: readonly RestartRate[];
  })[];
  /** Of a single one, with what left before and what is removed beside it. */
  private readonly together: readonly RestartRate[] | undefined;

  constructor(
    world: World,
    rest: Branch,
    { open, rolled }: Script,
    earlier: number,
    rolling: readonly Rolling[],
    work: Work,
  ) {
    // Nothing of what restarts take is out for a rate but by these.
    const plain = { ...open, takes: open.takes.map((take, i) => (rolled.includes(i) ? { ...take, count: 0 } : take)) };
    super(world, rest, plain, earlier);
    const alone = { ...rest, leavings: [], echoes: [] };
    this.rolling = rolling.map((one) => ({
      ...one,
      rates: one.courses.map((course) => new RestartRate(world, alone, one.scope, course, work)),
      after: one.courses.map((course) => new RestartRate(world, rest, one.scope, course, work)),
    }));
    const [only, another] = this.rolling;
    // With a surge what is replaced leaves later than what is removed.
    if (only === undefined || another !== undefined || only.courses.some(({ surge }) => surge)) return;
    const parts = only.scope.rates.map(({ gauge }) => [gauge.subsystem.index, this.removed(gauge)] as const);
    const both = { ...rest, leavings: withLeaving(rest.leavings, { at: rest.now, parts }) };
    this.together = only.courses.map((course) => new RestartRate(world, both, only.scope, course, work));
  }

  /** The most that is removed, all of it at the beginning. */
  private removed(gauge: Gauge): number {
    const isNew = this.open.takes.flatMap((_, take) => (take < this.earlier ? [] : [take]));
    return placed(this.open.takes, this.rooms, this.recent(gauge, isNew, this.rest.now))?.weight ?? 0;
  }

  override reading(gauge: Gauge, moment: Moment): Range & { readonly isExact: boolean } {
    const own = this.rolling.filter(({ part }) => part === moment.part || moment.part === 0);
    const alone = super.reading(gauge, moment);
    const range = { worst: nothingLeft, best: alone.best, isExact: true };
    const most = this.rolling.map(({ rates }) => rates.map((rate) => rate.reading(gauge)?.worst));
    if (most.some((all) => all.includes(undefined))) this.isUnsure = true;
    const worst = most.map((all) => Math.min(...all.map((one) => one ?? nothingLeft)));
    for (const one of own) {
      if (mayBeNone(one)) continue;
      const bests = one.after.map((rate) => (mayMiss(one) ? rate.atLeast(gauge) : rate.atBest(gauge)));
      range.best = Math.min(range.best, Math.max(...bests));
    }
    const leaves =
      alone.worst < nothingLeft || own.some((one) => (worst[this.rolling.indexOf(one)] ?? 0) < nothingLeft);
    if (!leaves) return range;
    // Of what no restart touches it is known by the removals alone.
    if (worst.every((one) => one >= nothingLeft)) return { ...range, worst: alone.worst };
    const isNew = this.open.takes.flatMap((_, take) => (take < this.earlier ? [] : [take]));
    const removed = this.removed(gauge);
    const before = this.known(gauge, this.rest.now).most;
    const together = this.earlier === 0 ? this.together : undefined;
    range.worst = together
      ? Math.min(...together.map((rate) => rate.reading(gauge)?.worst ?? nothingLeft))
      : worst.reduce((sum, one) => (one < nothingLeft ? sum + one : sum), -removed - before);
    // What comes with a surge leaves when its time is over, which need not be when others leave.
    const isSurge =
      this.rolling.length + removed > 1 && this.rolling.some(({ courses }) => courses.some(({ surge }) => surge));
    const isShared = removed > 0 && moment.part !== 0 && own.some((one) => !this.findsOthers(gauge, one, isNew));
    if (range.worst < gauge.bound && ((before > 0 && !together) || this.earlier > 0 || isSurge || isShared))
      this.isUnsure = true;
    return range;
  }

  /** Whether the heaviest batch of a restart can be other servers than the heaviest that are removed, which it does not find any more once they are gone. */
  private findsOthers(gauge: Gauge, { scope, courses }: Rolling, removed: readonly number[]): boolean {
    const [course, ...others] = courses;
    if (course === undefined || course.speeds.length > 1) return false;
    // With fewer to be found fewer go at once.
    if (others.some(({ batch }) => batch !== course.batch)) return false;
    const batch = { positions: positionsOf(this.open, scope.cells), count: course.batch };
    const recent = this.recent(gauge, removed, this.rest.now);
    const weight = (take: number, position: number) =>
      take < this.open.takes.length ? recent(take, position) : this.units(gauge, position);
    const heaviest = (...takes: readonly Take[]) => placed(takes, this.rooms, weight)?.weight ?? 0;
    const none = this.open.takes.map((take) => ({ ...take, count: 0 }));
    return heaviest(...this.open.takes, batch) === heaviest(...this.open.takes) + heaviest(...none, batch);
  }
}
