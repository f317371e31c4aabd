import { mostNumbers, mostRestarts, mostTakes } from '../limits.ts';
import type { Figures } from '../outcome.ts';
import { batchOf, serversOf } from '../paths/amounts.ts';
import { onlyTask, type StepPart, type Task } from '../plan/task.ts';
import { type Open, type OpenTake, positionsOf } from '../worlds/open.ts';
import { servingWith } from '../worlds/serving.ts';
import { byShare } from '../worlds/shares.ts';
import type { Gone, Moment, Pass } from './moment.ts';

/** What is taken one after the other, and what each part of the step has behind it when it begins and when it ends. */
export interface Script {
  /** Those that were taken before the step among them, in front. */
  readonly open: Open;
  readonly moments: readonly Moment[];
  /** What is restarted, and how many servers it may find in service. */
  readonly rolling: readonly { readonly part: number; readonly task: Task; readonly there: Figures }[];
  /** The takes of these. */
  readonly rolled: readonly number[];
  /** When all but the restarts is over. */
  readonly end: number;
}

/** Whether a step and all in it does nothing but take servers out, so many of those that are there, and let time pass. */
export function isOnlyRemovals({ input, tasks, inner, times }: StepPart): boolean {
  if (input.step.when !== undefined || times === undefined || times > mostTakes) return false;
  return tasks.every(isPlain) && inner.every(isOnlyRemovals);
}

/** The same where the step, or branches of it beside others, may restart some of the servers too, batch by batch. */
export function isRemovalsAndRestarts(root: StepPart): boolean {
  const isRestart = (part: StepPart) => part.input.step.when === undefined && rolledBy(part) !== undefined;
  if (root.input.step.kind !== 'parallel') return isRestart(root);
  if (root.input.step.when !== undefined || root.inner.filter(isRestart).length > mostRestarts) return false;
  return root.inner.every((one) => isRestart(one) || isOnlyRemovals(one));
}

/** What a step that is a restart, and nothing else, restarts. */
export function rolledBy(part: StepPart): Task | undefined {
  const task = onlyTask(part);
  if (task === undefined || task.isNamed || task.action.maybe !== undefined) return undefined;
  const { effect, eachGroup } = task.action;
  return (effect === 'restart' || effect === 'replace') && eachGroup !== true ? task : undefined;
}

function isPlain({ still, action, isNamed }: Task): boolean {
  if (still !== undefined) return true;
  const { effect, amount, maybe, atMost } = action;
  if (maybe !== undefined || atMost === true) return false;
  if (effect === 'wait') return true;
  return effect === 'remove' && !isNamed && amount !== undefined;
}

/** `isRated`: it matters when something goes. Undefined where there are too many, or where it depends on the servers that went before how many go. */
export function scriptOf(before: Open, root: StepPart, at: number, isRated: boolean): Script | undefined {
  const takes: OpenTake[] = [...before.takes];
  const moments: Moment[] = [];
  let clock = at;
  let isClear = true;
  const rolling: { readonly part: number; readonly task: Task; readonly own: readonly number[] }[] = [];
  const lights: number[] = [];
  /** What is known in the end alone: whether as much goes whatever went beside it. */
  const checks: (() => boolean)[] = [];
  visit(root, '', { sure: [], may: [] }, false);
  isClear &&= checks.every((holds) => holds());
  const told = isClear ? withRolls() : [];
  const rolled = [...rolling.flatMap(({ own }) => own), ...lights];
  const restarts = rolling.map(({ part, task, own }) => ({ part, task, there: foundBy(task, own) }));
  return isClear ? { open: { ...before, takes }, moments: told, rolling: restarts, rolled, end: clock } : undefined;

  function visit(step: StepPart, round: string, begin: Gone, isBeside: boolean): readonly number[] {
    const rolled = rolledBy(step);
    if (rolled !== undefined) return roll(step, rolled, begin);
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
        const { own: gone, isLong } = take(task, now, isBeside);
        const key = `${task.part}${round}`;
        moments.push({ part: task.part, key, task, begin: now, own: gone, meanwhile: [], isLong });
        goOn(gone);
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

  /** A restart: at its lowest a batch is out, as large as it may be. */
  function roll({ part }: StepPart, task: Task, begin: Gone): readonly number[] {
    const { worst = 0, best = 0 } = roomFor(task) ?? {};
    const count = batchOf(task.action, best);
    // With which servers went before it goes how many go now.
    if (count === 0 || count !== batchOf(task.action, worst)) isClear = false;
    const own = task.action.surge || !isClear ? [] : [taken(task, count)];
    moments.push({ part, key: `${part}`, task, begin, own, meanwhile: [], isLong: true });
    rolling.push({ part, task, own });
    return own;
  }

  function roomFor({ pool }: Task): Figures | undefined {
    return servingWith({ ...before, takes }, pool.cells, (take) => take < before.takes.length);
  }

  function taken({ pool, origin }: Task, count: number): number {
    return takes.push({ positions: positionsOf(before, pool.cells), count, origin, at: clock, state: 'out' }) - 1;
  }

  /** How many servers a restart may find in service: others may have all of theirs when it begins. */
  function foundBy(task: Task, own: readonly number[]): Figures {
    const left = servingWith({ ...before, takes }, task.pool.cells, (take) => isOthers(take, own));
    return { worst: left?.worst ?? 0, best: roomFor(task)?.best ?? 0 };
  }

  function isOthers(take: number, own: readonly number[]): boolean {
    return !own.includes(take) && !lights.includes(take);
  }

  /** Where a restart takes all that it finds, each of these is in some batch. */
  function passOf(task: Task, most: number, own: readonly number[]): Pass | undefined {
    const { worst, best } = foundBy(task, own);
    if (task.action.amount !== undefined || best - worst >= mostNumbers) return undefined;
    const others = [...takes.keys()].filter((take) => isOthers(take, own));
    let rounds = 1;
    for (let found = Math.max(1, worst); found <= best; found++)
      rounds = Math.max(rounds, Math.ceil(found / Math.max(1, batchOf(task.action, found))));
    return { take: most, others, rounds };
  }

  /** Of a restart it is told what is out in any case, and that it comes back. */
  function withRolls(): readonly Moment[] {
    const ends = rolling.map(({ part, task, own }) => {
      const [most] = own;
      const least = batchOf(task.action, foundBy(task, own).worst);
      const pass = most === undefined ? undefined : passOf(task, most, own);
      if (most === undefined || least === takes[most]?.count) return { part, most, least: most, pass };
      const light = least === 0 ? undefined : taken(task, least);
      if (light !== undefined) lights.push(light);
      return { part, most, least: light, pass };
    });
    const isOut = (take: number) => ends.every(({ most }) => most !== take);
    return moments.map((moment) => {
      const { part, own: all } = moment;
      const inside = ends.filter((one) => one.part === part || (part === root.part && root.part !== one.part));
      if (inside.length === 0) return moment;
      const stays = all.filter(isOut);
      const least = [stays, ...inside.map((one) => (one.least === undefined ? [] : [one.least]))];
      return { ...moment, rolls: { stays, least, passes: inside.flatMap(({ pass }) => pass ?? []) } };
    });
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
        const back = rolling.flatMap((one) => one.own.filter((take) => others.includes(take)));
        moments[i] = { ...moment, begin: { sure, may: [...new Set([...may, ...others])], back }, meanwhile };
      }
    }
    // Whatever they say they take, any of them may go on next: then there is no telling when.
    if (clock > from && isRated) isClear = false;
    return all;
  }

  /** The takes of a removal, one for each batch, by their places among all. */
  function take(
    task: Task,
    { sure }: Gone,
    isBeside: boolean,
  ): { readonly own: readonly number[]; readonly isLong: boolean } {
    const { amount, batch, pause } = task.action;
    const isShare = ofWhatIsThere(task);
    const gone = new Set(sure);
    const there = servingWith(
      { ...before, takes },
      task.pool.cells,
      (one) => one < before.takes.length || gone.has(one),
    );
    const sizes = (servers: number): readonly [wanted: number, each: number] => [
      serversOf(amount?.value, servers),
      batch === undefined || (pause?.value ?? 0) === 0
        ? Number.POSITIVE_INFINITY
        : Math.max(1, serversOf(batch.value, servers)),
    ];
    const [wanted, each] = sizes(there?.best ?? 0);
    const isLong = wanted > each;
    if (wanted === 0 || (isShare && there === undefined)) isClear = false;
    // Between its batches a restart may take what it would have taken.
    const isParted = batch !== undefined && serversOf(batch.value, there?.best ?? 0) < wanted;
    if (isParted) checks.push(() => rolling.length === 0);
    const own: number[] = [];
    // Whatever goes first, all is as low as it comes to be when the last has gone, if no rate counts.
    const size = isRated ? Math.min(each, wanted) : wanted;
    if (!isRated && isClear) clock += (Math.ceil(wanted / Math.min(each, wanted)) - 1) * (pause?.value ?? 0);
    for (let left = wanted; left > 0 && isClear; left -= size) {
      if (own.length > 0) clock += pause?.value ?? 0;
      own.push(taken(task, Math.min(left, size)));
      if (takes.length - before.takes.length > mostTakes) isClear = false;
    }
    // What goes on beside it is known in the end.
    if (isShare)
      checks.push(() => {
        const others = isBeside ? countOf((one) => !gone.has(one) && !own.includes(one)) : 0;
        const [least, small] = sizes((there?.worst ?? 0) - others);
        return least === wanted && small === each;
      });
    return { own, isLong };
  }

  /** How many servers some of the new takes come to. */
  function countOf(isAsked: (take: number) => boolean): number {
    return takes.reduce((sum, { count }, i) => (i >= before.takes.length && isAsked(i) ? sum + count : sum), 0);
  }
}

/** The open once for each number of servers that the first removal of a percentage comes to; undefined where they are more than `most`. */
export function byNumber(open: Open, root: StepPart, most: number): readonly Open[] | undefined {
  const task = firstOfShare(root);
  if (task === undefined) return undefined;
  const { action, pool } = task;
  const held = servingWith({ ...open, takes: [] }, pool.cells, () => true)?.best ?? 0;
  const about = (gone: number) =>
    [action.amount, action.batch].map((one) => one && serversOf(one.value, held - gone)).join();
  return byShare(open, pool.cells, about, most);
}

function firstOfShare({ tasks, inner }: StepPart): Task | undefined {
  const isShare = (task: Task) => task.still === undefined && ofWhatIsThere(task);
  return tasks.find(isShare) ?? inner.map(firstOfShare).find((one) => one !== undefined);
}

/** Whether how many go, or how many at once, depends on how many there are. */
function ofWhatIsThere({ action: { amount, batch } }: Task): boolean {
  return [amount, batch].some((one) => one !== undefined && one.value.unit !== 'servers');
}
