import { type Belief, type Branch, uncertainIn, uncertainRange } from './belief.ts';
import { later, merged, withFactor } from './elapse.ts';
import { type Alternative, alternativeTally, countCell, type Factor } from './factor.ts';
import type { End, Seeing } from './judge.ts';
import { type Open, writtenOut } from './open.ts';
import type { Figures } from './outcome.ts';
import type { Path } from './path.ts';
import { performStep } from './perform.ts';
import type { Plan } from './plan.ts';
import type { Run, TaskNotes } from './run.ts';
import { isWithoutTime } from './same.ts';
import { statusOf } from './status.ts';
import type { Scope, World } from './world.ts';

/** How many changes along all paths of one step are followed, and how many alternatives are kept. */
const mostChanges = 200_000;
const mostAlternatives = 20_000;

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
export function carryOut(world: World, belief: Belief, plan: Plan): CarriedOut | undefined {
  const branches: Branch[] = [];
  for (const branch of belief.branches) {
    const written = withOpensWritten(world, branch, plan);
    if (written === undefined) return undefined;
    branches.push(written);
  }
  const watchesAll = branches.some((branch) => touchedBy(world, branch, plan).length > 0);
  const starts: Start[] = [];
  for (const branch of branches) {
    const start = startIn(world, branch, plan, watchesAll);
    if (start === undefined) return undefined;
    starts.push(start);
  }
  const clamped = new Set<number>();
  for (;;) {
    const tried = attempt(world, starts, plan, clamped);
    if (tried === undefined) return undefined;
    if (tried.ends.some(({ paths }) => paths.length > 0)) return finished(world, starts, plan, tried, clamped);
    // Under no choice can the step be carried out as it says: it takes what there is, where nobody got further.
    const stuck = tried.run.tasks.reduce(
      (last, notes, part) => ((notes?.ended ?? 0) > 0 && !clamped.has(part) ? part : last),
      -1,
    );
    if (stuck < 0) return undefined;
    clamped.add(stuck);
  }
}

/** The paths on which a step begins in a branch, and what is left out of them. */
interface Start {
  readonly branch: Branch;
  readonly scope: Scope;
  readonly paths: readonly Path[];
  readonly factors: readonly Factor[];
  readonly others: readonly Figures[];
}

/** The branch with every open that the step touches written out; undefined where that are too many alternatives. */
function withOpensWritten(world: World, branch: Branch, plan: Plan): Branch | undefined {
  if (branch.open.length === 0 && branch.echoes.length === 0) return branch;
  const scope = world.scopeOf(plan.pool);
  const rest: Open[] = [];
  const factors = [...branch.factors];
  for (const open of branch.open) {
    if (!isOpenTouched(world, open, scope, plan.isTimed)) {
      rest.push(open);
      continue;
    }
    const factor = writtenOut(world, open, branch.now, mostAlternatives);
    if (factor === undefined) return undefined;
    factors.push(factor);
  }
  const echoes: Open[] = [];
  for (const echo of branch.echoes) {
    const isHeard = scope.rates.some(({ gauge }) => serves(world, echo.cells, gauge.subsystem.index));
    const factor = isHeard ? writtenOut(world, echo, branch.now, mostAlternatives) : undefined;
    if (isHeard && factor === undefined) return undefined;
    if (factor === undefined) echoes.push(echo);
    else
      factors.push({
        cells: [],
        alternatives: factor.alternatives.map(({ leavings }) => ({ statuses: [], leavings })),
      });
  }
  return { ...branch, factors, open: rest, echoes };
}

/** Whether an open has to be followed, as a factor has to be. */
export function isOpenTouched(world: World, { cells, takes }: Open, scope: Scope, isTimed: boolean): boolean {
  if (cells.some((cell) => scope.positions.has(cell))) return true;
  const serves = (index: number) => cells.some((cell) => (world.cells.cells[cell]?.group.units[index] ?? 0) > 0);
  if (scope.gauges.some(({ gauge }) => (gauge.rule === 'rate' || !gauge.linear) && serves(gauge.subsystem.index)))
    return true;
  return isTimed && takes.some(({ state }) => typeof state === 'object');
}

function serves(world: World, cells: readonly number[], subsystem: number): boolean {
  return cells.some((cell) => (world.cells.cells[cell]?.group.units[subsystem] ?? 0) > 0);
}

/** The factors that have to be followed. */
function touchedBy(world: World, { factors }: Branch, plan: Plan): readonly Factor[] {
  if (factors.length === 0) return factors;
  const scope = world.scopeOf(plan.pool);
  return factors.filter((factor) => isTouched(world, factor, scope, plan.isTimed));
}

function startIn(world: World, branch: Branch, plan: Plan, watchesAll: boolean): Start | undefined {
  const inside = touchedBy(world, branch, plan);
  const factors = inside.length === 0 ? branch.factors : branch.factors.filter((factor) => !inside.includes(factor));
  const scope = world.scopeOf(plan.pool, { cells: besidesOf(branch, plan, inside), watchesAll });
  let size = 1;
  for (const { alternatives } of inside) size *= alternatives.length;
  if (size > mostAlternatives) return undefined;
  const others =
    factors.length === 0 && branch.open.length === 0
      ? []
      : scope.gauges.map(({ gauge }): Figures => {
          const { tally } = gauge;
          if (tally === undefined) return nothing;
          return uncertainRange(world, { factors, open: branch.open }, tally);
        });
  return { branch, scope, paths: pathsInto(world, branch, scope, inside), factors, others };
}

const nothing: Figures = { worst: 0, best: 0 };

/** Cells that the step does not name and that have to be followed all the same. */
function besidesOf(branch: Branch, plan: Plan, inside: readonly Factor[]): readonly number[] {
  const timed = plan.isTimed ? branch.timed : [];
  if (inside.length === 0 && timed.length === 0) return timed;
  const besides = new Set([...inside.flatMap(({ cells }) => cells), ...timed]);
  for (const cell of plan.pool.cells) besides.delete(cell);
  return [...besides];
}

/** Whether a factor has to be followed: the step changes its cells, or a figure that is no sum depends on both. */
export function isTouched(world: World, factor: Factor, scope: Scope, isTimed: boolean): boolean {
  if (factor.cells.some((cell) => scope.positions.has(cell))) return true;
  const isRecent = (index: number) =>
    factor.alternatives.some(({ leavings }) =>
      leavings.some(({ parts }) => parts.some(([subsystem]) => subsystem === index)),
    );
  const serves = (index: number) => factor.cells.some((cell) => (world.cells.cells[cell]?.group.units[index] ?? 0) > 0);
  if (
    scope.gauges.some(({ gauge }) =>
      gauge.rule === 'rate' ? isRecent(gauge.subsystem.index) : !gauge.linear && serves(gauge.subsystem.index),
    )
  )
    return true;
  return (
    isTimed &&
    factor.alternatives.some(
      ({ statuses, leavings }) => leavings.length > 0 || statuses.some(({ warming }) => warming.length > 0),
    )
  );
}

function pathsInto(world: World, branch: Branch, scope: Scope, inside: readonly Factor[]): readonly Path[] {
  const first: Path = {
    now: branch.now,
    statuses: scope.cells.map((cell) => branch.known.at(cell) ?? statusOf(0)),
    tally: scope.tallies.map((tally) => branch.tally[tally] ?? 0),
    leavings: branch.leavings,
    open: [],
    lows: [],
  };
  let paths: readonly Path[] = [first];
  for (const factor of inside) {
    paths = factor.alternatives.flatMap((alternative) => {
      const tally = alternativeTally(world, factor, alternative);
      return paths.map((path): Path => {
        const statuses = [...path.statuses];
        for (const [i, cell] of factor.cells.entries()) {
          const position = scope.positions.get(cell);
          if (position !== undefined) statuses[position] = alternative.statuses[i] ?? statusOf(0);
        }
        const leavings =
          alternative.leavings.length === 0
            ? path.leavings
            : [...path.leavings, ...alternative.leavings].sort((a, b) => a.at - b.at);
        return {
          ...path,
          statuses,
          tally: path.tally.map((sum, i) => sum + (tally[scope.tallies[i] ?? -1] ?? 0)),
          leavings,
        };
      });
    });
  }
  return paths;
}

interface Attempt {
  readonly run: Run;
  readonly ends: readonly (End & { readonly start: Start })[];
}

function attempt(
  world: World,
  starts: readonly Start[],
  plan: Plan,
  clamped: ReadonlySet<number>,
): Attempt | undefined {
  const notes: Run['notes'] = new Map();
  const tasks: Run['tasks'] = [];
  let budget = mostChanges;
  let run: Run | undefined;
  const ends: (End & { start: Start })[] = [];
  for (const start of starts) {
    run = {
      world,
      scope: start.scope,
      isParallel: plan.isParallel,
      clamped,
      others: start.others,
      notes,
      round: '',
      tasks,
      budget,
    };
    const paths = performStep(run, plan.root, start.paths);
    if (run.budget < 0 || paths.length > mostAlternatives) return undefined;
    budget = run.budget;
    ends.push({ paths, others: start.others, factors: start.factors, open: start.branch.open, start });
  }
  return run === undefined ? undefined : { run, ends };
}

function finished(
  world: World,
  starts: readonly Start[],
  plan: Plan,
  { run, ends }: Attempt,
  clamped: ReadonlySet<number>,
): CarriedOut {
  const mayNot = plan.root.input.step.when !== undefined;
  const branches = ends.flatMap(({ paths, start }) =>
    branchesFrom(world, start, mayNot ? [...paths, ...start.paths] : paths),
  );
  const gauges = starts[0]?.scope.gauges ?? [];
  return {
    after: merged(world, branches),
    seeing: { world, gauges, notes: run.notes, ends },
    tasks: run.tasks,
    clamped,
  };
}

/** What is the case where the paths end; paths that end at other times are other branches, as long as time matters to anything. */
function branchesFrom(world: World, { branch, scope, factors }: Start, paths: readonly Path[]): readonly Branch[] {
  const [only] = paths;
  if (only !== undefined && paths.length === 1) return [branchAt(world, branch, scope, factors, only.now, paths)];
  const byTime = new Map<number, Path[]>();
  for (const path of paths) byTime.set(path.now, [...(byTime.get(path.now) ?? []), path]);
  const made = [...byTime].map(([now, own]) => branchAt(world, branch, scope, factors, now, own));
  if (made.length < 2 || !made.every(isWithoutTime)) return made;
  const latest = Math.max(...byTime.keys());
  return [branchAt(world, branch, scope, factors, latest, paths)];
}

function branchAt(
  world: World,
  branch: Branch,
  scope: Scope,
  factors: readonly Factor[],
  now: number,
  paths: readonly Path[],
): Branch {
  const [only] = paths;
  const isSimple =
    factors.length === branch.factors.length && scope.cells.length === scope.groups.length && now === branch.now;
  if (only !== undefined && paths.length === 1 && isSimple && branch.timed.length === 0)
    return changedIn(world, branch, scope, only);
  const followed = new Set(scope.cells);
  const uncertain = uncertainIn(branch);
  const tally = [...branch.tally];
  for (const cell of scope.cells) if (!uncertain.has(cell)) countCell(world, tally, cell, branch.known.at(cell), -1);
  const timed = branch.timed.filter((cell) => !followed.has(cell));
  const rest = later(world, { ...branch, tally, timed, factors, leavings: [] }, now);
  const alternatives = paths.map(({ statuses, leavings }): Alternative => ({ statuses, leavings }));
  return withFactor(world, rest, { cells: scope.cells, alternatives });
}

/** The usual case at little cost: one path, and nothing that depends on time. */
function changedIn(world: World, branch: Branch, scope: Scope, { statuses, leavings, now }: Path): Branch {
  const known = branch.known.with(scope.cells, (i) => statuses[i] ?? statusOf(0));
  if (known === branch.known && leavings === branch.leavings) return branch;
  const tally = [...branch.tally];
  const timed: number[] = [];
  for (const [i, cell] of scope.cells.entries()) {
    const status = statuses[i];
    if (status === branch.known.at(cell)) continue;
    countCell(world, tally, cell, branch.known.at(cell), -1);
    countCell(world, tally, cell, status, 1);
    if ((status?.warming.length ?? 0) > 0) timed.push(cell);
  }
  return { ...branch, now, known, tally, timed, leavings };
}
