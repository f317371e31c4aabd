import { joined, statusOf, together } from '../worlds/status.ts';
import type { Path } from './path.ts';
import type { Box } from './picks.ts';
import type { Rolling } from './rolling.ts';
import type { Run } from './run.ts';

/**
 * Servers that a change batch by batch has still to take are kept apart while something beside it may take or bring back others of the same cell:
 * in a copy of the cell's place. Elsewhere it is enough to count them.
 */
export function marked(run: Run, path: Path, rolling: Rolling): { readonly path: Path; readonly rolling: Rolling } {
  const { task, left, batch } = rolling;
  const { copies } = run.scope;
  // With a surge the last batch does not go at once either.
  if (copies.length === 0 || (left <= batch && !task.action.surge)) return { path, rolling };
  const statuses = [...freed(run, path, rolling).statuses];
  const positions: number[] = [];
  const due: number[] = [];
  for (const [i, position] of rolling.positions.entries()) {
    // Its own places are empty yet.
    if (run.scope.marks[position]?.includes(task.part)) continue;
    const copy = copyOf(run, position, task.part);
    const status = statuses[position];
    positions.push(copy ?? position);
    // Whatever is in such a place is due.
    due.push(copy === undefined ? (rolling.due[i] ?? 0) : Number.POSITIVE_INFINITY);
    if (copy === undefined || status === undefined) continue;
    statuses[copy] = { ...statusOf(status.inService), warming: task.isNamed ? status.warming : [] };
    statuses[position] = { ...status, inService: 0, warming: task.isNamed ? [] : status.warming };
  }
  return { path: { ...path, statuses }, rolling: { ...rolling, positions, due } };
}

/** The path on which the servers that are taken now are in their own place again, and their boxes there. */
export function unmarked(
  run: Run,
  path: Path,
  { task }: Rolling,
  boxes: readonly Box[],
  taken: readonly number[],
): { readonly path: Path; readonly boxes: readonly Box[] } {
  if (run.scope.copies.length === 0) return { path, boxes };
  const statuses = [...path.statuses];
  const moved: ((box: Box) => Box)[] = [];
  for (let i = boxes.length - 1; i >= 0; i--) {
    const box = boxes[i];
    const count = taken[i] ?? 0;
    const base = box && baseOf(run, box.at, task.part);
    const from = statuses[box?.at ?? -1];
    const to = statuses[base ?? -1];
    if (box === undefined || base === undefined || from === undefined || to === undefined) continue;
    if (box.from === 'service') {
      statuses[box.at] = { ...from, inService: from.inService - count };
      statuses[base] = { ...to, inService: to.inService + count };
      moved[i] = (one) => ({ ...one, at: base });
      continue;
    }
    const entry = from.warming[box.entry];
    if (entry === undefined) continue;
    const warming =
      entry.count === count
        ? from.warming.toSpliced(box.entry, 1)
        : from.warming.with(box.entry, { ...entry, count: entry.count - count });
    statuses[box.at] = { ...from, warming };
    statuses[base] = joined(to, count, entry.ready, entry.returned);
    moved[i] = (one) => {
      const there = statuses[base]?.warming ?? [];
      const place = there.findIndex(({ ready, returned }) => ready === entry.ready && returned === entry.returned);
      return { ...one, at: base, entry: place };
    };
  }
  return { path: { ...path, statuses }, boxes: boxes.map((box, i) => moved[i]?.(box) ?? box) };
}

/** The path on which a change that has begun its last batch has nothing more to take. */
export function freed(run: Run, path: Path, { task }: Rolling): Path {
  return emptied(run, path, (copy) => baseOf(run, copy, task.part));
}

/** The path on which nothing is kept apart any more: what was out while its change had nothing more to take has come back to where it was. */
export function allFreed(run: Run, path: Path): Path {
  const { positions, cells } = run.scope;
  return emptied(run, path, (copy) => positions.get(cells[copy] ?? -1));
}

function emptied({ scope }: Run, path: Path, baseFor: (copy: number) => number | undefined): Path {
  if (scope.copies.length === 0) return path;
  const statuses = [...path.statuses];
  for (const copy of scope.copies) {
    const base = baseFor(copy);
    const [to, from] = [statuses[base ?? -1], statuses[copy]];
    if (base === undefined || to === undefined || from === undefined) continue;
    statuses[base] = together(to, from);
    statuses[copy] = statusOf(0);
  }
  return { ...path, statuses };
}

/** The place of the same cell that is marked for the change too. */
function copyOf({ scope }: Run, position: number, part: number): number | undefined {
  const marks = scope.marks[position] ?? [];
  return marks.includes(part) ? undefined : placeOf(scope, position, [...marks, part]);
}

/** The place of the same cell that is not marked for the change. */
function baseOf({ scope }: Run, position: number, part: number): number | undefined {
  const marks = scope.marks[position] ?? [];
  return marks.includes(part)
    ? placeOf(
        scope,
        position,
        marks.filter((mark) => mark !== part),
      )
    : undefined;
}

function placeOf(
  { cells, places, marks }: Run['scope'],
  position: number,
  wanted: readonly number[],
): number | undefined {
  return places
    .get(cells[position] ?? -1)
    ?.find((place) => marks[place]?.length === wanted.length && wanted.every((mark) => marks[place]?.includes(mark)));
}
