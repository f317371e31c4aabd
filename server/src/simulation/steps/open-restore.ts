import { serversOf } from '../paths/amounts.ts';
import { type Range, type TaskNotes, widened } from '../paths/run.ts';
import type { Plan } from '../plan/plan.ts';
import { onlyTask, type Task } from '../plan/task.ts';
import type { Belief, Branch } from '../worlds/belief.ts';
import { merged, withOpen } from '../worlds/elapse.ts';
import { recounted } from '../worlds/factor.ts';
import type { Open, OpenTake } from '../worlds/open.ts';
import { roomsOf } from '../worlds/open.ts';
import { weights } from '../worlds/place.ts';
import { bringBack, statusOf } from '../worlds/status.ts';
import type { World } from '../worlds/world.ts';
import type { CarriedOut } from './carry-out.ts';

/**
 * What an open holds comes back, whichever servers it was: what a step took out as a whole, all that is out of the target, or some of one take.
 * Undefined where it is another kind of step, or where it depends on which servers it was: then every path is followed.
 */
export function restoreOpenly(world: World, belief: Belief, plan: Plan): CarriedOut | undefined {
  const task = plainRestore(plan);
  if (task === undefined || !belief.branches.some(({ open }) => open.length > 0)) return undefined;
  const branches: Branch[] = [];
  let there: Range | undefined;
  for (const branch of belief.branches) {
    const done = restoredIn(world, branch, plan, task);
    if (done === undefined) return undefined;
    branches.push(done.branch);
    there = widened(there, done.back);
  }
  if (there === undefined || there.best === 0) return undefined;
  const notes: TaskNotes = { count: { ...there }, lacks: undefined, there, alreadyOut: undefined };
  const tasks: TaskNotes[] = [];
  tasks[task.part] = notes;
  return {
    after: merged(world, branches),
    seeing: { world, gauges: [], notes: new Map(), ends: [], mayKeep: () => true },
    tasks,
    clamped: new Set(),
  };
}

function restoredIn(
  world: World,
  branch: Branch,
  plan: Plan,
  task: Task,
): { readonly branch: Branch; readonly back: number } | undefined {
  const pool = new Set(plan.pool.cells);
  if (branch.factors.some(({ cells }) => cells.some((cell) => pool.has(cell)))) return undefined;
  const { restores, amount } = task.action;
  const isMeant = (origin: string) => restores === undefined || origin.split('\n').includes(restores.value);
  const knownOut = plan.pool.cells.filter(
    (cell) => !isOpen(branch, cell) && (branch.known.at(cell)?.outs.some(({ origin }) => isMeant(origin)) ?? false),
  );
  const out = branch.open.flatMap(({ cells, takes }) =>
    takes.filter(({ state, positions }) => state === 'out' && positions.some((at) => pool.has(cells[at] ?? -1))),
  );
  // Of several it is unknown which of them is to give how many.
  const all = out.reduce((sum, { count }) => sum + count, 0);
  const isSome = restores === undefined && amount !== undefined && amount.value.unit !== 'all';
  const wanted = isSome ? serversOf(amount.value, all) : undefined;
  if (wanted !== undefined && (knownOut.length > 0 || (out.length > 1 && wanted < all))) return undefined;
  let back = 0;
  let rest: Branch = { ...branch, open: [] };
  for (const open of branch.open) {
    const done = open.cells.some((cell) => pool.has(cell))
      ? returned(world, branch, open, task, pool, wanted)
      : { open, back: 0 };
    if (done === undefined) return undefined;
    back += done.back;
    rest = withOpen(world, rest, done.open);
  }
  for (const cell of knownOut) {
    let status = rest.known.at(cell) ?? statusOf(0);
    const warmup = world.cells.cells[cell]?.group.warmup ?? 0;
    for (const { origin, count } of status.outs) {
      if (!isMeant(origin)) continue;
      back += count;
      status = bringBack(status, origin, count, warmup > 0 ? branch.now + warmup : undefined);
    }
    const tally = recounted(world, rest.tally, cell, rest.known.at(cell) ?? status, status);
    const timed = status.warming.length > 0 && !rest.timed.includes(cell) ? [...rest.timed, cell] : rest.timed;
    rest = { ...rest, known: rest.known.set(cell, status), tally, timed };
  }
  return { branch: rest, back };
}

function plainRestore({ root }: Plan): Task | undefined {
  const task = onlyTask(root);
  if (
    task === undefined ||
    root.takes > 0 ||
    root.input.step.when !== undefined ||
    task.action.maybe !== undefined ||
    task.action.effect !== 'restore'
  )
    return undefined;
  const amount = task.action.amount?.value;
  const isPlain = amount === undefined || amount.unit === 'all' || amount.value > 0;
  return isPlain ? task : undefined;
}

function isOpen({ open }: Branch, cell: number): boolean {
  return open.some(({ cells }) => cells.includes(cell));
}

function returned(
  world: World,
  branch: Branch,
  open: Open,
  task: Task,
  pool: ReadonlySet<number>,
  wanted: number | undefined,
): { readonly open: Open; readonly back: number } | undefined {
  const id = task.action.restores?.value;
  const isOf = (origin: string) => id === undefined || origin.split('\n').includes(id);
  const known = knownBack(world, branch, open, pool, isOf);
  if (known.back > 0 && wanted !== undefined) return undefined;
  let { back } = known;
  const takes: OpenTake[] = [];
  for (const take of open.takes) {
    const isMeant = take.state === 'out' && isOf(take.origin);
    const cells = take.positions.map((position) => open.cells[position] ?? -1);
    if (id === undefined && isMeant && cells.some((cell) => pool.has(cell)) && !cells.every((cell) => pool.has(cell)))
      return undefined;
    if (!isMeant || (id === undefined && !cells.some((cell) => pool.has(cell)))) {
      takes.push(take);
      continue;
    }
    const ready = new Map<number, number>();
    for (const [i, cell] of cells.entries()) {
      const warmup = world.cells.cells[cell]?.group.warmup ?? 0;
      if (warmup > 0) ready.set(take.positions[i] ?? -1, branch.now + warmup);
    }
    const count = Math.min(take.count, wanted ?? take.count);
    back += count;
    if (count < take.count) takes.push({ ...take, count: take.count - count });
    takes.push({ ...take, count, state: ready.size > 0 ? { ready } : 'back' });
  }
  return weights(open.takes, roomsOf(open), () => 0) === undefined
    ? undefined
    : { open: { ...known.open, takes }, back };
}

/** What has left the cells besides, where it was known which servers these were, comes back to them. */
function knownBack(
  world: World,
  { now }: Branch,
  open: Open,
  pool: ReadonlySet<number>,
  isMeant: (origin: string) => boolean,
): { readonly open: Open; readonly back: number } {
  const cells = [...open.cells];
  const base = [...open.base];
  let back = 0;
  for (const [position, before] of open.base.entries()) {
    const cell = open.cells[position] ?? -1;
    if (!pool.has(cell)) continue;
    const warmup = world.cells.cells[cell]?.group.warmup ?? 0;
    let status = before;
    for (const { origin, count } of before.outs.filter((out) => isMeant(out.origin))) {
      back += count;
      status = bringBack(status, origin, count, warmup > 0 ? now + warmup : undefined);
    }
    base[position] = status;
    const joined = status.inService - before.inService;
    // What was taken before cannot have been taken of what joins now.
    if (joined > 0 && open.takes.some(({ positions }) => positions.includes(position))) {
      base[position] = { ...status, inService: before.inService };
      base.push(statusOf(joined));
      cells.push(cell);
    }
  }
  return back === 0 ? { open, back } : { open: { ...open, cells, base }, back };
}
