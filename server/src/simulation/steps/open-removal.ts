import type { Seeing } from '../judgement/judge.ts';
import { seenTogether, withoutEnd } from '../judgement/together.ts';
import { mostConditions, mostWorlds } from '../limits.ts';
import { leftOf } from '../paths/amounts.ts';
import { type Range, type TaskNotes, widened } from '../paths/run.ts';
import { comingIn, isOpenTouched, isTouched } from '../paths/starts.ts';
import type { Plan } from '../plan/plan.ts';
import type { Work } from '../work.ts';
import { type Belief, type Branch, uncertainIn } from '../worlds/belief.ts';
import { hearsManyWays } from '../worlds/echoes.ts';
import { later, merged, withOpen } from '../worlds/elapse.ts';
import { countCell } from '../worlds/factor.ts';
import { type Open, type OpenTake, roomsOf, withoutBack } from '../worlds/open.ts';
import { parted, share } from '../worlds/parted.ts';
import { servingWith } from '../worlds/serving.ts';
import { waysToSplit } from '../worlds/splits.ts';
import { statusOf } from '../worlds/status.ts';
import { Tally } from '../worlds/tally.ts';
import type { Scope, World } from '../worlds/world.ts';
import type { CarriedOut } from './carry-out.ts';
import { Look } from './open-look.ts';
import { byNumber, isOnlyRemovals, isRemovalsAndRestarts, type Script, scriptOf } from './open-script.ts';
import { afterRolling, RatesBeside, rollingIn } from './restarts-beside.ts';

/**
 * Removals of so many servers out of many cells, unknown which, in more ways than are worth writing out: one, or several after or beside one another.
 * With `mayRestart`, as a last resort, branches that restart some of the servers are looked at with them: at worst exactly, and at best with what is out in any case.
 * What is gone is never back meanwhile, so that each part of the step is at its lowest where it ends, and the order counts for little:
 * at best nothing else is gone by then, at worst everything that may be.
 * Undefined where it is another kind of step, or where the ways are few: then every path is followed.
 */
export function removeOpenly(
  world: World,
  belief: Belief,
  plan: Plan,
  work: Work,
  mayRestart = false,
): CarriedOut | undefined {
  const isAsked = mayRestart ? isRemovalsAndRestarts : isOnlyRemovals;
  if (!isAsked(plan.root) || plan.pool.cells.length === 0) return undefined;
  const isOpen = ({ open, factors, echoes }: Branch) => open.length + factors.length + echoes.length > 0;
  if (!mayRestart && plan.pool.cells.length < 2 && !belief.branches.some(isOpen)) return undefined;
  const scope = world.scopeOf(plan.pool);
  const ways = waysIn(world, belief, scope, plan);
  if (ways === undefined || (!mayRestart && isFollowable(world, ways, scope, plan))) return undefined;
  const tasks: CarriedOut['tasks'][number][] = [];
  const told = ways.map((way) => tasksOf(way, plan, tasks));
  if (told.includes(undefined) || told.every((one) => one?.isOut)) return undefined;
  // A removal that rules some ways of the steps before out changes what is known of every subsystem.
  const all = told.some((one) => one?.rulesOut) ? watching(world, scope) : scope;
  const seen: Seeing[] = [];
  const after: Branch[] = [];
  const most = Math.min(work.most, work.done + work.ofStep);
  for (const [i, { rest, script, earlier }] of ways.entries()) {
    if (work.done > most) return undefined;
    const rolling = rollingIn(world, rest, script, earlier);
    if (rolling === undefined) return undefined;
    const rates = rolling.length === 0 ? undefined : new RatesBeside(world, rest, script, earlier, rolling, work);
    const look = new Look(world, rest, script.open, earlier, all, work, rates);
    const isOut = told[i]?.isOut === true;
    const own = look.seeing(
      isOut
        ? script.moments.map((moment) => ({ ...moment, own: [], rolls: undefined, meanwhile: [] }))
        : script.moments,
    );
    seen.push(isOut ? withoutEnd(own) : own);
    if (look.isUndecided || rates?.isUnsure) return undefined;
    if (isOut) continue;
    const ends = afterRolling(world, rest, rolling, work);
    if (ends === undefined || after.length + ends.length > mostConditions) return undefined;
    const gone = ends.map((end) => withOpen(world, end, outAfter(script, earlier)));
    after.push(...gone.map((end) => (script.end > end.now ? later(world, end, script.end) : end)));
  }
  const [first, ...others] = seen;
  if (first === undefined) return undefined;
  return { after: merged(world, after), seeing: seenTogether([first, ...others]), tasks, clamped: new Set() };
}

/** What a script leaves out. */
function outAfter({ open, moments }: Script, earlier: number): Open {
  const rolls = moments.at(-1)?.rolls;
  if (rolls === undefined) return open;
  return { ...open, takes: open.takes.filter((_, take) => take < earlier || rolls.stays.includes(take)) };
}

/** One way in which the cells may be that do not depend on one another alone, and what is taken then. */
interface Way extends Gathered {
  readonly script: Script;
  /** How many takes were there before. */
  readonly earlier: number;
}

function waysIn(world: World, { branches }: Belief, scope: Scope, plan: Plan): readonly Way[] | undefined {
  const ways: Way[] = [];
  for (const [i, branch] of branches.entries()) {
    if (plan.isTimed && warmsUp(branch)) return undefined;
    const touched = branch.factors.filter((factor) => isTouched(world, factor, scope, plan.isTimed));
    const worlds = parted(world, branch, touched, share(mostWorlds - ways.length, branches.length - i));
    if (worlds === undefined) return undefined;
    for (const one of worlds) {
      const before = plan.isTimed && warmsUp(one) ? undefined : gathered(world, one, scope);
      const told = before && scriptsOf(before, plan, one.now, scope, mostWorlds - ways.length);
      if (told === undefined) return undefined;
      ways.push(...told);
    }
  }
  return ways;
}

/** What is taken; where that is a percentage of servers of which an unknown number has gone, once for each number that it comes to. */
function scriptsOf(
  { rest, open }: Gathered,
  { root }: Plan,
  now: number,
  { rates }: Scope,
  most: number,
): readonly Way[] | undefined {
  const isRated = rates.length > 0;
  const script = scriptOf(open, root, now, isRated);
  if (script !== undefined) return [{ rest, open, script, earlier: open.takes.length }];
  const ways: Way[] = [];
  for (const one of byNumber(open, root, most) ?? []) {
    const own = scriptOf(one, root, now, isRated);
    if (own === undefined) return undefined;
    ways.push({ rest, open: one, script: own, earlier: one.takes.length });
  }
  return ways.length === 0 ? undefined : ways;
}

/** Whether something counts more, the later it is. */
function warmsUp(branch: Branch): boolean {
  const isBack = ({ state }: OpenTake) => typeof state === 'object';
  return branch.timed.length + comingIn(branch).size > 0 || branch.open.some(({ takes }) => takes.some(isBack));
}

/** The scope with every other subsystem watched. */
function watching(world: World, { cells }: Scope): Scope {
  return world.scopeOf({ cells }, { cells: [], watchesAll: true, copies: [], isTimeless: false });
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

/**
 * Adds what is told of each removal, and tells whether it asks for more than there may be or there is, which rules ways of the steps before out.
 * Undefined where it is not known what there is.
 */
function tasksOf(
  { script: { open, moments }, earlier }: Way,
  { root }: Plan,
  tasks: (TaskNotes | undefined)[],
): { readonly rulesOut: boolean; readonly isOut: boolean } | undefined {
  const removals = moments.filter(({ task }) => task !== undefined);
  const { own: all = [], rolls: isRolling } = moments.at(-1) ?? {};
  // What is out at one time has to find servers all together.
  if (isRolling && servingWith(open, [], (take) => take < earlier || all.includes(take)) === undefined)
    return undefined;
  let [rulesOut, isOut] = [false, false];
  for (const { task, begin, own, rolls } of removals) {
    if (task === undefined) continue;
    const serving = (gone: readonly number[]) => {
      const all = new Set(gone);
      return servingWith(open, task.pool.cells, (take) => take < earlier || all.has(take));
    };
    const [sure, may] = [serving(begin.sure), serving(begin.may)];
    if (sure === undefined || may === undefined) return undefined;
    const noted = tasks[task.part];
    if (rolls !== undefined) {
      const count = [may.worst, sure.best].map((servers) => leftOf(task.action, servers));
      tasks[task.part] = {
        count: spanOf(noted?.count, count),
        lacks: undefined,
        there: spanOf(noted?.there, [may.worst, sure.best]),
        alreadyOut: undefined,
      };
      continue;
    }
    const wanted = own.reduce((sum, take) => sum + (open.takes[take]?.count ?? 0), 0);
    const there = { worst: may.worst, best: sure.best };
    const isLacking = wanted > there.worst;
    // Of several, one may lack what another has taken; and steps inside say what was the case before them on the ways that are left.
    if (isLacking && removals.length + root.inner.length > 1) return undefined;
    rulesOut ||= isLacking;
    isOut ||= wanted > there.best;
    const asked = Math.max(wanted, noted?.lacks?.asked ?? 0);
    const least = Math.min(there.worst, noted?.lacks?.least ?? there.worst);
    tasks[task.part] = {
      count: spanOf(noted?.count, [wanted]),
      lacks: isLacking ? { asked, least } : noted?.lacks,
      there: spanOf(noted?.there, [there.worst, there.best]),
      alreadyOut: undefined,
    };
  }
  return { rulesOut, isOut };
}

function spanOf(range: Range | undefined, values: readonly number[]): Range | undefined {
  return values.reduce<Range | undefined>(widened, range);
}

/** Whether there are so few ways that following them tells more. */
function isFollowable(world: World, all: readonly Way[], scope: Scope, { isParallel }: Plan): boolean {
  if (all.some(({ rest }) => hearsManyWays(world, rest, scope))) return false;
  // Where a flow tells all there is to tell, it is the less work in any case; but what is written out is better kept together.
  const isFlow = isPlain(scope) && all.length === 1;
  if (isParallel && isFlow) return false;
  const most = isFlow ? Math.min(1, world.fewWays) : world.fewWays;
  let sum = 0;
  for (const { script, earlier } of all) {
    const { open, moments } = script;
    const rooms = roomsOf(open);
    let ways = isParallel && open.takes.length > earlier + 1 ? 2 ** moments.length : 1;
    for (const { positions, count } of open.takes)
      ways *= waysToSplit(
        positions.map((position) => rooms[position] ?? 0),
        count,
        most + 1,
      );
    sum += ways;
  }
  return sum <= most;
}

/** Nothing but sums is watched, of which a flow tells all there is to tell. */
function isPlain({ gauges }: Scope): boolean {
  return gauges.every(({ gauge }) => gauge.linear && gauge.rule !== 'rate');
}
