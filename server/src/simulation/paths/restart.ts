import type { Task } from '../plan/task.ts';
import { joined, type Status, takeOut, takeWarming } from '../worlds/status.ts';
import { asBatched, atOnce } from './at-once.ts';
import { freed, marked, unmarked } from './marks.ts';
import { type CellChange, changed, type Path } from './path.ts';
import { type Box, onEachWay, servingBoxes, sumOf } from './picks.ts';
import { changesToFollow } from './restart-ways.ts';
import {
  alikeAmong,
  boxesDue,
  dueTogether,
  groupOf,
  type Held,
  keyOf,
  less,
  planned,
  type Rolling,
  slowest,
} from './rolling.ts';
import { type Begin, event, type Progress, type Run, taskNotes } from './run.ts';

/**
 * Takes each batch out and brings it back, warmed up, before the next goes; every server goes once (docs/simulation.md §8).
 * A replacement with a surge brings the new servers first, so that nothing is ever missing.
 */
export function restarting(task: Task, positions: readonly number[]): Begin {
  return (clock) =>
    event('restart', clock, (run, path, at) => {
      const rolling = planned(run.world, run.scope, path, task, positions, taskNotes(run, task.part));
      if (rolling.left === 0) return [{ path, proc: undefined, clock: at }];
      const usual = atOnce(run, path, at, rolling);
      if (usual !== undefined) return usual;
      const ways =
        rolling.ofEach === undefined
          ? changesToFollow(dueTogether(run.world, run.scope, run.contested, rolling), rolling.left, rolling.batch)
          : 0;
      const batched = run.isParallel && ways > run.world.fewWays ? asBatched(run, path, at, rolling) : undefined;
      if (batched !== undefined) return batched;
      // What cannot be followed to its end is better not begun.
      if (ways > 2 * run.budget) {
        run.unspent = run.budget;
        run.budget = -1;
        return [];
      }
      const begun = marked(run, path, rolling);
      return begin(run, begun.path, at, begun.rolling);
    });
}

/** Every way in which the next batch can go, as how many of each box; none where nothing is left. */
function waysOf(run: Run, boxes: readonly Box[], rolling: Rolling): readonly (readonly number[])[] {
  const kinds = alikeAmong(
    run.world,
    run.scope,
    run.contested,
    rolling,
    boxes.map(({ at }) => at),
  );
  const all = kinds.flatMap((own): readonly Box[] => {
    const [first] = own.flatMap((i) => boxes[i] ?? []);
    return first === undefined ? [] : [{ ...first, count: sumOf(own.flatMap((i) => boxes[i] ?? [])) }];
  });
  return waysIn(run, all, rolling).map((taken) => {
    const each = boxes.map(() => 0);
    for (const [kind, own] of kinds.entries()) {
      let left = taken[kind] ?? 0;
      for (const i of own) {
        each[i] = Math.min(left, boxes[i]?.count ?? 0);
        left -= each[i] ?? 0;
      }
    }
    return each;
  });
}

function waysIn(run: Run, boxes: readonly Box[], { left, batch, ofEach }: Rolling): readonly (readonly number[])[] {
  const same = (taken: readonly number[]) => taken;
  if (ofEach === undefined) {
    const going = Math.min(left, batch, sumOf(boxes));
    return going === 0 ? [] : onEachWay(run, boxes, going, same);
  }
  let ways: readonly (readonly number[])[] = sumOf(boxes) === 0 ? [] : [[]];
  for (const [group, most] of ofEach) {
    const own = boxes.map((box) => (groupOf(run.world, run.scope, box.at) === group ? box : { ...box, count: 0 }));
    const parts = onEachWay(run, own, Math.min(most, sumOf(own)), same);
    ways = ways.flatMap((way) => parts.map((part) => part.map((count, i) => count + (way[i] ?? 0))));
  }
  return ways;
}

function begin(run: Run, path: Path, at: number, rolling: Rolling): readonly Progress[] {
  return rolling.task.action.surge ? surge(run, path, at, rolling) : takeBatch(run, path, at, rolling);
}

function takeBatch(run: Run, path: Path, at: number, rolling: Rolling): readonly Progress[] {
  const { task } = rolling;
  const boxes = boxesDue(path, rolling);
  const ways = waysOf(run, boxes, rolling);
  if (ways.length === 0) return [{ path: freed(run, path, rolling), proc: undefined, clock: at }];
  return ways.map((taken): Progress => {
    const own = unmarked(run, path, rolling, boxes, taken);
    const statuses = new Map<number, { status: Status; inService: number; gone: number; count: number }>();
    const gone: [number, number][] = [];
    for (let i = boxes.length - 1; i >= 0; i--) {
      const box = own.boxes[i];
      const count = taken[i] ?? 0;
      if (box === undefined || count === 0) continue;
      const known = statuses.get(box.at) ?? { status: own.path.statuses[box.at], inService: 0, gone: 0, count: 0 };
      if (known.status === undefined) continue;
      const isWarming = box.from === 'warming';
      const returned = isWarming && (known.status.warming[box.entry]?.returned ?? false);
      const status = isWarming ? takeWarming(known.status, box.entry, count, held) : takeOut(known.status, count, held);
      statuses.set(box.at, {
        status: withoutHeld(status),
        inService: known.inService - (isWarming ? 0 : count),
        gone: known.gone + (returned ? 0 : count),
        count: known.count + count,
      });
      if (!isWarming) gone.push([box.at, count]);
    }
    const changes = [...statuses].map(
      ([position, { status, inService, gone: out }]): CellChange => ({ at: position, status, inService, gone: out }),
    );
    const batch = [...statuses].map(([position, { count }]): Held => ({ at: position, count }));
    const rest = less(rolling, boxes, taken);
    const gonePath = changed(run.world, run.scope, own.path, changes, gone, at);
    const then = rest.left === 0 ? freed(run, gonePath, rolling) : gonePath;
    const back =
      at +
      (task.action.takes?.value ?? 0) +
      slowest(
        run.scope,
        batch.map((one) => one.at),
      );
    const key = `back ${batch.map((one) => `${one.at}:${one.count}`).join()} ${keyOf(rest)}`;
    return {
      path: then,
      proc: event(key, back, (run2, path2, time) => bringBatchBack(run2, path2, time, rest, batch)),
      clock: at,
    };
  });
}

/** While a restart has them, servers are in none of the lists of a status. */
const held = '\u0000';

function withoutHeld(status: Status): Status {
  return { ...status, outs: status.outs.filter(({ origin }) => origin !== held) };
}

function bringBatchBack(run: Run, path: Path, at: number, rest: Rolling, batch: readonly Held[]): readonly Progress[] {
  const changes = batch.flatMap(({ at: position, count }): CellChange[] => {
    const status = path.statuses[position];
    return status === undefined
      ? []
      : [{ at: position, status: joined(status, count, undefined, true), inService: count, gone: -count }];
  });
  const then = changed(run.world, run.scope, path, changes, [], at);
  if (rest.left === 0) return [{ path: then, proc: undefined, clock: at }];
  const pause = rest.task.action.pause?.value ?? 0;
  // Beside other branches, one of them may come before the next batch goes, pause or not.
  if (pause === 0 && !run.isParallel) return takeBatch(run, then, at, rest);
  return [
    {
      path: then,
      proc: event(`next ${keyOf(rest)}`, at + pause, (run2, path2, time) => takeBatch(run2, path2, time, rest)),
      clock: at,
    },
  ];
}

/** The new servers of a batch come first; what they take the place of goes when they are warm. */
function surge(run: Run, path: Path, at: number, rolling: Rolling): readonly Progress[] {
  const boxes = boxesDue(path, rolling);
  const ways = waysOf(run, boxes, rolling);
  if (ways.length === 0) return [{ path: freed(run, path, rolling), proc: undefined, clock: at }];
  return ways.map((taken): Progress => {
    const counts = new Map<number, number>();
    for (const [i, box] of boxes.entries()) counts.set(box.at, (counts.get(box.at) ?? 0) + (taken[i] ?? 0));
    const batch = [...counts].map(([position, count]): Held => ({ at: position, count }));
    const rest = less(rolling, boxes, taken);
    const used = batch.flatMap((one) => (one.count > 0 ? [one.at] : []));
    const ready = at + (rolling.task.action.takes?.value ?? 0) + slowest(run.scope, used);
    const key = `surge ${batch.map((one) => `${one.at}:${one.count}`).join()} ${keyOf(rest)}`;
    return {
      path,
      proc: event(key, ready, (run2, path2, time) => replaced(run2, path2, time, rest, batch)),
      clock: at,
    };
  });
}

function replaced(run: Run, path: Path, at: number, rest: Rolling, old: readonly Held[]): readonly Progress[] {
  const next = at + (rest.task.action.pause?.value ?? 0);
  const proc = event(`next surge ${keyOf(rest)}`, next, (run2, path2, time) => surge(run2, path2, time, rest));
  return oldTaken(run, path, rest, old).map(({ boxes, taken }) => {
    const own = unmarked(run, path, rest, boxes, taken);
    const left = own.boxes.map((box, i) => [box.at, taken[i] ?? 0] as const);
    const then = changed(run.world, run.scope, own.path, [], left, at);
    return rest.left === 0
      ? { path: freed(run, then, rest), proc: undefined, clock: at }
      : { path: then, proc, clock: at };
  });
}

/** Every way to take as many of each cell as new ones have come. What another branch has taken in the meantime is not there to be replaced. */
function oldTaken(run: Run, path: Path, { positions }: Rolling, old: readonly Held[]) {
  const { cells } = run.scope;
  let ways: readonly { readonly boxes: readonly Box[]; readonly taken: readonly number[] }[] = [
    { boxes: [], taken: [] },
  ];
  for (const cell of new Set(old.map(({ at }) => cells[at]))) {
    const count = old.reduce((sum, one) => sum + (cells[one.at] === cell ? one.count : 0), 0);
    const boxes = servingBoxes(
      path,
      positions.filter((position) => cells[position] === cell),
    );
    const own = onEachWay(run, boxes, Math.min(count, sumOf(boxes)), (taken) => taken);
    ways = ways.flatMap((way) =>
      own.map((taken) => ({ boxes: [...way.boxes, ...boxes], taken: [...way.taken, ...taken] })),
    );
  }
  return ways;
}
