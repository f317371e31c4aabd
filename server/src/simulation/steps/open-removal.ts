import type { Figures } from '../outcome.ts';
import { serversOf } from '../paths/changes.ts';
import type { TaskNotes } from '../paths/run.ts';
import { isOpenTouched, isTouched } from '../paths/starts.ts';
import { onlyTask, type Plan, type Task } from '../plan/plan.ts';
import type { Work } from '../work.ts';
import { type Belief, type Branch, uncertainIn } from '../worlds/belief.ts';
import { withOpen } from '../worlds/elapse.ts';
import { countCell } from '../worlds/factor.ts';
import { type Open, type OpenTake, positionsOf, roomsOf, withoutBack } from '../worlds/open.ts';
import { weights } from '../worlds/place.ts';
import { waysToSplit } from '../worlds/splits.ts';
import { statusOf } from '../worlds/status.ts';
import { Tally } from '../worlds/tally.ts';
import type { Scope, World } from '../worlds/world.ts';
import type { CarriedOut } from './carry-out.ts';
import { Look } from './open-look.ts';

/**
 * A removal of so many servers out of many cells, unknown which, in more ways than are worth writing out.
 * Undefined where it is another kind of step, or where the ways are few: then every path is followed.
 */
export function removeOpenly(world: World, belief: Belief, plan: Plan, work: Work): CarriedOut | undefined {
  const [branch] = belief.branches;
  const task = plainRemoval(plan);
  if (branch === undefined || belief.branches.length > 1 || task === undefined) return undefined;
  if (plan.pool.cells.length < 2 && branch.open.length === 0) return undefined;
  const scope = world.scopeOf(plan.pool);
  if (branch.factors.some((factor) => isTouched(world, factor, scope, false))) return undefined;
  const before = gathered(world, branch, scope);
  if (before === undefined) return undefined;
  const removal = wantedOf(world, before, task, scope);
  if (removal === undefined) return undefined;
  const { wanted, serving } = removal;
  const take: OpenTake = {
    positions: positionsOf(before.open, plan.pool.cells),
    count: wanted,
    origin: task.origin,
    at: branch.now,
    state: 'out',
  };
  const open: Open = { ...before.open, takes: [...before.open.takes, take] };
  const look = new Look(world, before.rest, open, scope, wanted > serving.worst, work);
  const after: Belief = { branches: [withOpen(world, before.rest, open)] };
  const notes: TaskNotes = {
    count: { worst: wanted, best: wanted },
    lacks: wanted > serving.worst ? { asked: wanted, least: serving.worst } : undefined,
    there: { ...serving },
    went: 1,
    alreadyOut: undefined,
  };
  const tasks: TaskNotes[] = [];
  tasks[task.part] = notes;
  return { after, seeing: look.seeing(plan.root.part), tasks, clamped: new Set() };
}

function plainRemoval({ root, isTimed }: Plan): Task | undefined {
  const task = onlyTask(root);
  if (task === undefined || isTimed || root.takes > 0 || root.input.step.when !== undefined) return undefined;
  if (task.isNamed || task.action.effect !== 'remove') return undefined;
  const { amount, maybe, atMost } = task.action;
  if (maybe !== undefined || atMost === true) return undefined;
  return amount === undefined || amount.value.unit === 'all' ? undefined : task;
}

/** The branch without the cells that the removal may touch, and these, with what left them before. */
export interface Gathered {
  readonly rest: Branch;
  readonly open: Open;
}

/** Undefined where what is back may be taken again, and still binds what was taken beside it: then every path is followed. */
export function gathered(world: World, branch: Branch, scope: Scope): Gathered | undefined {
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

/** How many go, and what the target has in service; undefined where the paths are to be followed. */
function wantedOf(
  world: World,
  { open }: Gathered,
  task: Task,
  scope: Scope,
): { readonly wanted: number; readonly serving: Figures } | undefined {
  const inside = new Set(task.pool.cells);
  const rooms = roomsOf(open);
  const held = open.cells.reduce((sum, cell, i) => sum + (inside.has(cell) ? (rooms[i] ?? 0) : 0), 0);
  const out = weights(open.takes, rooms, (_, position) => (inside.has(open.cells[position] ?? -1) ? 1 : 0));
  if (out === undefined) return undefined;
  const serving = { worst: held - out.most, best: held - out.least };
  const amount = task.action.amount?.value;
  if (amount?.unit !== 'servers' && serving.worst !== serving.best) return undefined;
  const wanted = serversOf(amount, serving.best);
  if (wanted > serving.best || wanted === 0) return undefined;
  const own = rooms.filter((_, i) => inside.has(open.cells[i] ?? -1));
  const most = isPlain(scope) ? Math.min(1, world.fewWays) : world.fewWays;
  let ways = waysToSplit(own, wanted, most + 1);
  for (const { positions, count } of open.takes)
    ways *= waysToSplit(
      positions.map((position) => rooms[position] ?? 0),
      count,
      most + 1,
    );
  return ways > most ? { wanted, serving } : undefined;
}

/** Nothing but sums is watched, of which a flow tells all there is to tell. */
export function isPlain({ gauges }: Scope): boolean {
  return gauges.every(({ gauge }) => gauge.linear && gauge.rule !== 'rate');
}
