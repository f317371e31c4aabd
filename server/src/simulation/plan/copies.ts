import type { Amount } from '../../model/leaf.ts';
import { percentRoundedUp } from '../../model/quantity.ts';
import { mostRolling } from '../limits.ts';
import type { Copy } from '../worlds/world.ts';
import type { StepPart, Task } from './task.ts';

/** A task, and which branch of which `parallel` it is in. */
interface Placed {
  readonly task: Task;
  readonly branches: ReadonlyMap<number, number>;
}

/**
 * Places for servers that a change batch by batch has still to take, of cells that something beside it changes too, but for some.
 * Undefined where there would be more of them than are followed.
 */
export function copiesFor(root: StepPart, except: ReadonlySet<number> = nowhere): readonly Copy[] | undefined {
  const copies: Copy[] = [];
  for (const [cell, tasks] of byCell(root)) {
    if (except.has(cell)) continue;
    const rolling = tasks.filter((one) => goesOn(one.task.action) && tasks.some((other) => isBeside(one, other)));
    if (rolling.length > mostRolling) return undefined;
    for (const marks of setsOf(rolling.map(({ task }) => task.part))) copies.push({ cell, marks });
  }
  return copies;
}

const nowhere: ReadonlySet<number> = new Set();

/**
 * Cells that branches beside one another restart, take so many servers from, or bring some back to, and do nothing else to,
 * with servers enough that all of them may have theirs out at once, and each its next batch.
 * Of a cell, `inService` are servers in service; `isAlike` says whether nothing tells the servers of some cells apart.
 */
export function sharedIn(
  root: StepPart,
  inService: (cell: number) => number | undefined,
  isAlike: (cells: readonly number[]) => boolean,
): ReadonlySet<number> {
  const shared = new Set<number>();
  for (const [cell, tasks] of byCell(root)) {
    const there = inService(cell);
    if (there === undefined || !tasks.some((one) => tasks.some((other) => isBeside(one, other)))) continue;
    // How many are there of the cell is a matter of whose servers a batch of several cells has, but how many are there of all is not.
    const isWide = tasks.some(({ task }) => task.pool.cells.length > 1);
    const most = tasks.map(({ task }) => mostOut(task, inService, isAlike, isWide));
    const all = most.reduce<number>((sum, count) => sum + (count ?? Number.POSITIVE_INFINITY), 0);
    if (all + Math.max(...most.map((count) => count ?? 0)) <= there) shared.add(cell);
  }
  return shared;
}

/** Servers that a task has out at most at once; undefined where it is not one of those that share a cell. */
function mostOut(
  { action, pool: { cells }, isNamed }: Task,
  inService: (cell: number) => number | undefined,
  isAlike: (cells: readonly number[]) => boolean,
  isWide: boolean,
): number | undefined {
  const { effect, surge, eachGroup, maybe, amount, batch } = action;
  if (surge || isNamed || eachGroup === true || maybe !== undefined) return undefined;
  const isCounted = [amount, batch].every((one) => one === undefined || one.value.unit === 'servers');
  if (isWide && cells.length === 1 && !isCounted) return undefined;
  if (effect === 'restart' || effect === 'replace') {
    let there = 0;
    for (const cell of cells) there += inService(cell) ?? Number.POSITIVE_INFINITY;
    if (cells.length > 1 && !isAlike(cells)) return undefined;
    return Math.min(serversIn(amount?.value, there), serversIn(batch?.value, there));
  }
  if (!isWide || cells.length > 1) return undefined;
  if (effect === 'restore') return 0;
  return effect === 'remove' && amount?.value.unit === 'servers' ? amount.value.value : undefined;
}

/** Cells that branches beside one another change. */
export function contestedIn(root: StepPart): ReadonlySet<number> {
  const contested = new Set<number>();
  for (const [cell, tasks] of byCell(root))
    if (tasks.some((one) => tasks.some((other) => isBeside(one, other)))) contested.add(cell);
  return contested;
}

/** What may go on while the task does. */
export function tasksBeside(root: StepPart, part: number): readonly Task[] {
  const all = placedIn(root, new Map());
  const own = all.find(({ task }) => task.part === part);
  return own === undefined ? [] : all.filter((other) => isBeside(own, other)).map(({ task }) => task);
}

/** At most; infinitely many where it is a part of what is not known. */
function serversIn(amount: Amount | undefined, there: number): number {
  if (amount?.unit === 'servers') return amount.value;
  return amount?.unit === 'percent' && Number.isFinite(there) ? percentRoundedUp(amount.value, there) : there;
}

function byCell(root: StepPart): ReadonlyMap<number, readonly Placed[]> {
  const found = new Map<number, Placed[]>();
  for (const one of placedIn(root, new Map())) {
    for (const cell of one.task.pool.cells) {
      const known = found.get(cell);
      if (known === undefined) found.set(cell, [one]);
      else known.push(one);
    }
  }
  return found;
}

/** Something comes between its beginning and the last of the servers that it takes. */
function goesOn({ batch, surge }: Task['action']): boolean {
  return batch !== undefined || surge;
}

/** One may go on while the other does. */
function isBeside(a: Placed, b: Placed): boolean {
  for (const [part, branch] of a.branches) if ((b.branches.get(part) ?? branch) !== branch) return true;
  return false;
}

function placedIn({ part, input, tasks, inner }: StepPart, branches: Placed['branches']): readonly Placed[] {
  const isParallel = input.step.kind === 'parallel';
  return [
    ...tasks.flatMap((task) => (task.still === undefined ? [{ task, branches }] : [])),
    ...inner.flatMap((one, i) => placedIn(one, isParallel ? new Map(branches).set(part, i) : branches)),
  ];
}

/** Every choice of some of them, but for none. */
function setsOf(parts: readonly number[]): readonly (readonly number[])[] {
  const none: readonly (readonly number[])[] = [[]];
  return parts
    .reduce((sets, part) => sets.concat(sets.map((set) => [...set, part])), none)
    .filter((set) => set.length > 0);
}
