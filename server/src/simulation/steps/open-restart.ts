import type { Seconds } from '../../model/leaf.ts';
import type { Seeing } from '../judgement/judge.ts';
import { seenTogether } from '../judgement/together.ts';
import { mostConditions, mostNumbers, mostWorlds } from '../limits.ts';
import { dueTogether, planned } from '../paths/rolling.ts';
import type { TaskNotes } from '../paths/run.ts';
import { comingIn, isOpenTouched, isTouched } from '../paths/starts.ts';
import type { Plan } from '../plan/plan.ts';
import type { Work } from '../work.ts';
import type { Belief, Branch } from '../worlds/belief.ts';
import { hearsManyWays } from '../worlds/echoes.ts';
import { merged, passTime, withOpen } from '../worlds/elapse.ts';
import type { Factor } from '../worlds/factor.ts';
import { type Open, type OpenTake, writtenOut } from '../worlds/open.ts';
import { parted, share } from '../worlds/parted.ts';
import { placed } from '../worlds/place.ts';
import { byWarming } from '../worlds/shares.ts';
import { waysToSplit } from '../worlds/splits.ts';
import { type Status, statusOf } from '../worlds/status.ts';
import type { Scope, World } from '../worlds/world.ts';
import { restartAlone } from './beside-waits.ts';
import type { CarriedOut } from './carry-out.ts';
import { courseOf, type OutTake, shortest, type Way } from './restart-course.ts';
import { endsOf, type KnownEnds } from './restart-ends.ts';
import { RestartLook } from './restart-look.ts';
import { isTimeless } from './without-time.ts';

type Held = Omit<Way, 'course'>;

/**
 * A restart or replacement whose batches can be put together in more ways than are worth following, or before which servers may have left in as many.
 * Undefined where it is another kind of step, or where the ways are few: then every path is followed.
 * `mayWarm`: these are too many, so that it is told as well while something warms up, at best no worse than it may go.
 */
export function restartOpenly(
  world: World,
  belief: Belief,
  plan: Plan,
  work: Work,
  mayWarm = false,
): CarriedOut | undefined {
  const alone = restartAlone(plan.root);
  if (alone === undefined) return undefined;
  const { task, lasts } = alone;
  const scope = world.scopeOf(task.pool);
  const hears = belief.branches.some((branch) => hearsManyWays(world, branch, scope));
  if (task.pool.cells.length < 2 && !hears) return undefined;
  // Beside it, and in what holds it, something may get warm: no figure but those of the whole step is known then.
  const isFree = mayWarm && !task.isNamed && alone.parts.length === 1;
  const worlds = worldsOf(world, belief, scope, isFree);
  if (worlds === undefined || worlds.some(({ branch }) => comingIn(branch).size > 0)) return undefined;
  if (!isFree && worlds.some(({ branch }) => branch.timed.length > 0)) return undefined;
  const notes: TaskNotes = { count: undefined, lacks: undefined, there: undefined, alreadyOut: undefined };
  const ways: Way[] = [];
  for (const { branch, held } of worlds) {
    const out = held && outOf(held, scope, isFree);
    if (held !== undefined && out === undefined) return undefined;
    const statuses = scope.cells.map((cell) => out?.some.get(cell) ?? branch.known.at(cell) ?? statusOf(0));
    const positions = scope.cells.map((_, i) => i);
    const rolling = planned(world, scope, { statuses }, task, positions, notes);
    const { left, batch } = rolling;
    // Whatever is out, none of them need be of any one cell.
    const due = rolling.due.map((count, i) => out?.all.get(scope.cells[i] ?? -1) ?? count);
    const isPlain = left === 0 || rolling.ofEach !== undefined;
    if (isPlain) return undefined;
    const kinds = dueTogether(world, scope, plan.contested, { ...rolling, due });
    if (!mayWarm && held === undefined && !hears && (left <= batch || followable(world, kinds, batch, worlds.length)))
      return undefined;
    const takes = out?.takes ?? [];
    const course = { ...courseOf(scope, { ...rolling, due }), out: takes, bound: takes };
    // How long the restart takes would depend on which servers warm up still when it is over.
    if (held !== undefined && course.speeds.length > 1 && warmUntil(held) > branch.now + shortest(course))
      return undefined;
    ways.push({ branch, held, course });
  }
  const seen: Seeing[] = [];
  const most = Math.min(work.most, work.done + work.ofStep);
  const patience = (work.done + most) / 2;
  for (const way of ways) {
    const look = new RestartLook(world, way, scope, work, patience);
    if (work.done > most || !look.isTold()) return undefined;
    seen.push(look.seeing(alone));
    if (look.isUndecided) return undefined;
  }
  const [first, ...others] = seen;
  const after = afterAll(world, belief, scope, ways, lasts, work);
  if (after === undefined || first === undefined || work.done > most) return undefined;
  const tasks: TaskNotes[] = [];
  tasks[task.part] = notes;
  return {
    after: alone.mayNotBe ? merged(world, [...after.branches, ...belief.branches]) : after,
    seeing: seenTogether([first, ...others]),
    tasks,
    clamped: new Set(),
  };
}

/** What is the case afterwards, `lasts` seconds later or more: where nothing is a matter of time, everything is as it was. */
function afterAll(
  world: World,
  belief: Belief,
  scope: Scope,
  ways: readonly Way[],
  lasts: Seconds,
  work: Work,
): Belief | undefined {
  if (belief.branches.every((branch) => isTimeless(world, branch))) return belief;
  const longest = ways[0]?.course.longest ?? 0;
  const isEven = ways.every(({ course }) => course.speeds.length === 1 && course.longest === longest);
  if (isEven && scope.rates.length === 0) return passTime(world, belief, Math.max(lasts, longest));
  const ends: Branch[] = [];
  const known: KnownEnds = new Map();
  for (const { branch, course } of ways) {
    const own = endsOf(world, branch, scope, course, known, work, { notBefore: branch.now + lasts });
    if (own === undefined || ends.length + own.length > mostConditions) return undefined;
    ends.push(...own);
  }
  return merged(world, ends);
}

/** Each way in which what the restart touches may be, as a branch in which it is known, but for one open of many ways; undefined where they are too many. */
function worldsOf(world: World, { branches }: Belief, scope: Scope, mayWarm: boolean): readonly Held[] | undefined {
  const worlds: Held[] = [];
  for (const [i, branch] of branches.entries()) {
    const written: Factor[] = [];
    const open: Open[] = [];
    let held: Open | undefined;
    for (const one of branch.open) {
      if (!isOpenTouched(world, one, scope, true)) {
        open.push(one);
        continue;
      }
      const factor = writtenOut(world, one, branch.now, mostWorlds);
      if (factor !== undefined) {
        written.push(factor);
        continue;
      }
      if (held !== undefined) return undefined;
      held = one;
      open.push(one);
    }
    const touched = [...written, ...branch.factors.filter((factor) => isTouched(world, factor, scope, true))];
    const all = { ...branch, factors: [...branch.factors, ...written], open };
    const own = parted(world, all, touched, share(mostWorlds - worlds.length, branches.length - i));
    if (own === undefined) return undefined;
    const shares = held && mayWarm ? byWarming(held, mostNumbers) : undefined;
    if (held === undefined) worlds.push(...merged(world, own).branches.map((one) => ({ branch: one, held })));
    else if (shares === undefined) worlds.push(...own.map((one) => ({ branch: one, held })));
    else worlds.push(...own.flatMap((one) => shares.map((open) => heldIn(world, one, held, open))));
    if (worlds.length > mostWorlds) return undefined;
  }
  return worlds;
}

/** The branch with what it holds as one of its shares. */
function heldIn(world: World, branch: Branch, held: Open, share: Open): Held {
  const others = branch.open.filter((open) => open !== held);
  const own = withOpen(world, { ...branch, open: others }, share);
  return { branch: own, held: own.open.find((open) => !others.includes(open)) };
}

/**
 * What an open has taken out of the cells that are restarted, as takes from the positions of these; and what these cells have in service,
 * with all of it in place, and with some of it out. Undefined where some of it is back in service, or may be of other cells.
 * `mayWarm`: it may be back and warm up, whichever servers it was, so that no batch holds it either.
 */
function outOf(
  { cells, base, takes }: Open,
  scope: Scope,
  mayWarm: boolean,
):
  | {
      readonly takes: readonly OutTake[];
      readonly all: ReadonlyMap<number, number>;
      readonly some: ReadonlyMap<number, Status>;
    }
  | undefined {
  const places = cells.map((cell) => scope.positions.get(cell));
  if (new Set(cells).size < cells.length || places.includes(undefined)) return undefined;
  const isAbsent = ({ state, positions }: OpenTake) =>
    state === 'out' || (mayWarm && state !== 'back' && positions.every((position) => state.ready.has(position)));
  if (!takes.every(isAbsent)) return undefined;
  const rooms = base.map(({ inService }) => inService);
  const one = placed(takes, rooms, () => 0);
  if (one === undefined) return undefined;
  const left = [...rooms];
  for (const [take, taken] of one.taken.entries())
    for (const [i, count] of taken.entries()) {
      const position = takes[take]?.positions[i] ?? -1;
      left[position] = (left[position] ?? 0) - count;
    }
  return {
    takes: takes.map(({ positions, count, at }) => ({
      positions: positions.map((own) => places[own] ?? -1),
      count,
      at,
    })),
    all: new Map(cells.map((cell, i) => [cell, rooms[i] ?? 0])),
    some: new Map(cells.map((cell, i) => [cell, statusOf(left[i] ?? 0)])),
  };
}

/** When the last of what is back is warm. */
function warmUntil({ takes }: Open): Seconds {
  const ready = takes.flatMap(({ state }) => (typeof state === 'object' ? [...state.ready.values()] : []));
  return Math.max(Number.NEGATIVE_INFINITY, ...ready);
}

/** Whether ways to put one batch together, times what can be left after it, are few. */
function followable({ fewWays }: World, due: readonly number[], batch: number, worlds: number): boolean {
  const boxes = due.filter((count) => count > 0);
  if (boxes.length < 2) return true;
  let states = 1;
  for (const count of boxes) states = Math.min(states * (count + 1), fewWays + 1);
  return worlds * states * waysToSplit(boxes, batch, fewWays) <= fewWays;
}
