import { mostTakes } from '../limits.ts';
import type { Figures } from '../outcome.ts';
import { serversOf } from '../paths/changes.ts';
import type { StepPart, Task } from '../plan/task.ts';
import { type Open, type OpenTake, positionsOf, roomsOf } from '../worlds/open.ts';
import { weights } from '../worlds/place.ts';
import { byShare } from '../worlds/shares.ts';

/** One part of a step in one round: what has gone before it begins, for certain and perhaps, and what goes with it; as places of takes. */
export interface Moment {
  readonly part: number;
  /** Of its notes. */
  readonly key: string;
  readonly task: Task | undefined;
  readonly begin: Gone;
  readonly own: readonly number[];
  /** What may go beside it between its first change and its end. */
  readonly meanwhile: readonly number[];
  /** It is not over with its first change. */
  readonly isLong: boolean;
}

export interface Gone {
  readonly sure: readonly number[];
  readonly may: readonly number[];
}

/** What is taken one after the other, and what each part of the step has behind it when it begins and when it ends. */
export interface Script {
  /** Those that were taken before the step among them, in front. */
  readonly open: Open;
  readonly moments: readonly Moment[];
  /** When it is over. */
  readonly end: number;
}

/** Whether a step and all in it does nothing but take servers out, so many of those that are there, and let time pass. */
export function isOnlyRemovals({ input, tasks, inner, times }: StepPart): boolean {
  if (input.step.when !== undefined || times === undefined || times > mostTakes) return false;
  return tasks.every(isPlain) && inner.every(isOnlyRemovals);
}

function isPlain({ still, action, isNamed }: Task): boolean {
  if (still !== undefined) return true;
  const { effect, amount, maybe, atMost } = action;
  if (maybe !== undefined || atMost === true) return false;
  if (effect === 'wait') return true;
  return effect === 'remove' && !isNamed && amount !== undefined && amount.value.unit !== 'all';
}

/** `isRated`: it matters when something goes. Undefined where there are too many, or where it depends on the servers that went before how many go. */
export function scriptOf(before: Open, root: StepPart, at: number, isRated: boolean): Script | undefined {
  const takes: OpenTake[] = [...before.takes];
  const moments: Moment[] = [];
  let clock = at;
  let isClear = true;
  visit(root, '', { sure: [], may: [] }, false);
  return isClear ? { open: { ...before, takes }, moments, end: clock } : undefined;

  function visit(step: StepPart, round: string, begin: Gone, isBeside: boolean): readonly number[] {
    const own: number[] = [];
    const start = clock;
    const first = moments.length;
    let waits = 0;
    let now = begin;
    const goOn = (more: readonly number[]) => {
      own.push(...more);
      now = { sure: [...now.sure, ...more], may: [...now.may, ...more] };
    };
    for (const task of step.tasks) {
      const { effect, seconds } = task.action;
      if (task.still !== undefined) continue;
      if (effect === 'wait') {
        clock += seconds;
        waits += 1;
      } else {
        const { taken, isLong } = take(task, isBeside);
        const key = `${task.part}${round}`;
        moments.push({ part: task.part, key, task, begin: now, own: taken, meanwhile: [], isLong });
        goOn(taken);
      }
      if (!isClear) return own;
    }
    if (step.input.step.kind === 'parallel') goOn(beside(step, round, begin));
    else {
      const isRepeat = step.input.step.kind === 'repeat';
      for (let i = 0; i < (step.times ?? 1) && isClear; i++)
        for (const inner of step.inner) goOn(visit(inner, isRepeat ? `${round}.${i}` : round, now, isBeside));
    }
    clock = Math.max(clock, start + step.takes);
    const inside = moments.slice(first);
    const isLong = inside.length + waits > 1 || step.takes > 0 || inside.some((moment) => moment.isLong);
    const key = `${step.part}${round}`;
    moments.push({ part: step.part, key, task: undefined, begin, own, meanwhile: [], isLong });
    return own;
  }

  /** Branches: when one of them begins, all of what the others take may be gone. */
  function beside({ inner }: StepPart, round: string, begin: Gone): readonly number[] {
    const from = clock;
    let last = from;
    const branches = inner.map((one) => {
      const start = moments.length;
      clock = from;
      const own = visit(one, round, begin, true);
      last = Math.max(last, clock);
      return { start, own, end: moments.length };
    });
    clock = last;
    const all = branches.flatMap((branch) => branch.own);
    for (const { start, own, end } of branches) {
      const others = all.filter((one) => !own.includes(one));
      for (let i = start; i < end; i++) {
        const moment = moments[i];
        if (moment === undefined) continue;
        const { sure, may } = moment.begin;
        const meanwhile = moment.isLong ? [...moment.meanwhile, ...others] : [];
        moments[i] = { ...moment, begin: { sure, may: [...new Set([...may, ...others])] }, meanwhile };
      }
    }
    // Whatever they say they take, any of them may go on next: then there is no telling when.
    if (clock > from && isRated) isClear = false;
    return all;
  }

  /** The takes of a removal, one for each batch, by their places among all. */
  function take(
    { action, pool, origin }: Task,
    isBeside: boolean,
  ): { readonly taken: readonly number[]; readonly isLong: boolean } {
    const { amount, batch, pause } = action;
    const positions = positionsOf(before, pool.cells);
    const isCounted = [amount, batch].every((one) => one === undefined || one.value.unit === 'servers');
    // What goes on beside it is not known yet.
    const there = isCounted || isBeside ? undefined : servingIn({ ...before, takes }, pool.cells, () => true);
    if (!isCounted && there === undefined) isClear = false;
    const { worst = 0, best = 0 } = there ?? {};
    const sizes = [worst, best].map((servers) => [
      serversOf(amount?.value, servers),
      batch === undefined || (pause?.value ?? 0) === 0
        ? Number.POSITIVE_INFINITY
        : Math.max(1, serversOf(batch.value, servers)),
    ]);
    const [wanted = 0, each = 0] = sizes[0] ?? [];
    const isLong = wanted > each;
    if (sizes.some(([one, other]) => one !== wanted || other !== each) || wanted === 0) isClear = false;
    if (!isRated && isClear) {
      // Whatever goes first, all is as low as it comes to be when the last has gone.
      clock += (Math.ceil(wanted / Math.min(each, wanted)) - 1) * (pause?.value ?? 0);
      if (takes.length - before.takes.length >= mostTakes) isClear = false;
      return { taken: [takes.push({ positions, count: wanted, origin, at: clock, state: 'out' }) - 1], isLong };
    }
    const own: number[] = [];
    for (let left = wanted; left > 0 && isClear; left -= each) {
      if (own.length > 0) clock += pause?.value ?? 0;
      own.push(takes.push({ positions, count: Math.min(left, each), origin, at: clock, state: 'out' }) - 1);
      if (takes.length - before.takes.length > mostTakes) isClear = false;
    }
    return { taken: own, isLong };
  }
}

/** The open once for each number of servers that the first removal of a percentage comes to; undefined where they are more than `most`. */
export function byNumber(open: Open, root: StepPart, most: number): readonly Open[] | undefined {
  const task = firstOfShare(root);
  if (task === undefined) return undefined;
  const { action, pool } = task;
  const held = servingIn({ ...open, takes: [] }, pool.cells, () => true)?.best ?? 0;
  const about = (gone: number) =>
    [action.amount, action.batch].map((one) => one && serversOf(one.value, held - gone)).join();
  return byShare(open, pool.cells, about, most);
}

function firstOfShare({ tasks, inner }: StepPart): Task | undefined {
  const isShare = ({ still, action }: Task) =>
    still === undefined && [action.amount, action.batch].some((one) => one?.value.unit === 'percent');
  return tasks.find(isShare) ?? inner.map(firstOfShare).find((one) => one !== undefined);
}

/** What the cells have in service when so many of the takes have gone, at least and at most. */
export function servingIn(
  open: Open,
  cells: readonly number[],
  counts: (take: number) => boolean,
): Figures | undefined {
  const inside = new Set(cells);
  const rooms = roomsOf(open);
  const held = open.cells.reduce((sum, cell, i) => sum + (inside.has(cell) ? (rooms[i] ?? 0) : 0), 0);
  // What comes later does not bind yet: whether there is enough is not to be taken for granted.
  const takes = open.takes.filter((_, take) => counts(take));
  const out = weights(takes, rooms, (_, position) => (inside.has(open.cells[position] ?? -1) ? 1 : 0));
  return out && { worst: held - out.most, best: held - out.least };
}
