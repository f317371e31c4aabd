import type { Leaving } from '../worlds/factor.ts';
import { keyOf } from '../worlds/status.ts';
import type { World } from '../worlds/world.ts';
import type { Path } from './path.ts';

/** So many rounds take as long as the last one did. */
export function skipped(before: readonly Path[], now: readonly Path[], rounds: number): Path[] {
  const [early] = before;
  const [late] = now;
  if (early === undefined || late === undefined) return [...now];
  const more = (late.now - early.now) * rounds;
  return now.map((path) => moved(path, more));
}

/** The path as it is, so much later: everything that has a time keeps its distance. */
function moved(path: Path, seconds: number): Path {
  if (seconds === 0) return path;
  return {
    ...path,
    now: path.now + seconds,
    statuses: path.statuses.map((status) =>
      status.warming.length === 0
        ? status
        : { ...status, warming: status.warming.map((one) => ({ ...one, ready: one.ready + seconds })) },
    ),
    leavings: path.leavings.map((leaving) => ({ ...leaving, at: leaving.at + seconds })),
  };
}

/**
 * The path after so many rounds more like the one between `before` and `now`; undefined where the next ones are not like it.
 * Only what has left adds up, so that a rate reads most in the last of them; but not while it remembers what had left when the first one began.
 */
export function afterMore(
  world: World,
  first: readonly Path[],
  before: readonly Path[],
  now: readonly Path[],
  rounds: number,
): Path | undefined {
  const [early, other] = before;
  const [late, another] = now;
  if (early === undefined || late === undefined || other !== undefined || another !== undefined) return undefined;
  const isSame = late.statuses.every((status, i) => {
    const was = early.statuses[i];
    if (was === status && status.warming.length === 0) return true;
    return was !== undefined && keyOf(was, early.now) === keyOf(status, late.now);
  });
  if (!isSame) return undefined;
  const each = late.now - early.now;
  const isRemembered = first.some((path) => path.leavings.length > 0 && late.now - path.now < world.window);
  if (each > 0 && isRemembered) return undefined;
  const left = difference(late.leavings, early.leavings);
  const end = late.now + each * rounds;
  const all = new Map<number, Map<number, number>>();
  enter(all, late.leavings, 0, 1);
  if (each === 0) enter(all, left, 0, rounds);
  else {
    const first = Math.max(1, rounds - Math.ceil(world.window / each) - 1);
    for (let round = first; round <= rounds; round++) enter(all, left, each * round, 1);
  }
  const leavings = [...all]
    .filter(([at]) => end - at < world.window)
    .sort((a, b) => a[0] - b[0])
    .map(([at, parts]): Leaving => ({ at, parts: [...parts].sort((a, b) => a[0] - b[0]) }));
  return { ...moved(late, each * rounds), leavings };
}

/** What has left of late and had not before. */
function difference(now: readonly Leaving[], before: readonly Leaving[]): readonly Leaving[] {
  const known = new Map(before.map(({ at, parts }) => [at, new Map(parts)]));
  return now.map(({ at, parts }) => ({
    at,
    parts: parts.map(([subsystem, units]) => [subsystem, units - (known.get(at)?.get(subsystem) ?? 0)] as const),
  }));
}

function enter(
  all: Map<number, Map<number, number>>,
  leavings: readonly Leaving[],
  later: number,
  times: number,
): void {
  for (const { at, parts } of leavings) {
    const own = all.get(at + later) ?? new Map<number, number>();
    for (const [subsystem, units] of parts)
      if (units > 0) own.set(subsystem, (own.get(subsystem) ?? 0) + units * times);
    if (own.size > 0) all.set(at + later, own);
  }
}
