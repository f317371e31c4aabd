import type { Bounds } from '../../commands/action.ts';
import type { Task } from '../plan/task.ts';
import { joined } from '../worlds/status.ts';
import { serversOf } from './amounts.ts';
import { freed, marked, unmarked } from './marks.ts';
import { changed, type Path } from './path.ts';
import {
  broughtBack,
  changeOf,
  onEachWay,
  outBoxes,
  readyAt,
  servingBoxes,
  sumOf,
  takenFrom,
  takenOut,
  warmingBoxes,
} from './picks.ts';
import { restarting } from './restart.ts';
import { boxesDue, keyOf, less, type Rolling } from './rolling.ts';
import { type Begin, event, type Progress, pausing, type Run, taskNotes, widened } from './run.ts';

/** What an action does, as something that goes on along a path. */
export function changesBy(run: Run, task: Task): Begin | undefined {
  if (task.still !== undefined) return undefined;
  const positions = task.pool.cells.flatMap((cell) => run.scope.places.get(cell) ?? []);
  switch (task.action.effect) {
    case 'wait':
      return pausing(task.action.seconds);
    case 'remove':
      return (clock) => event('remove', clock, (at, path, time) => removal(at, path, time, task, positions));
    case 'restore':
      return (clock) => event('restore', clock, (at, path, time) => restoral(at, path, time, task, positions));
    case 'restart':
    case 'replace':
      return restarting(task, positions);
    case 'scale-to':
    case 'add':
      return (clock) => event('scale', clock, (at, path, time) => scaling(at, path, time, task, positions));
    default:
      return undefined;
  }
}

function over(paths: readonly Path[], clock: number): readonly Progress[] {
  return paths.map((path) => ({ path, proc: undefined, clock }));
}

/** A choice that is not named falls on servers in service; a named server is taken while it warms up too (docs/simulation.md §8). */
function boxesToTake(path: Path, task: Task, positions: readonly number[]) {
  const serving = servingBoxes(path, positions);
  return task.isNamed ? [...serving, ...warmingBoxes(path, positions)] : serving;
}

function removal(run: Run, path: Path, at: number, task: Task, positions: readonly number[]): readonly Progress[] {
  const { amount, batch, atMost = false } = task.action;
  const boxes = boxesToTake(path, task, positions);
  const there = sumOf(boxes);
  const wanted = serversOf(amount?.value, there);
  const notes = taskNotes(run, task.part);
  notes.there = widened(notes.there, there);
  notes.count = widened(notes.count, atMost ? Math.min(wanted, there) : wanted);
  if (task.isNamed) {
    const out = sizeOf(run, task) - there;
    notes.alreadyOut = Math.min(notes.alreadyOut ?? out, out);
  }
  if (wanted > there && !atMost) {
    notes.lacks = {
      asked: Math.max(notes.lacks?.asked ?? 0, wanted),
      least: Math.min(notes.lacks?.least ?? there, there),
    };
    const key = `${task.part}${run.turn}`;
    if (!run.isClamped(key)) {
      run.ended.set(key, { part: task.part, turn: run.turn });
      return [];
    }
  }
  const left = Math.min(wanted, there);
  const atOnce = batch === undefined ? left : Math.max(1, serversOf(batch.value, sumOf(servingBoxes(path, positions))));
  const due = positions.map((position) => sumOf(boxes.filter((box) => box.at === position)));
  const begun = marked(run, path, { task, positions, due, left, batch: atOnce, ofEach: undefined });
  return takeBatch(run, begun.path, at, begun.rolling);
}

/** Servers that the named hosts are, those that no runbook touches included. */
function sizeOf({ world, scope }: Run, task: Task): number {
  return task.pool.cells.reduce(
    (sum, cell) => sum + (scope.positions.has(cell) ? (world.cells.cells[cell]?.size ?? 0) : 0),
    0,
  );
}

function takeBatch(run: Run, path: Path, at: number, rolling: Rolling): readonly Progress[] {
  const { task, left, batch } = rolling;
  const boxes = boxesDue(path, rolling);
  const going = Math.min(left, batch, sumOf(boxes));
  const next = at + (task.action.pause?.value ?? 0);
  return onEachWay(run, boxes, going, (taken): Progress => {
    const own = unmarked(run, path, rolling, boxes, taken);
    const then = takenFrom(run, own.path, own.boxes, taken, task.origin, at);
    const rest = less(rolling, boxes, taken);
    if (rest.left === 0) return { path: freed(run, then, rolling), proc: undefined, clock: at };
    const proc = event(`remove ${keyOf(rest)}`, next, (run2, path2, time) => takeBatch(run2, path2, time, rest));
    return { path: then, proc, clock: at };
  });
}

function restoral(run: Run, path: Path, at: number, task: Task, positions: readonly number[]): readonly Progress[] {
  const id = task.action.restores?.value;
  const boxes = outBoxes(path, positions, id === undefined ? undefined : (origin) => origin.split('\n').includes(id));
  const out = sumOf(boxes);
  const wanted = id === undefined ? Math.min(out, serversOf(task.action.amount?.value, out)) : out;
  const notes = taskNotes(run, task.part);
  notes.there = widened(notes.there, out);
  notes.count = widened(notes.count, wanted);
  return over(broughtBack(run, path, boxes, wanted, at), at);
}

/** Each group that is named gets the size (docs/simulation.md §8). */
function scaling(run: Run, path: Path, at: number, task: Task, positions: readonly number[]): readonly Progress[] {
  const byGroup = new Map<number, number[]>();
  for (const position of positions) {
    const group = run.world.cells.cells[run.scope.cells[position] ?? -1]?.group.index ?? -1;
    byGroup.set(group, [...(byGroup.get(group) ?? []), position]);
  }
  let paths: readonly Path[] = [path];
  for (const own of byGroup.values()) paths = paths.flatMap((one) => scaleGroup(run, one, at, task, own));
  // It was carried out, though there is nothing more to say of it.
  taskNotes(run, task.part);
  return over(paths, at);
}

/** The size that is nearest to the present one within the bounds. */
function within({ least, most }: Bounds, size: number): number {
  return Math.min(Math.max(size, least?.value ?? 0), most?.value ?? Number.POSITIVE_INFINITY);
}

function scaleGroup(run: Run, path: Path, at: number, task: Task, positions: readonly number[]): readonly Path[] {
  const present = [...servingBoxes(path, positions), ...warmingBoxes(path, positions)];
  const size = sumOf(present);
  const { amount, bounds } = task.action;
  const asked = bounds === undefined || amount !== undefined ? serversOf(amount?.value, size) : within(bounds, size);
  const notes = taskNotes(run, task.part);
  notes.count = widened(notes.count, asked);
  notes.there = widened(notes.there, size);
  const goal = task.action.effect === 'add' ? size + asked : asked;
  if (goal <= size) return takenOut(run, path, present, size - goal, task.origin, at);
  const out = task.action.effect === 'add' ? [] : outBoxes(path, positions);
  const back = Math.min(sumOf(out), goal - size);
  const fresh = goal - size - back;
  const growing =
    positions.findLast((position) => run.world.cells.cells[run.scope.followed[position] ?? -1]?.grows) ?? positions[0];
  return broughtBack(run, path, out, back, at).map((then) => {
    const status = growing === undefined ? undefined : then.statuses[growing];
    if (growing === undefined || status === undefined || fresh === 0) return then;
    const grown = joined(status, fresh, readyAt(run, growing, path.now), false);
    return changed(run.world, run.scope, then, [changeOf(then, growing, grown)], [], at);
  });
}
