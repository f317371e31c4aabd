import { type CellChange, changed, type Path } from './path.ts';
import type { Held, Rounds } from './rolling.ts';
import { event, type Proc, type Run } from './run.ts';

/** A batch that is followed, beside other branches. */
export interface Turn {
  readonly servers: readonly Held[];
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
  among: readonly Held[],
): readonly Turn[] {
  const end = at + lasts;
  const isSmaller = last !== batch;
  const isTwice = isShared && rounds > (isSmaller ? 2 : 1);
  const servers = spread(batch, among);
  return [
    { servers, out: at, back: end },
    ...(isTwice ? [{ servers, out: end, back: end }] : []),
    ...(isSmaller ? [{ servers: spread(last, among), out: end, back: end }] : []),
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
  among: readonly Held[],
): readonly Turn[] {
  const most = Math.min(rounds, turns);
  const servers = spread(batch, among);
  return Array.from({ length: most }, (_, i): Turn => {
    const round = i < most / 2 ? i : rounds - most + i;
    const out = at + round * every;
    return { servers: round === rounds - 1 ? spread(last, among) : servers, out, back: out + each };
  });
}

/** The servers of a turn that have gone with it come back, and the next ones go. */
export function comingBack(turns: readonly Turn[], turn: number, servers: readonly Held[]): Proc {
  return event(`${keyOf(servers)} back ${keyOfTurns(turns, turn)}`, turns[turn]?.back ?? 0, (run, path, at) => [
    {
      path: shifted(run, path, servers, 1, [], at),
      proc: turn + 1 < turns.length ? goingOut(turns, turn + 1) : undefined,
      clock: at,
    },
  ]);
}

function goingOut(turns: readonly Turn[], turn: number): Proc {
  const { servers = [], out = 0 } = turns[turn] ?? {};
  return event(`${keyOf(servers)} next ${keyOfTurns(turns, turn)}`, out, (run, path, at) => {
    const going = servers.map(({ at: position, count }) => ({
      at: position,
      count: Math.min(count, path.statuses[position]?.inService ?? 0),
    }));
    return [{ path: shifted(run, path, going, -1, [], at), proc: comingBack(turns, turn, going), clock: at }];
  });
}

/** So many servers, as many as can be of the first position, then of the next. */
export function spread(count: number, among: readonly Held[]): readonly Held[] {
  let left = count;
  return among.flatMap(({ at, count: most }): readonly Held[] => {
    const taken = Math.min(left, most);
    left -= taken;
    return taken === 0 ? [] : [{ at, count: taken }];
  });
}

/** What follows on a turn; neighbours that are the same are said once. */
function keyOfTurns(turns: readonly Turn[], turn: number): string {
  let key = `${turns.length - turn}`;
  let before: readonly Held[] | undefined;
  for (let i = turn + 1; i < turns.length; i++) {
    const { servers, out } = turns[i] ?? { servers: [], out: 0 };
    if (i === turn + 1 || servers !== before) key += ` ${keyOf(servers)}@${out}`;
    before = servers;
  }
  return key;
}

function keyOf(servers: readonly Held[]): string {
  let key = '';
  for (const { at, count } of servers) key += `${count} of ${at},`;
  return key;
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
