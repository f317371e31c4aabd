import { batchings } from './batchings.ts';
import { changed, type Path } from './path.ts';
import { alikeAmong, type Held, type Rolling, type Rounds, roundsOf } from './rolling.ts';
import type { Progress, Run } from './run.ts';
import { comingBack, shifted, spread, type Turn, turnsAnytime, turnsInTime } from './turns.ts';

/**
 * The usual case at little cost: all servers are alike, so that one batch is like the other.
 * Only what leaves when is entered batch by batch, as far as a window can tell.
 */
export function atOnce(run: Run, path: Path, at: number, rolling: Rolling): readonly Progress[] | undefined {
  const { task, batch } = rolling;
  const { world, scope, contested, isParallel } = run;
  const some = dueIn(rolling);
  const [position] = some.map((one) => one.at);
  if (position === undefined || task.action.surge || task.isNamed) return undefined;
  const places = some.map((one) => one.at);
  if (some.length > 1 && alikeAmong(world, scope, contested, rolling, places).length > 1) return undefined;
  const isWarming = path.statuses.some(({ warming }) => warming.length > 0);
  if (isWarming && !isParallel) return undefined;
  const timing = roundsOf(scope, rolling);
  const { rounds, batch: first, lasts } = timing;
  // Where others may take or bring back servers of the same cell one batch is not like the other.
  const isContended = (scope.places.get(scope.cells[position] ?? -1)?.length ?? 0) > 1;
  if (isParallel && rounds > 1 && isContended) return undefined;
  const last = rolling.left - (rounds - 1) * batch;
  const whole = spread(first, some);
  const then = leftBatchByBatch(run, path, at, whole, position, timing);
  if (!isParallel) return [{ path: shifted(run, then, whole, 1, [], at), proc: undefined, clock: at + lasts }];
  const isShared = places.some((at) => run.shared.has(scope.cells[at] ?? -1));
  const turns =
    lasts > 0 && (isWarming || run.warmsUp)
      ? turnsInTime(timing, last, at, run.turns, some)
      : turnsAnytime(timing, last, at, isShared, some);
  return [{ path: then, proc: comingBack(turns, 0, whole), clock: at }];
}

/**
 * Beside other branches, where it differs only where servers stand and what they serve: some ways to put the batches together that show all there is to see.
 * Undefined where that is not known of them.
 */
export function asBatched(run: Run, path: Path, at: number, rolling: Rolling): readonly Progress[] | undefined {
  const some = dueIn(rolling);
  const [position] = some.map((one) => one.at);
  const all = batchings(run, path, rolling, some);
  if (position === undefined || all === undefined) return undefined;
  const timing = roundsOf(run.scope, rolling);
  const end = at + timing.lasts;
  return all.map((batches): Progress => {
    const turns = batches.map((servers, i): Turn => ({ servers, out: i === 0 ? at : end, back: end }));
    const [first = []] = batches;
    return {
      path: leftBatchByBatch(run, path, at, first, position, timing),
      proc: comingBack(turns, 0, first),
      clock: at,
    };
  });
}

/** Servers that are due, those of the largest position first. */
function dueIn({ positions, due }: Rolling): readonly Held[] {
  const some = positions.flatMap((at, i) => ((due[i] ?? 0) > 0 ? [{ at, count: due[i] ?? 0 }] : []));
  return some.sort((a, b) => b.count - a.count);
}

/** The path on which the first batch has gone, and it is entered when the others do; each server counts for a rate as those of the position do. */
function leftBatchByBatch(
  run: Run,
  path: Path,
  at: number,
  first: readonly Held[],
  position: number,
  { rounds, every, left, batch }: Rounds,
): Path {
  const { world, scope } = run;
  run.budget -= 1;
  let then = shifted(run, path, first, -1, [[position, batch]], at);
  if ((scope.rated[position]?.length ?? 0) === 0) return then;
  const last = left - (rounds - 1) * batch;
  const inWindow = every === 0 ? rounds : Math.ceil(world.window / every) + 1;
  for (let round = 1; round < rounds; round++) {
    if (round > inWindow && round < rounds - inWindow) continue;
    then = changed(world, scope, then, [], [[position, round === rounds - 1 ? last : batch]], at + round * every);
  }
  return then;
}
