import { changed, type Path } from './path.ts';
import { groupOf, type Held, type Rolling, roundsOf } from './rolling.ts';
import type { Progress, Run } from './run.ts';
import { comingBack, shifted, turnsAnytime, turnsInTime } from './turns.ts';

/**
 * The usual case at little cost: all servers are alike, so that one batch is like the other.
 * Servers of several cells of one group are alike as long as no other branch can tell them apart.
 * Only what leaves when is entered batch by batch, as far as a window can tell.
 */
export function atOnce(run: Run, path: Path, at: number, rolling: Rolling): readonly Progress[] | undefined {
  const { task, positions, due, batch } = rolling;
  const { world, scope, isParallel } = run;
  const some = positions.flatMap((at, i) => ((due[i] ?? 0) > 0 ? [{ at, count: due[i] ?? 0 }] : []));
  const [position, another] = some.sort((a, b) => b.count - a.count).map((one) => one.at);
  if (position === undefined || task.action.surge || task.isNamed) return undefined;
  const group = groupOf(world, scope, position);
  if (another !== undefined && (isParallel || some.some((one) => groupOf(world, scope, one.at) !== group)))
    return undefined;
  const isWarming = path.statuses.some(({ warming }) => warming.length > 0);
  if (isWarming && !isParallel) return undefined;
  const timing = roundsOf(scope, rolling);
  const { rounds, every, batch: first, lasts } = timing;
  // Where others may take or bring back servers of the same cell one batch is not like the other.
  const isContended = (scope.places.get(scope.cells[position] ?? -1)?.length ?? 0) > 1;
  if (isParallel && rounds > 1 && isContended) return undefined;
  const last = rolling.left - (rounds - 1) * batch;
  const whole = spread(first, some);
  let then = shifted(run, path, whole, -1, [[position, first]], at);
  if ((scope.rated[position]?.length ?? 0) > 0) {
    const inWindow = every === 0 ? rounds : Math.ceil(world.window / every) + 1;
    for (let round = 1; round < rounds; round++) {
      if (round > inWindow && round < rounds - inWindow) continue;
      then = changed(world, scope, then, [], [[position, round === rounds - 1 ? last : batch]], at + round * every);
    }
  }
  run.budget -= 1;
  if (!isParallel) return [{ path: shifted(run, then, whole, 1, [], at), proc: undefined, clock: at + lasts }];
  const isShared = run.shared.has(scope.cells[position] ?? -1);
  const turns =
    lasts > 0 && (isWarming || run.warmsUp)
      ? turnsInTime(timing, last, at, run.turns)
      : turnsAnytime(timing, last, at, isShared);
  return [{ path: then, proc: comingBack(turns, 0, position, first), clock: at }];
}

/** So many servers, as many as can be of the first cell, then of the next. */
function spread(count: number, among: readonly Held[]): readonly Held[] {
  let left = count;
  return among.flatMap(({ at, count: most }): readonly Held[] => {
    const taken = Math.min(left, most);
    left -= taken;
    return taken === 0 ? [] : [{ at, count: taken }];
  });
}
