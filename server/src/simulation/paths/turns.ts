import { type CellChange, changed, type Path } from './path.ts';
import type { Held, Rounds } from './rolling.ts';
import { event, type Proc, type Run } from './run.ts';

/** A batch that is followed, beside other branches. */
export interface Turn {
  readonly count: number;
  readonly out: number;
  readonly back: number;
}

/**
 * Beside other branches, which may come at any moment, it is enough to follow the first batch and a smaller last one:
 * whatever else may be the case while another is out may also be while the first is.
 * Where others restart servers of the same cell, how many a batch is may depend on how many of theirs are out when it begins, so that a second one is followed, beside which those are out that began before it.
 */
export function turnsAnytime(
  { rounds, batch, lasts }: Rounds,
  last: number,
  at: number,
  isShared: boolean,
): readonly Turn[] {
  const end = at + lasts;
  const isSmaller = last !== batch;
  const isTwice = isShared && rounds > (isSmaller ? 2 : 1);
  return [
    { count: batch, out: at, back: end },
    ...(isTwice ? [{ count: batch, out: end, back: end }] : []),
    ...(isSmaller ? [{ count: last, out: end, back: end }] : []),
  ];
}

/**
 * Where something warms up meanwhile it matters how much time has passed when a batch goes.
 * Of more batches than are followed these are the first ones and the last, before which the least or the most has.
 */
export function turnsInTime(
  { rounds, batch, every, each }: Rounds,
  last: number,
  at: number,
  turns: number,
): readonly Turn[] {
  const most = Math.min(rounds, turns);
  return Array.from({ length: most }, (_, i): Turn => {
    const round = i < most / 2 ? i : rounds - most + i;
    const out = at + round * every;
    return { count: round === rounds - 1 ? last : batch, out, back: out + each };
  });
}

export function comingBack(turns: readonly Turn[], turn: number, position: number, count: number): Proc {
  return event(`${count} of ${position} back ${keyOfTurns(turns, turn)}`, turns[turn]?.back ?? 0, (run, path, at) => [
    {
      path: shifted(run, path, [{ at: position, count }], 1, [], at),
      proc: turn + 1 < turns.length ? goingOut(turns, turn + 1, position) : undefined,
      clock: at,
    },
  ]);
}

function goingOut(turns: readonly Turn[], turn: number, position: number): Proc {
  const { count = 0, out = 0 } = turns[turn] ?? {};
  return event(`${count} of ${position} next ${keyOfTurns(turns, turn)}`, out, (run, path, at) => {
    const going = Math.min(count, path.statuses[position]?.inService ?? 0);
    const gone = shifted(run, path, [{ at: position, count: going }], -1, [], at);
    return [{ path: gone, proc: comingBack(turns, turn, position, going), clock: at }];
  });
}

/** What follows on a turn; all but the last are of one size. */
function keyOfTurns(turns: readonly Turn[], turn: number): string {
  const [next, last] = [turns[turn + 1], turns.at(-1)];
  return `${turns.length - turn} ${next?.count}@${next?.out} ${last?.count}@${last?.out}`;
}

/** Servers come back from a restart, or go with it where `sign` is negative. */
export function shifted(
  run: Run,
  path: Path,
  servers: readonly Held[],
  sign: 1 | -1,
  left: readonly (readonly [number, number])[],
  at: number,
): Path {
  const changes = servers.flatMap(({ at: position, count }): readonly CellChange[] => {
    const status = path.statuses[position];
    const more = sign * count;
    if (status === undefined) return [];
    return [{ at: position, status: { ...status, inService: status.inService + more }, inService: more, gone: -more }];
  });
  return changed(run.world, run.scope, path, changes, left, at);
}
