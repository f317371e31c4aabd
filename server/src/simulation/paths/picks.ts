import { splits } from '../worlds/splits.ts';
import { bringBack, goneIn, type Status, takeOut, takeWarming } from '../worlds/status.ts';
import { type CellChange, changed, type Path } from './path.ts';
import type { Run } from './run.ts';

/** Servers that nothing tells apart, of which some are picked. */
export interface Box {
  readonly at: number;
  readonly from: 'service' | 'warming' | 'out';
  /** For those that warm up: which of the cell's entries; for those that are out: because of which step. */
  readonly entry: number;
  readonly origin: string;
  readonly count: number;
}

export function servingBoxes(path: Pick<Path, 'statuses'>, positions: readonly number[]): Box[] {
  return positions.flatMap((at) => {
    const count = path.statuses[at]?.inService ?? 0;
    return count > 0 ? [{ at, from: 'service' as const, entry: 0, origin: '', count }] : [];
  });
}

export function warmingBoxes(path: Pick<Path, 'statuses'>, positions: readonly number[]): Box[] {
  return positions.flatMap((at) =>
    (path.statuses[at]?.warming ?? []).map(({ count }, entry) => ({
      at,
      from: 'warming' as const,
      entry,
      origin: '',
      count,
    })),
  );
}

export function outBoxes(
  path: Path,
  positions: readonly number[],
  of: (origin: string) => boolean = () => true,
): Box[] {
  return positions.flatMap((at) =>
    (path.statuses[at]?.outs ?? []).flatMap(({ origin, count }) =>
      of(origin) ? [{ at, from: 'out' as const, entry: 0, origin, count }] : [],
    ),
  );
}

export function sumOf(boxes: readonly Box[]): number {
  return boxes.reduce((sum, { count }) => sum + count, 0);
}

/** Every path on which `wanted` servers of the boxes are taken out at once. */
export function takenOut(
  run: Run,
  path: Path,
  boxes: readonly Box[],
  wanted: number,
  origin: string,
  at: number,
): readonly Path[] {
  return onEachWay(run, boxes, wanted, (taken) => takenFrom(run, path, boxes, taken, origin, at));
}

/** The path on which so many servers of each box are taken out at once. */
export function takenFrom(
  run: Run,
  path: Path,
  boxes: readonly Box[],
  taken: readonly number[],
  origin: string,
  at: number,
): Path {
  const left: [number, number][] = [];
  const changes = changesOf(path, boxes, taken, (status, box, count) => {
    if (box.from === 'service') left.push([box.at, count]);
    return box.from === 'service' ? takeOut(status, count, origin) : takeWarming(status, box.entry, count, origin);
  });
  return changed(run.world, run.scope, path, changes, left, at);
}

/** Every path on which `wanted` servers of the boxes, all of them out, come back at once; they count when they have warmed up. */
export function broughtBack(run: Run, path: Path, boxes: readonly Box[], wanted: number, at: number): readonly Path[] {
  return onEachWay(run, boxes, wanted, (taken) => {
    const changes = changesOf(path, boxes, taken, (status, box, count) =>
      bringBack(status, box.origin, count, readyAt(run, box.at, path.now)),
    );
    return changed(run.world, run.scope, path, changes, [], at);
  });
}

/** When servers of the cell that come back now will count; undefined: at once. */
export function readyAt({ scope }: Run, position: number, at: number): number | undefined {
  const warmup = scope.warmup[position] ?? 0;
  return warmup > 0 ? at + warmup : undefined;
}

export function onEachWay<T>(
  run: Run,
  boxes: readonly Box[],
  wanted: number,
  then: (taken: readonly number[]) => T,
): T[] {
  const counts = boxes.map(({ count }) => count);
  const sure = onlyWay(counts, wanted);
  if (sure !== undefined) {
    run.budget -= 1;
    return [then(sure)];
  }
  const made: T[] = [];
  for (const taken of splits(counts, wanted)) {
    if (run.budget-- < 0) break;
    made.push(then(taken));
  }
  return made;
}

/** The usual cases, in which there is no choice: one box, nothing to take, or everything. */
function onlyWay(counts: readonly number[], wanted: number): readonly number[] | undefined {
  if (wanted === 0) return counts.map(() => 0);
  if (counts.length === 1) return (counts[0] ?? 0) >= wanted ? [wanted] : undefined;
  let sum = 0;
  for (const count of counts) sum += count;
  return sum === wanted ? counts : undefined;
}

/** The change of each cell; entries of one cell are taken from the last to the first, so that their places stay right. */
function changesOf(
  path: Path,
  boxes: readonly Box[],
  taken: readonly number[],
  apply: (status: Status, box: Box, count: number) => Status,
): readonly CellChange[] {
  const statuses = new Map<number, Status>();
  for (let i = boxes.length - 1; i >= 0; i--) {
    const box = boxes[i];
    const count = taken[i] ?? 0;
    if (box === undefined || count === 0) continue;
    const status = statuses.get(box.at) ?? path.statuses[box.at];
    if (status !== undefined) statuses.set(box.at, apply(status, box, count));
  }
  return [...statuses].map(([at, status]) => changeOf(path, at, status));
}

export function changeOf(path: Path, at: number, status: Status): CellChange {
  const before = path.statuses[at] ?? status;
  return { at, status, inService: status.inService - before.inService, gone: goneIn(status) - goneIn(before) };
}
