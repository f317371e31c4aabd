import { mostTakes } from '../limits.ts';
import { serversOf } from '../paths/changes.ts';
import { isTouched } from '../paths/starts.ts';
import type { Plan, StepPart, Task } from '../plan/plan.ts';
import type { Belief } from '../worlds/belief.ts';
import { withOpen } from '../worlds/elapse.ts';
import { type Open, type OpenTake, positionsOf, roomsOf } from '../worlds/open.ts';
import { weights } from '../worlds/place.ts';
import type { World } from '../worlds/world.ts';
import type { CarriedOut } from './carry-out.ts';
import { type Gathered, gathered, isPlain } from './open-removal.ts';
import { type Moment, SeveralLook } from './several-look.ts';

/**
 * Several removals in one step, one after another or beside one another, of servers unknown which.
 * What is gone is never back meanwhile, so that each part of the step is at its lowest where it ends, and the order counts for little:
 * at best nothing else is gone by then, at worst everything that may be.
 * Undefined where it is another kind of step, or where there may not be enough servers; then every path is followed.
 */
export function removeSeveralOpenly(world: World, belief: Belief, plan: Plan): CarriedOut | undefined {
  const [branch] = belief.branches;
  if (branch === undefined || belief.branches.length > 1 || plan.isTimed) return undefined;
  if (plan.root.tasks.length < 2 && plan.root.inner.length === 0) return undefined;
  if (!isOnlyRemovals(plan.root)) return undefined;
  const scope = world.scopeOf(plan.pool);
  if (!isPlain(scope) || branch.factors.some((factor) => isTouched(world, factor, scope, false))) return undefined;
  const before = gathered(world, branch, scope);
  if (before === undefined) return undefined;
  const script = scriptOf(before, plan.root, branch.now);
  if (script === undefined) return undefined;
  const open: Open = { ...before.open, takes: [...before.open.takes, ...script.takes] };
  const tasks: CarriedOut['tasks'][number][] = [];
  const look = new SeveralLook(world, before.rest, open, before.open.takes.length, scope);
  for (const moment of script.moments) {
    const { task, begin } = moment;
    if (task === undefined) continue;
    const there = servingIn(open, task, look.counted(begin.sure), look.counted(begin.may));
    const wanted = serversOf(task.action.amount?.value, 0);
    if (there === undefined || there.worst < wanted) return undefined;
    const known = tasks[task.part];
    tasks[task.part] = {
      count: { worst: wanted, best: wanted },
      lacks: undefined,
      there: {
        worst: Math.min(there.worst, known?.there?.worst ?? there.worst),
        best: Math.max(there.best, known?.there?.best ?? there.best),
      },
      went: 1,
      alreadyOut: undefined,
    };
  }
  return {
    after: { branches: [withOpen(world, before.rest, open)] },
    seeing: look.seeing(script.moments),
    tasks,
    clamped: new Set(),
  };
}

function isOnlyRemovals({ input, tasks, inner, takes, times }: StepPart): boolean {
  if (input.step.when !== undefined || takes > 0 || times === undefined || times > mostTakes) return false;
  if (tasks.length === 0 && inner.length === 0) return false;
  return tasks.every(isPlainRemoval) && inner.every(isOnlyRemovals);
}

function isPlainRemoval({ still, action, isNamed }: Task): boolean {
  const { effect, amount, maybe, atMost } = action;
  if (still !== undefined || isNamed || maybe !== undefined || atMost === true || effect !== 'remove') return false;
  return amount?.value.unit === 'servers' && amount.value.value > 0;
}

/** What is taken, and what each part of the step has behind it when it begins and when it ends. */
interface Script {
  readonly takes: readonly OpenTake[];
  readonly moments: readonly Moment[];
}

/** Undefined where there are too many. */
function scriptOf({ open }: Gathered, root: StepPart, at: number): Script | undefined {
  const takes: OpenTake[] = [];
  const moments: Moment[] = [];
  const first = open.takes.length;
  visit(root, '', { sure: [], may: [] });
  return takes.length > mostTakes ? undefined : { takes, moments };

  /** Takes are told by their places among all of them. */
  function visit(step: StepPart, round: string, begin: Moment['begin']): readonly number[] {
    if (takes.length > mostTakes) return [];
    const own: number[] = [];
    let now = begin;
    const goOn = (more: readonly number[]) => {
      own.push(...more);
      now = { sure: [...now.sure, ...more], may: [...now.may, ...more] };
    };
    for (const task of step.tasks) {
      const positions = positionsOf(open, task.pool.cells);
      const count = serversOf(task.action.amount?.value, 0);
      const index = first + takes.length;
      takes.push({ positions, count, origin: task.origin, at, state: 'out' });
      moments.push({ part: task.part, key: `${task.part}${round}`, task, begin: now, own: [index] });
      goOn([index]);
    }
    if (step.input.step.kind === 'parallel') {
      const from = moments.length;
      const branches = step.inner.map((inner) => {
        const start = moments.length;
        return { start, own: visit(inner, round, begin), end: moments.length };
      });
      const all = branches.flatMap((branch) => branch.own);
      for (const { start, own: theirs, end } of branches) {
        const others = all.filter((take) => !theirs.includes(take));
        for (let i = start; i < end; i++) {
          const moment = moments[i];
          if (moment === undefined) continue;
          const { sure, may } = moment.begin;
          moments[i] = { ...moment, begin: { sure, may: [...new Set([...may, ...others])] } };
        }
      }
      if (from <= moments.length) goOn(all);
    } else {
      const times = step.times ?? 1;
      const isRepeat = step.input.step.kind === 'repeat';
      for (let i = 0; i < times; i++)
        for (const inner of step.inner) goOn(visit(inner, isRepeat ? `${round}.${i}` : round, now));
    }
    moments.push({ part: step.part, key: `${step.part}${round}`, task: undefined, begin, own });
    return own;
  }
}

/** What the target has in service when so many of the takes have gone, at least and at most. */
function servingIn(
  open: Open,
  task: Task,
  sure: (take: number) => boolean,
  may: (take: number) => boolean,
): { readonly worst: number; readonly best: number } | undefined {
  const inside = new Set(task.pool.cells);
  const rooms = roomsOf(open);
  const held = open.cells.reduce((sum, cell, i) => sum + (inside.has(cell) ? (rooms[i] ?? 0) : 0), 0);
  // What comes later does not bind yet: whether there is enough is not to be taken for granted.
  const out = (counts: (take: number) => boolean) =>
    weights(
      open.takes.filter((_, take) => counts(take)),
      rooms,
      (_, position) => (inside.has(open.cells[position] ?? -1) ? 1 : 0),
    );
  const least = out(sure);
  const most = out(may);
  return least && most && { worst: held - most.most, best: held - least.least };
}
