import type { Amount } from '../../model/leaf.ts';
import type { Task } from '../plan/task.ts';
import type { Scope, World } from '../worlds/world.ts';
import { leftOf, serversOf } from './amounts.ts';
import type { Path } from './path.ts';
import { type Box, servingBoxes, sumOf, warmingBoxes } from './picks.ts';
import { type TaskNotes, widened } from './run.ts';

/** Servers of each position that a change which goes batch by batch has still to take, and how many in all. */
export interface Rolling {
  readonly task: Task;
  readonly positions: readonly number[];
  /** By the place in `positions`. */
  readonly due: readonly number[];
  readonly left: number;
  readonly batch: number;
  /** What a batch takes of each group, where each goes by a rule of its own; by the group's index. */
  readonly ofEach: ReadonlyMap<number, number> | undefined;
}

/** Which servers a restart takes, and how many at once, as it begins. */
export function planned(
  world: World,
  scope: Scope,
  path: Pick<Path, 'statuses'>,
  task: Task,
  positions: readonly number[],
  notes: TaskNotes,
): Rolling {
  const { batch } = task.action;
  const serving = servingBoxes(path, positions);
  const inService = sumOf(serving);
  const warming = task.isNamed ? warmingBoxes(path, positions) : [];
  const there = inService + sumOf(warming);
  const left = leftOf(task.action, there);
  const due = positions.map((position) =>
    [...serving, ...warming].reduce((sum, box) => sum + (box.at === position ? box.count : 0), 0),
  );
  notes.count = widened(notes.count, left);
  notes.there = widened(notes.there, there);
  if (task.isNamed) {
    const size = task.pool.cells.reduce((sum, cell) => sum + (world.cells.cells[cell]?.size ?? 0), 0);
    notes.alreadyOut = Math.min(notes.alreadyOut ?? size - there, size - there);
  }
  const atOnce = batch === undefined ? left : Math.max(1, serversOf(batch.value, inService));
  const ofEach =
    task.action.eachGroup === true && batch !== undefined ? shares(world, scope, serving, batch.value) : undefined;
  return { task, positions, due, left, batch: atOnce, ofEach };
}

/** How the batches of a restart follow one another, in seconds from its beginning. */
export interface Rounds {
  readonly rounds: number;
  /** Servers in all, and in each batch but the last. */
  readonly left: number;
  readonly batch: number;
  /** When the first batch leaves, and how long after it the next does. */
  readonly first: number;
  readonly every: number;
  /** How long one batch is out. */
  readonly each: number;
  readonly lasts: number;
}

export function roundsOf(scope: Scope, { task, positions, due, left, batch }: Rolling): Rounds {
  const warmup = slowest(
    scope,
    positions.filter((_, i) => (due[i] ?? 0) > 0),
  );
  const each = (task.action.takes?.value ?? 0) + warmup;
  const pause = task.action.pause?.value ?? 0;
  const rounds = Math.ceil(left / batch);
  const lasts = rounds * each + (rounds - 1) * pause;
  return {
    rounds,
    left,
    batch: Math.min(batch, left),
    first: task.action.surge ? each : 0,
    every: each + pause,
    each,
    lasts,
  };
}

/** The batch of each group by itself. */
function shares(world: World, scope: Scope, serving: readonly Box[], batch: Amount): ReadonlyMap<number, number> {
  const there = new Map<number, number>();
  for (const { at, count } of serving) {
    const group = groupOf(world, scope, at);
    there.set(group, (there.get(group) ?? 0) + count);
  }
  return new Map([...there].map(([group, count]) => [group, Math.max(1, serversOf(batch, count))]));
}

export function groupOf(world: World, scope: Scope, position: number): number {
  return world.cells.cells[scope.cells[position] ?? -1]?.group.index ?? -1;
}

const kindsByScope = new WeakMap<Scope, readonly number[]>();

/** By position: the same for all whose servers serve, warm up and stand alike. */
function kindsIn(scope: Scope): readonly number[] {
  const known = kindsByScope.get(scope);
  if (known !== undefined) return known;
  const kinds = new Map<string, number>();
  const made = scope.weights.map((weights, position) => {
    const key = JSON.stringify([scope.warmup[position], scope.rated[position], weights]);
    const kind = kinds.get(key) ?? kinds.size;
    kinds.set(key, kind);
    return kind;
  });
  kindsByScope.set(scope, made);
  return made;
}

/** Whether all servers of some cells serve and stand alike, however long they warm up. */
export function areAlike({ positions, weights }: Scope, cells: readonly number[]): boolean {
  const keys = cells.map((cell) => JSON.stringify(weights[positions.get(cell) ?? -1]));
  return new Set(keys).size === 1;
}

/**
 * Puts together of some positions, by their places in the list, those of which it makes no difference whose servers a restart takes first:
 * they serve, warm up and stand alike, all of them are back in the end, and nothing beside it finds them there or not.
 */
export function alikeAmong(
  world: World,
  scope: Scope,
  contested: ReadonlySet<number>,
  { task, ofEach }: Pick<Rolling, 'task' | 'ofEach'>,
  positions: readonly number[],
): readonly (readonly number[])[] {
  if (task.isNamed) return positions.map((_, i) => [i]);
  const kinds = kindsIn(scope);
  const alone: (readonly number[])[] = [];
  const found = new Map<number, number[]>();
  for (const [i, position] of positions.entries()) {
    if (contested.has(scope.cells[position] ?? -1)) {
      alone.push([i]);
      continue;
    }
    const kind = ofEach === undefined ? (kinds[position] ?? -1) : groupOf(world, scope, position);
    const known = found.get(kind);
    if (known === undefined) found.set(kind, [i]);
    else known.push(i);
  }
  return [...found.values(), ...alone];
}

/** Servers that are due, of all positions together that are alike. */
export function dueTogether(
  world: World,
  scope: Scope,
  contested: ReadonlySet<number>,
  rolling: Rolling,
): readonly number[] {
  const { positions, due } = rolling;
  const alike = alikeAmong(world, scope, contested, rolling, positions);
  return alike.map((own) => own.reduce((sum, i) => sum + (due[i] ?? 0), 0));
}

/** The warm-up of the slowest server. */
export function slowest(scope: Scope, positions: readonly number[]): number {
  return positions.reduce((most, position) => Math.max(most, scope.warmup[position] ?? 0), 0);
}

/** Servers of one position that went with a batch. */
export interface Held {
  readonly at: number;
  readonly count: number;
}

/** What of the servers that are due is there to be taken. */
export function boxesDue(path: Path, { task, positions, due }: Rolling): readonly Box[] {
  const boxes = [...servingBoxes(path, positions), ...(task.isNamed ? warmingBoxes(path, positions) : [])];
  const left = new Map(positions.map((position, i) => [position, due[i] ?? 0]));
  return boxes.map((box) => {
    const warming = boxes.reduce(
      (sum, other) => sum + (other.at === box.at && other.from === 'warming' ? other.count : 0),
      0,
    );
    const open = left.get(box.at) ?? 0;
    const most =
      box.from === 'warming'
        ? Math.min(box.count, open)
        : Math.max(0, Math.min(box.count, open - Math.min(warming, open)));
    return { ...box, count: most };
  });
}

/** What has still to be taken after a batch; nothing where it was all that was there to be taken. */
export function less(rolling: Rolling, boxes: readonly Box[], taken: readonly number[]): Rolling {
  const due = [...rolling.due];
  let left = rolling.left;
  for (const [i, { at }] of boxes.entries()) {
    const place = rolling.positions.indexOf(at);
    due[place] = (due[place] ?? 0) - (taken[i] ?? 0);
    left -= taken[i] ?? 0;
  }
  const isLast = rolling.left - left === sumOf(boxes);
  return { ...rolling, due, left: isLast ? 0 : left };
}

/** Two with the same key go on in the same way; how many go at once may depend on what was in service as they began. */
export function keyOf({ due, left, batch, ofEach }: Rolling): string {
  return `${left}x${Math.min(left, batch)}/${due.join()}${ofEach === undefined ? '' : [...ofEach].join()}`;
}
