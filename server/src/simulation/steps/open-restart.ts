import type { Seeing } from '../judgement/judge.ts';
import { mostWorlds } from '../limits.ts';
import { planned, roundsOf } from '../paths/rolling.ts';
import type { PartNotes, Range, TaskNotes } from '../paths/run.ts';
import { comingIn, isOpenTouched, isTouched } from '../paths/starts.ts';
import { onlyTask, type Plan, type Task } from '../plan/plan.ts';
import type { Work } from '../work.ts';
import type { Belief, Branch } from '../worlds/belief.ts';
import { passTime, withFactor } from '../worlds/elapse.ts';
import type { Factor } from '../worlds/factor.ts';
import { withEcho } from '../worlds/leavings.ts';
import { type Open, writtenOut } from '../worlds/open.ts';
import { waysToSplit } from '../worlds/splits.ts';
import { statusOf } from '../worlds/status.ts';
import type { LocalGauge, Scope, World } from '../worlds/world.ts';
import type { CarriedOut } from './carry-out.ts';
import { type Reading, RestartLook } from './restart-look.ts';
import { isTimeless } from './without-time.ts';

/**
 * A restart or replacement of many cells, whose batches can be put together in more ways than are worth following.
 * Undefined where it is another kind of step, or where the ways are few: then every path is followed.
 */
export function restartOpenly(world: World, belief: Belief, plan: Plan, work: Work): CarriedOut | undefined {
  const [branch] = belief.branches;
  const task = plainRestart(plan);
  if (branch === undefined || belief.branches.length > 1 || task === undefined || plan.pool.cells.length < 2)
    return undefined;
  const scope = world.scopeOf(plan.pool);
  const worlds = worldsOf(world, branch, scope);
  if (worlds === undefined || worlds.some((one) => one.timed.length + comingIn(one).size > 0)) return undefined;
  const notes: TaskNotes = {
    count: undefined,
    lacks: undefined,
    there: undefined,
    went: 0,
    alreadyOut: undefined,
  };
  const looks: RestartLook[] = [];
  let lasts: number | undefined;
  for (const one of worlds) {
    const statuses = scope.cells.map((cell) => one.known.at(cell) ?? statusOf(0));
    const rolling = planned(
      world,
      scope,
      { statuses },
      task,
      scope.cells.map((_, i) => i),
      notes,
    );
    const { due, left, batch } = rolling;
    const isPlain = left === 0 || left <= batch || rolling.ofEach !== undefined;
    if (isPlain || followable(world, due, batch, worlds.length)) return undefined;
    if (isUneven(scope, due) && !isTimeless(world, branch)) return undefined;
    const rounds = roundsOf(scope, rolling);
    // Worlds in which it takes another time are to be told apart.
    if (lasts !== undefined && lasts !== rounds.lasts) return undefined;
    lasts = rounds.lasts;
    looks.push(new RestartLook(world, one, scope, due, rounds, task, work));
  }
  const tasks: TaskNotes[] = [];
  tasks[task.part] = notes;
  const echo = looks[0]?.echo();
  const after = passTime(
    world,
    { branches: [echo === undefined ? branch : withEcho(world, branch, echo)] },
    (lasts ?? 0) + plan.root.takes,
  );
  return { after, seeing: seeingOf(world, scope, looks, plan.root.part), tasks, clamped: new Set() };
}

/** Each way in which what the restart touches may be, as a branch in which it is known; undefined where they are too many. */
function worldsOf(world: World, branch: Branch, scope: Scope): readonly Branch[] | undefined {
  const written: Factor[] = [];
  const open: Open[] = [];
  for (const one of branch.open) {
    if (!isOpenTouched(world, one, scope, true)) {
      open.push(one);
      continue;
    }
    const factor = writtenOut(world, one, branch.now, mostWorlds);
    if (factor === undefined) return undefined;
    written.push(factor);
  }
  const touched = [...written, ...branch.factors.filter((factor) => isTouched(world, factor, scope, true))];
  const factors = branch.factors.filter((factor) => !touched.includes(factor));
  let worlds: readonly Branch[] = [{ ...branch, factors, open }];
  for (const { cells, alternatives } of touched) {
    if (worlds.length * alternatives.length > mostWorlds) return undefined;
    worlds = worlds.flatMap((one) =>
      alternatives.map((alternative) => withFactor(world, one, { cells, alternatives: [alternative] })),
    );
  }
  return worlds;
}

/** What is seen in all worlds together. */
function seeingOf(world: World, scope: Scope, looks: readonly RestartLook[], part: number): Seeing {
  const { gauges } = scope;
  const all = looks.map((look) => gauges.map((gauge) => look.reading(gauge)));
  const over = (of: (reading: Reading) => Range) =>
    gauges.map((_, i) => ({
      worst: Math.min(...all.map((readings) => of(readings[i] ?? nothing).worst)),
      best: Math.max(...all.map((readings) => of(readings[i] ?? nothing).best)),
    }));
  const low = over((reading) => reading.low);
  const witness = gauges.map((gauge, i) => {
    const worst = all.findIndex((readings) => readings[i]?.low.worst === low[i]?.worst);
    return looks[worst]?.witness(gauge, low[i]?.worst ?? 0);
  });
  const notes: PartNotes = {
    part,
    before: over((reading) => reading.before),
    low,
    after: over((reading) => reading.before),
    witness,
  };
  return {
    world,
    gauges,
    notes: new Map([[`${part}`, notes]]),
    ends: [{ best: new Map([[part, low.map(({ best }) => best)]]), others: [] }],
    mayKeep: (_, broken) =>
      mayKeep(
        looks,
        broken.flatMap((at) => gauges[at] ?? []),
      ),
  };
}

/** Whether in some world all of them are kept; undefined: undecided. */
function mayKeep(looks: readonly RestartLook[], gauges: readonly LocalGauge[]): boolean | undefined {
  const kept = looks.map((look) => look.keeps(gauges));
  return kept.includes(true) || (kept.includes(undefined) ? undefined : false);
}

const nothing: Reading = { before: { worst: 0, best: 0 }, low: { worst: 0, best: 0 } };

function plainRestart({ root }: Plan): Task | undefined {
  const task = onlyTask(root);
  if (task === undefined || root.input.step.when !== undefined || task.action.maybe !== undefined) return undefined;
  return task.action.effect === 'restart' || task.action.effect === 'replace' ? task : undefined;
}

/** Whether one batch may take longer than another. */
function isUneven({ warmup }: Scope, due: readonly number[]): boolean {
  return new Set(warmup.filter((_, i) => (due[i] ?? 0) > 0)).size > 1;
}

/** Whether ways to put one batch together, times what can be left after it, are few. */
function followable({ fewWays }: World, due: readonly number[], batch: number, worlds: number): boolean {
  const boxes = due.filter((count) => count > 0);
  if (boxes.length < 2) return true;
  let states = 1;
  for (const count of boxes) states = Math.min(states * (count + 1), fewWays + 1);
  return worlds * states * waysToSplit(boxes, batch, fewWays) <= fewWays;
}
