import type { End, Seeing } from '../judgement/judge.ts';
import { canMeetAll, type Need } from '../judgement/spare.ts';
import { canKeepBeside } from '../judgement/spare-beside.ts';
import { mostAlternatives, mostInAttempts } from '../limits.ts';
import type { Figures } from '../outcome.ts';
import { allFreed } from '../paths/marks.ts';
import { notesTogether, standIn } from '../paths/notes.ts';
import type { Path } from '../paths/path.ts';
import { noteOver, performStep } from '../paths/perform.ts';
import type { Run, TaskNotes } from '../paths/run.ts';
import { comingIn, type Start, startsIn, touchedBy, withOpensWritten } from '../paths/starts.ts';
import { stuckIn } from '../paths/stuck.ts';
import { shareAmongTwins } from '../paths/twins.ts';
import { type Watched, watchIn } from '../paths/watch.ts';
import type { Plan } from '../plan/plan.ts';
import type { Work } from '../work.ts';
import { type Belief, type Branch, uncertainIn } from '../worlds/belief.ts';
import { later, merged, recent, withFactor } from '../worlds/elapse.ts';
import { type Alternative, countCell } from '../worlds/factor.ts';
import type { Open } from '../worlds/open.ts';
import { isWithoutTime } from '../worlds/same.ts';
import { keyOf, statusOf } from '../worlds/status.ts';
import { Tally } from '../worlds/tally.ts';
import { untouched } from '../worlds/untouched.ts';
import type { LocalGauge, World } from '../worlds/world.ts';
import { isTimeless } from './without-time.ts';

/** What a step led to, and what was seen on the way. Undefined: there are more possibilities than are followed. */
export interface CarriedOut {
  readonly after: Belief;
  readonly seeing: Seeing;
  /** By the part of the task. */
  readonly tasks: readonly (TaskNotes | undefined)[];
  /** Tasks that ask for more than there is under every choice. */
  readonly clamped: ReadonlySet<number>;
}

/** Carries a step out in every world that may be the case. */
export function carryOut(world: World, belief: Belief, plan: Plan, work: Work): CarriedOut | undefined {
  if (plan.copies === undefined) return undefined;
  const branches: Branch[] = [];
  const most = Math.max(0, Math.min(mostAlternatives, (work.most - work.done) * 4));
  const purse = { left: most };
  for (const branch of belief.branches) {
    const written = withOpensWritten(world, branch, plan, purse);
    // That they are too many is found out on the way.
    if (written === undefined) work.done += most >> 2;
    if (written === undefined) return undefined;
    branches.push(...written);
  }
  work.done += (most - purse.left) >> 2;
  const touches = branches.some((branch) => touchedBy(world, branch, plan).length > 0);
  const mayRuleOut = touches || branches.length > 1;
  // What warms up meanwhile is seen by the steps inside, whether or not they touch it.
  const mayWarm = touches || branches.some((branch) => branch.timed.length + comingIn(branch).size > 0);
  let watchesAll = plan.root.inner.length > 0 && plan.isTimed && mayWarm;
  let starts = startsIn(world, branches, plan, watchesAll);
  /** By task and turn. */
  const clamped = new Map<string, number>();
  // Of many branches each has a part in every change.
  const weight = 1 + (plan.root.inner.length >> 6);
  for (let left = mostInAttempts; left > 0; ) {
    if (starts === undefined) return undefined;
    const before = work.done;
    const tried = attempt(world, starts, plan, clamped, work);
    left -= (work.done - before) * weight;
    if (tried === undefined) return undefined;
    if (mayRuleOut && !watchesAll && tried.ended.size > 0) {
      // A step that asks for more than there is rules ways out, with all that is said of any subsystem in them.
      watchesAll = true;
      starts = startsIn(world, branches, plan, watchesAll);
      continue;
    }
    const stuck = stuckIn(plan, tried);
    if (stuck !== undefined) clamped.set(stuck.key, stuck.task);
    else if (tried.ends.every(({ paths }) => paths.length === 0)) return undefined;
    else {
      const done = finished(world, starts, plan, tried, clamped, work);
      const same = branches.length > belief.branches.length ? unchanged(world, belief, tried) : undefined;
      return same === undefined ? done : { ...done, after: same };
    }
  }
  return undefined;
}

interface Attempt extends Pick<Run, 'notes' | 'ended' | 'tasks'> {
  /** Those that the attempt was told of, and those that it came upon. */
  readonly clamped: ReadonlyMap<string, number>;
  readonly runs: readonly Run[];
  readonly ends: readonly (End & {
    readonly start: Start;
    readonly paths: readonly Path[];
    readonly watched: Run['watched'];
  })[];
}

function attempt(
  world: World,
  starts: readonly Start[],
  plan: Plan,
  clamped: ReadonlyMap<string, number>,
  work: Work,
  watched?: Watched,
  known: readonly Run[] = [],
): Attempt | undefined {
  const tasks: Run['tasks'] = [];
  const ended: Run['ended'] = new Map();
  const apart = new Set(clamped.values());
  if (watched !== undefined) apart.add(watched.part);
  let budget = Math.min(work.ofStep, work.most - work.done);
  const runs: Run[] = [];
  const ends: Attempt['ends'][number][] = [];
  for (const start of starts) {
    const { scope, others } = start;
    const { isParallel, warmsUp, turns, repeated, shared, contested } = plan;
    // A round that was left out before, because the last is like it, need not be left out again.
    const before = known[runs.length];
    const own = new Map(clamped);
    const isClamped = (key: string) => own.has(key) || (before !== undefined && clamped.has(standIn(before, key)));
    const run: Run = {
      world,
      scope,
      root: plan.root,
      isParallel,
      warmsUp,
      turns,
      shared,
      contested,
      clamped: own,
      isClamped,
      isAlone: starts.length === 1,
      ended,
      others,
      notes: new Map(),
      unlooked: [],
      best: new Map(),
      watched: new Map(),
      repeated,
      apart,
      above: [],
      turn: '',
      round: '',
      tasks,
      budget,
      unspent: undefined,
    };
    const watch = watched && watchIn(watched, scope.gauges, others);
    const begin = watch === undefined ? start.paths : start.paths.map((path) => ({ ...path, watch }));
    const paths = performStep(run, plan.root, begin).map((path) => allFreed(run, path));
    work.done += budget - (run.unspent ?? run.budget);
    if (run.budget < 0 || paths.length > mostAlternatives) return undefined;
    budget = run.budget;
    noteOver(run, plan.root, paths);
    shareAmongTwins(run, plan.root);
    runs.push(run);
    ends.push({ paths, best: run.best, watched: run.watched, others, start });
  }
  const all = new Map(runs.flatMap((run) => [...run.clamped]));
  return { runs, notes: notesTogether(runs), ended, tasks, ends, clamped: all };
}

/** What was the case before, later, where a step leaves all as it was, and nothing is a matter of time; undefined where it does not. */
function unchanged(world: World, belief: Belief, { ends }: Attempt): Belief | undefined {
  if (!belief.branches.every((branch) => branch.factors.length === 0 && isTimeless(world, branch))) return undefined;
  let latest = 0;
  for (const { paths, start } of ends) {
    const [from] = start.paths;
    if (from === undefined || start.paths.length > 1 || paths.length === 0) return undefined;
    for (const { statuses, leavings, now } of paths) {
      const isSame = statuses.every((status, i) => keyOf(status, 0) === keyOf(from.statuses[i] ?? status, 0));
      if (!isSame || leavings.length > 0) return undefined;
      latest = Math.max(latest, now);
    }
  }
  return { branches: belief.branches.map((branch) => ({ ...branch, now: Math.max(latest, branch.now) })) };
}

function finished(
  world: World,
  starts: readonly Start[],
  plan: Plan,
  { runs, notes, tasks, ends, clamped: all }: Attempt,
  clamped: ReadonlyMap<string, number>,
  work: Work,
): CarriedOut {
  const mayNot = plan.root.input.step.when !== undefined;
  const branches = ends.flatMap(({ paths, start }) =>
    branchesFrom(world, start, mayNot ? [...paths, ...start.paths] : paths),
  );
  const gauges = starts[0]?.scope.gauges ?? [];
  const mayKeep = (part: number, wanted: readonly number[], spares: boolean): boolean | undefined => {
    const tried = attempt(world, starts, plan, clamped, work, { part, gauges: wanted, spares }, runs);
    return tried === undefined ? undefined : mayAllKeep(world, gauges, tried, wanted);
  };
  return {
    after: merged(world, branches),
    seeing: { world, gauges, notes, ends, mayKeep },
    tasks,
    clamped: new Set(all.values()),
  };
}

/** Whether on some path, with some choice of what it does not follow, all of the watched gauges keep their bounds. */
function mayAllKeep(
  world: World,
  gauges: readonly LocalGauge[],
  { ends }: Attempt,
  wanted: readonly number[],
): boolean | undefined {
  // Where the part comes to its end on no path, or on none but those that are ruled out later, its rounds speak for themselves.
  let unsure = ends.every(({ watched }) => watched.size === 0);
  for (const { watched, others, start } of ends) {
    for (const low of watched.values()) {
      const needs: Need[] = [];
      const isLost = wanted.some((at, i) => {
        const gauge = gauges[at]?.gauge;
        const { worst, best } = others[at] ?? nothing;
        const value = low[i] ?? 0;
        if (gauge === undefined || value + worst >= gauge.bound) return false;
        if (gauge.tally !== undefined) needs.push({ tally: gauge.tally, atLeast: gauge.bound - value });
        return value + best < gauge.bound;
      });
      if (isLost) continue;
      const rest = { factors: start.factors, open: start.branch.open };
      const kept =
        needs.length < 2 || (canMeetAll(world, rest, needs) ?? canKeepBeside(world, rest, nothingTaken, [], needs));
      if (kept === true) return true;
      unsure ||= kept === undefined;
    }
  }
  return unsure ? undefined : false;
}

const nothing: Figures = { worst: 0, best: 0 };
const nothingTaken: Open = { cells: [], base: [], takes: [] };

/** What is the case where the paths end; paths that end at other times are other branches, as long as time matters to anything. */
function branchesFrom(world: World, start: Start, paths: readonly Path[]): readonly Branch[] {
  const [only] = paths;
  if (only !== undefined && paths.length === 1) return [branchAt(world, start, only.now, paths)];
  const byTime = new Map<number, Path[]>();
  for (const path of paths) {
    const known = byTime.get(path.now);
    if (known === undefined) byTime.set(path.now, [path]);
    else known.push(path);
  }
  const made = [...byTime].map(([now, own]) => branchAt(world, start, now, own));
  if (made.length < 2 || !made.every(isWithoutTime)) return made;
  const latest = Math.max(...byTime.keys());
  return [branchAt(world, start, latest, paths)];
}

function branchAt(world: World, start: Start, now: number, paths: readonly Path[]): Branch {
  const { branch, factors, told, scope } = start;
  const [only] = paths;
  const isSimple =
    factors.length === branch.factors.length && told.length === scope.groups.length && now === branch.now;
  if (only !== undefined && paths.length === 1 && isSimple && branch.timed.length === 0)
    return changedIn(world, branch, told, only);
  const followed = new Set(told);
  const uncertain = uncertainIn(branch);
  const tally = branch.tally.values();
  for (const cell of told) if (!uncertain.has(cell)) countCell(world, tally, cell, branch.known.at(cell), -1);
  const timed = branch.timed.filter((cell) => !followed.has(cell));
  const rest = later(world, { ...branch, tally: Tally.of(tally), timed, factors, leavings: [] }, now);
  const alternatives = paths.map(
    ({ statuses, leavings }): Alternative => ({
      statuses: statuses.slice(0, told.length),
      leavings: recent(world, leavings, now),
    }),
  );
  const after = withFactor(world, rest, { cells: told, alternatives });
  const touched = branch.factors.filter((factor) => !factors.includes(factor));
  return after.factors.length > rest.factors.length ? untouched(world, after, touched) : after;
}

/** The usual case at little cost: one path, and nothing that depends on time. */
function changedIn(world: World, branch: Branch, told: readonly number[], { statuses, leavings, now }: Path): Branch {
  const known = branch.known.with(told, (i) => statuses[i] ?? statusOf(0));
  if (known === branch.known && leavings === branch.leavings) return branch;
  const tally = branch.tally.values();
  const timed: number[] = [];
  for (const [i, cell] of told.entries()) {
    const status = statuses[i];
    if (status === branch.known.at(cell)) continue;
    countCell(world, tally, cell, branch.known.at(cell), -1);
    countCell(world, tally, cell, status, 1);
    if ((status?.warming.length ?? 0) > 0) timed.push(cell);
  }
  return { ...branch, now, known, tally: Tally.of(tally), timed, leavings };
}
