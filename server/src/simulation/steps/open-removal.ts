import type { Figures } from '../outcome.ts';
import { comingIn, isOpenTouched, isTouched } from '../paths/starts.ts';
import type { Plan } from '../plan/plan.ts';
import type { Work } from '../work.ts';
import { type Belief, type Branch, uncertainIn } from '../worlds/belief.ts';
import { later, withOpen } from '../worlds/elapse.ts';
import { countCell } from '../worlds/factor.ts';
import { type Open, type OpenTake, roomsOf, withoutBack } from '../worlds/open.ts';
import { waysToSplit } from '../worlds/splits.ts';
import { statusOf } from '../worlds/status.ts';
import { Tally } from '../worlds/tally.ts';
import type { Scope, World } from '../worlds/world.ts';
import type { CarriedOut } from './carry-out.ts';
import { Look } from './open-look.ts';
import { isOnlyRemovals, type Script, scriptOf, servingIn } from './removal-script.ts';

/**
 * Removals of so many servers out of many cells, unknown which, in more ways than are worth writing out: one, or several after or beside one another.
 * What is gone is never back meanwhile, so that each part of the step is at its lowest where it ends, and the order counts for little:
 * at best nothing else is gone by then, at worst everything that may be.
 * Undefined where it is another kind of step, or where the ways are few: then every path is followed.
 */
export function removeOpenly(world: World, belief: Belief, plan: Plan, work: Work): CarriedOut | undefined {
  const [branch] = belief.branches;
  if (branch === undefined || belief.branches.length > 1 || !isOnlyRemovals(plan.root)) return undefined;
  if (plan.pool.cells.length === 0 || (plan.pool.cells.length < 2 && branch.open.length === 0)) return undefined;
  const scope = world.scopeOf(plan.pool);
  if (branch.factors.some((factor) => isTouched(world, factor, scope, plan.isTimed))) return undefined;
  if (plan.isTimed && warmsUp(branch)) return undefined;
  const before = gathered(world, branch, scope);
  if (before === undefined) return undefined;
  const script = scriptOf(before.open, plan.root, branch.now);
  if (script === undefined || isFollowable(world, script, before.open.takes.length, scope, plan)) return undefined;
  const told = tasksOf(script, before.open.takes.length, plan);
  if (told === undefined) return undefined;
  const { tasks, rulesOut } = told;
  const look = new Look(
    world,
    before.rest,
    script.open,
    before.open.takes.length,
    watching(world, scope, rulesOut),
    work,
  );
  const after = withOpen(world, before.rest, script.open);
  return {
    after: { branches: [script.end > branch.now ? later(world, after, script.end) : after] },
    seeing: look.seeing(script.moments),
    tasks,
    clamped: new Set(),
  };
}

/** Whether something counts more, the later it is. */
function warmsUp(branch: Branch): boolean {
  const isBack = ({ state }: OpenTake) => typeof state === 'object';
  return branch.timed.length + comingIn(branch).size > 0 || branch.open.some(({ takes }) => takes.some(isBack));
}

/** A removal that rules some ways of the steps before out changes what is known of every subsystem. */
function watching(world: World, scope: Scope, rulesOut: boolean): Scope {
  const besides = { cells: [], watchesAll: true, copies: [], isTimeless: false };
  return rulesOut ? world.scopeOf({ cells: scope.cells }, besides) : scope;
}

/** The branch without the cells that the removal may touch, and these, with what left them before. */
interface Gathered {
  readonly rest: Branch;
  readonly open: Open;
}

/** Undefined where what is back may be taken again, and still binds what was taken beside it: then every path is followed. */
function gathered(world: World, branch: Branch, scope: Scope): Gathered | undefined {
  const touched = branch.open.filter((open) => isOpenTouched(world, open, scope, false));
  const cells = touched.flatMap((open) => open.cells);
  const base = touched.flatMap((open) => open.base);
  const isHeld = new Set(cells);
  for (const cell of scope.cells) {
    if (isHeld.has(cell)) continue;
    cells.push(cell);
    base.push(branch.known.at(cell) ?? statusOf(0));
  }
  const held = new Set(cells);
  const takes: OpenTake[] = [];
  let first = 0;
  for (const open of touched) {
    const from = first;
    const place = (position: number) => from + position;
    first += open.cells.length;
    for (const take of open.takes) {
      const { state } = take;
      const then =
        typeof state === 'object'
          ? { ready: new Map([...state.ready].map(([position, at]) => [place(position), at])) }
          : state;
      takes.push({ ...take, positions: take.positions.map(place), state: then });
    }
  }
  const uncertain = uncertainIn(branch);
  const tally = branch.tally.values();
  for (const cell of scope.cells) if (!uncertain.has(cell)) countCell(world, tally, cell, branch.known.at(cell), -1);
  const rest: Branch = {
    ...branch,
    tally: Tally.of(tally),
    timed: branch.timed.filter((cell) => !held.has(cell)),
    open: branch.open.filter((open) => !touched.includes(open)),
  };
  const open = withoutBack({ cells, base, takes });
  return open && { rest, open };
}

/** What is told of each removal, and whether one that asks for more than there may be rules ways of the steps before out; undefined where it is not known what there is. */
function tasksOf(
  { open, moments }: Script,
  earlier: number,
  { root }: Plan,
): { readonly tasks: CarriedOut['tasks']; readonly rulesOut: boolean } | undefined {
  const tasks: CarriedOut['tasks'][number][] = [];
  const removals = moments.filter(({ task }) => task !== undefined);
  let rulesOut = false;
  for (const { task, begin, own } of removals) {
    if (task === undefined) continue;
    const serving = (gone: readonly number[]) => {
      const all = new Set(gone);
      return servingIn(open, task.pool.cells, (take) => take < earlier || all.has(take));
    };
    const [sure, may] = [serving(begin.sure), serving(begin.may)];
    const wanted = own.reduce((sum, take) => sum + (open.takes[take]?.count ?? 0), 0);
    if (sure === undefined || may === undefined || wanted > sure.best) return undefined;
    const there: Figures = { worst: may.worst, best: sure.best };
    const lacks = wanted > there.worst ? { asked: wanted, least: there.worst } : undefined;
    // Of several, one may lack what another has taken; and steps inside say what was the case before them on the ways that are left.
    if (lacks !== undefined && removals.length + root.inner.length > 1) return undefined;
    rulesOut ||= lacks !== undefined;
    const known = tasks[task.part];
    tasks[task.part] = {
      count: {
        worst: Math.min(wanted, known?.count?.worst ?? wanted),
        best: Math.max(wanted, known?.count?.best ?? 0),
      },
      lacks,
      there: {
        worst: Math.min(there.worst, known?.there?.worst ?? there.worst),
        best: Math.max(there.best, known?.there?.best ?? there.best),
      },
      went: 1,
      alreadyOut: undefined,
    };
  }
  return { tasks, rulesOut };
}

/** Whether there are so few ways that following them tells more. */
function isFollowable(
  world: World,
  { open, moments }: Script,
  earlier: number,
  scope: Scope,
  { isParallel }: Plan,
): boolean {
  const isOne = open.takes.length === earlier + 1;
  if (isParallel && isPlain(scope)) return false;
  const most = isPlain(scope) ? Math.min(1, world.fewWays) : world.fewWays;
  const rooms = roomsOf(open);
  let ways = 1;
  for (const { positions, count } of open.takes)
    ways *= waysToSplit(
      positions.map((position) => rooms[position] ?? 0),
      count,
      most + 1,
    );
  if (isParallel && !isOne) ways *= 2 ** moments.length;
  return ways <= most;
}

/** Nothing but sums is watched, of which a flow tells all there is to tell. */
function isPlain({ gauges }: Scope): boolean {
  return gauges.every(({ gauge }) => gauge.linear && gauge.rule !== 'rate');
}
