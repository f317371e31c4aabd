import { mostAlternatives, mostChanges, mostConditions, mostFlows } from '../limits.ts';
import type { Figures } from '../outcome.ts';
import type { Plan } from '../plan/plan.ts';
import { type Branch, uncertainRange } from '../worlds/belief.ts';
import { conditioned } from '../worlds/conditioned.ts';
import { echoWays, hears } from '../worlds/echoes.ts';
import { alternativeTally, type Factor } from '../worlds/factor.ts';
import { type Echo, type Open, writtenOut } from '../worlds/open.ts';
import { type Status, statusOf, together } from '../worlds/status.ts';
import type { Scope, World } from '../worlds/world.ts';
import type { Path } from './path.ts';

/** The paths on which a step begins in a branch, and what is left out of them. */
export interface Start {
  readonly branch: Branch;
  readonly scope: Scope;
  readonly paths: readonly Path[];
  readonly factors: readonly Factor[];
  readonly others: readonly Figures[];
  /** The cells of which it is known where the paths end; of others that are followed only what warms up is. */
  readonly told: readonly number[];
}

/**
 * The branch with every open that the step touches written out, or once for each way in which it may be in the cells that the step touches.
 * Undefined where that are too many, of this branch and of those before it together.
 */
export function withOpensWritten(
  world: World,
  branch: Branch,
  plan: Plan,
  purse: { left: number },
): readonly Branch[] | undefined {
  if (branch.open.length === 0 && branch.echoes.length === 0) return [branch];
  const scope = world.scopeOf(plan.pool);
  const touched = branch.open.filter((open) => isOpenTouched(world, open, scope, plan.isTimed));
  const factors = [...branch.factors];
  const parted: Open[] = [];
  for (const open of touched) {
    const isApart = isTouchedInside(world, open, scope, plan.isTimed) && isWithoutTime(world, open, branch.now);
    const factor = writtenOut(world, open, branch.now, isApart ? world.fewWays : purse.left);
    purse.left -= factor?.alternatives.length ?? 0;
    if (factor !== undefined) factors.push(factor);
    else if (isApart) parted.push(open);
    else return undefined;
  }
  const echoes: Echo[] = [];
  for (const echo of branch.echoes) {
    const isHeard = scope.rates.some(({ gauge }) => hears(world, echo, gauge.subsystem.index));
    const ways = isHeard ? echoWays(world, echo, branch.now, purse.left) : undefined;
    purse.left -= ways?.length ?? 0;
    if (isHeard && ways === undefined) return undefined;
    if (ways === undefined) echoes.push(echo);
    else factors.push({ cells: [], alternatives: ways.map((leavings) => ({ statuses: [], leavings })) });
  }
  const open = branch.open.filter((one) => !touched.includes(one));
  let branches: readonly Branch[] = [{ ...branch, factors, open, echoes }];
  const inside = new Set(scope.cells);
  for (const one of parted) {
    const next: Branch[] = [];
    for (const known of branches) {
      const own = conditioned(world, known, one, inside, mostConditions);
      if (own !== undefined) next.push(...own);
      if (own === undefined || next.length > mostConditions) {
        const factor = writtenOut(world, one, branch.now, purse.left);
        purse.left -= factor?.alternatives.length ?? 0;
        return factor && branches.map((each) => ({ ...each, factors: [...each.factors, factor] }));
      }
    }
    branches = next;
  }
  return branches;
}

/** Whether an open has to be followed, as a factor has to be. */
export function isOpenTouched(world: World, open: Open, scope: Scope, isTimed: boolean): boolean {
  return open.cells.some((cell) => scope.positions.has(cell)) || !isTouchedInside(world, open, scope, isTimed);
}

/** Whether nothing is asked of the cells that the step does not touch but what sums up. */
function isTouchedInside(world: World, { cells, takes }: Open, scope: Scope, isTimed: boolean): boolean {
  const serves = (index: number) => cells.some((cell) => (world.cells.cells[cell]?.group.units[index] ?? 0) > 0);
  if (scope.gauges.some(({ gauge }) => (gauge.rule === 'rate' || !gauge.linear) && serves(gauge.subsystem.index)))
    return false;
  return !isTimed || takes.every(({ state }) => typeof state !== 'object');
}

/** Whether it does not matter any more when the servers left. */
function isWithoutTime(world: World, { takes }: Open, now: number): boolean {
  return takes.every(({ at }) => now - at >= world.window);
}

/** The factors that have to be followed. */
export function touchedBy(world: World, { factors }: Branch, plan: Plan): readonly Factor[] {
  if (factors.length === 0) return factors;
  const scope = world.scopeOf(plan.pool);
  return factors.filter((factor) => isTouched(world, factor, scope, plan.isTimed));
}

/** How the step begins in each branch; with `watchesAll`, every subsystem is watched. Undefined where that are too many paths. */
export function startsIn(
  world: World,
  branches: readonly Branch[],
  plan: Plan,
  watchesAll: boolean,
): readonly Start[] | undefined {
  if (branches.length > 1 && flowsOf(world, branches) > mostFlows) return undefined;
  const starts: Start[] = [];
  let left = mostChanges;
  for (const branch of branches) {
    const start = startIn(world, branch, plan, watchesAll, Math.min(left, mostAlternatives));
    if (start === undefined) return undefined;
    left -= start.paths.length;
    starts.push(start);
  }
  return starts;
}

/** What it takes to work out what everything that stays open brings to each tally. */
function flowsOf({ gauges }: World, branches: readonly Branch[]): number {
  let sum = 0;
  for (const { open } of branches) for (const { takes, cells } of open) sum += takes.length * cells.length;
  return sum * gauges.count;
}

function startIn(world: World, branch: Branch, plan: Plan, watchesAll: boolean, most: number): Start | undefined {
  const inside = touchedBy(world, branch, plan);
  const factors = inside.length === 0 ? branch.factors : branch.factors.filter((factor) => !inside.includes(factor));
  const besides = besidesOf(branch, plan, inside);
  const coming = plan.isTimed ? comingIn(branch) : new Map<number, Status>();
  const scope = world.scopeOf(plan.pool, {
    cells: coming.size === 0 ? besides : [...besides, ...coming.keys()],
    watchesAll,
    copies: plan.copies ?? [],
    isTimeless: plan.isTimeless,
  });
  let size = 1;
  for (const { alternatives } of inside) size *= alternatives.length;
  if (size > most) return undefined;
  const others =
    factors.length === 0 && branch.open.length === 0
      ? []
      : scope.gauges.map(({ gauge }): Figures => {
          const { tally } = gauge;
          if (tally === undefined) return nothing;
          return uncertainRange(world, { factors, open: branch.open }, tally);
        });
  return {
    branch,
    scope,
    paths: pathsInto(world, branch, scope, coming, inside, plan.isParallel ? branch.now : undefined),
    factors,
    others,
    told: coming.size === 0 ? scope.followed : scope.followed.slice(0, -coming.size),
  };
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

/**
 * What warms up in cells of which it is unknown where the other servers are: whichever were taken, it counts later.
 * It is followed as if there were nothing else in the cell.
 */
export function comingIn({ open }: Branch): ReadonlyMap<number, Status> {
  const all = new Map<number, Status>();
  for (const { cells, base } of open) {
    for (const [position, cell] of cells.entries()) {
      const { warming = [] } = base[position] ?? {};
      if (warming.length > 0) all.set(cell, together({ ...statusOf(0), warming }, all.get(cell) ?? statusOf(0)));
    }
  }
  return all;
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
  return isTimed && factor.alternatives.some(({ statuses }) => statuses.some(({ warming }) => warming.length > 0));
}

function pathsInto(
  world: World,
  branch: Branch,
  scope: Scope,
  coming: ReadonlyMap<number, Status>,
  inside: readonly Factor[],
  horizon: number | undefined,
): readonly Path[] {
  const first: Path = {
    now: branch.now,
    statuses: scope.cells.map((cell, i) =>
      i < scope.followed.length ? (coming.get(cell) ?? branch.known.at(cell) ?? statusOf(0)) : statusOf(0),
    ),
    tally: scope.tallies.map((tally) => branch.tally.at(tally)),
    leavings: branch.leavings,
    horizon,
    open: [],
    acting: [],
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
