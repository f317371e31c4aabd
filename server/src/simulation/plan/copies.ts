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
 * Cells that branches beside one another restart, and do nothing else to, so that all of them may have a batch out at once, and each its next one;
 * of a cell, `inService` are servers in service.
 */
export function sharedIn(root: StepPart, inService: (cell: number) => number | undefined): ReadonlySet<number> {
  const shared = new Set<number>();
  for (const [cell, tasks] of byCell(root)) {
    const there = inService(cell);
    if (there === undefined || !tasks.every(isPlainRestart)) continue;
    if (!tasks.some((one) => tasks.some((other) => isBeside(one, other)))) continue;
    const batches = tasks.map(({ task: { action } }) =>
      Math.min(...[action.amount, action.batch].map((amount) => serversIn(amount?.value, there))),
    );
    const all = batches.reduce((sum, batch) => sum + batch, 0);
    if (all + Math.max(...batches) <= there) shared.add(cell);
  }
  return shared;
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

function isPlainRestart({ task: { action, pool, isNamed } }: Placed): boolean {
  const { effect, surge, eachGroup, maybe } = action;
  if (surge || isNamed || eachGroup === true || maybe !== undefined || pool.cells.length > 1) return false;
  return effect === 'restart' || effect === 'replace';
}

/** At most. */
function serversIn(amount: Amount | undefined, there: number): number {
  if (amount === undefined || amount.unit === 'all') return there;
  return amount.unit === 'servers' ? amount.value : percentRoundedUp(amount.value, there);
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
