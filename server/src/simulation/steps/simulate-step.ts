import type { Obstacle } from '../../commands/action.ts';
import { type Findings, findingsOf, noFindings } from '../judgement/findings.ts';
import type { PartFigures, Seeing } from '../judgement/judge.ts';
import { type Judged, judged } from '../judgement/judged.ts';
import { beyondLimits, mostInRepeat } from '../limits.ts';
import type { ActionOutcome, BareZone, Figures, StepOutcome, Verdict } from '../outcome.ts';
import { type Plan, planOf, type Surroundings } from '../plan/plan.ts';
import type { StepToSimulate, Task } from '../plan/task.ts';
import { unlimitedWork, type Work } from '../work.ts';
import type { Belief } from '../worlds/belief.ts';
import { passTime } from '../worlds/elapse.ts';
import type { World } from '../worlds/world.ts';
import { apart } from './apart.ts';
import { repeatByRounds, type Simulated } from './by-rounds.ts';
import { type CarriedOut, carryOut } from './carry-out.ts';
import { withoutIdleRestores } from './idle-restores.ts';
import { removeOpenly } from './open-removal.ts';
import { restartOpenly } from './open-restart.ts';
import { restoreOpenly } from './open-restore.ts';
import { scaleOpenly, withoutLoss } from './scale-openly.ts';
import { gravest, type Level, Outcome, plainOutcome } from './step-outcome.ts';
import { usually } from './usual-step.ts';
import { withoutTime } from './without-time.ts';

const noSteps: readonly StepOutcome[] = [];

/**
 * Carries out one step, and counts the work. A step that cannot be judged changes nothing and says so.
 * Never throws: a mistake of this program is told on the step, and leaves the others simulated.
 */
export function simulateStep(
  around: Surroundings,
  before: Belief,
  input: StepToSimulate,
  work: Work = unlimitedWork(),
): Simulated {
  try {
    return simulated(around, before, input, work);
  } catch (problem) {
    return still(around.world, before, input, { span: input.step.key, why: String(problem), isOurs: true });
  }
}

function simulated(around: Surroundings, before: Belief, input: StepToSimulate, work: Work): Simulated {
  return simulatedAs(around, before, input, work, true);
}

/** A step whose branches are not told apart, as it holds what cannot be, or has been tried. */
function asOne(around: Surroundings, before: Belief, input: StepToSimulate, work: Work): Simulated {
  return simulatedAs(around, before, input, work, false);
}

function simulatedAs(
  around: Surroundings,
  before: Belief,
  input: StepToSimulate,
  work: Work,
  mayPart: boolean,
): Simulated {
  const { world } = around;
  work.done += 1;
  const obstacle = obstacleIn(input);
  if (obstacle !== undefined) return still(world, before, input, obstacle);
  const usual = usually(around, before, input);
  if (usual !== undefined) {
    const { after, actions, levels } = usual;
    return { outcome: new Outcome(world, before, after, levels, actions, undefined, 'safe', noSteps), after };
  }
  if (work.done > work.most) return still(world, before, input, { span: input.step.key, why: beyondLimits });
  const planned = withoutIdleRestores(before, planOf(around, input));
  if (isQuiet(planned)) return quiet(world, before, planned);
  const parted = mayPart ? apart(around, before, input, planned.root, work, asOne) : undefined;
  if (parted !== undefined) return { ...parted, after: sameAs(before, parted.after) };
  const plan = withoutTime(world, before, withoutLoss(world, before, planned));
  const isRepeat = input.step.kind === 'repeat';
  const lastly = () => removeOpenly(world, before, plan, work, true);
  const whileWarming = () => restartOpenly(world, before, plan, work, true);
  const done =
    (around.isLast ? (lastly() ?? whileWarming()) : undefined) ??
    restoreOpenly(world, before, plan) ??
    scaleOpenly(world, before, plan, work) ??
    removeOpenly(world, before, plan, work) ??
    restartOpenly(world, before, plan, work) ??
    (isRepeat ? shortly(world, before, plan, work) : carryOut(world, before, plan, work)) ??
    whileWarming() ??
    lastly();
  if (done === undefined) {
    const byRounds = isRepeat ? repeatByRounds(around, before, input, work, simulated) : undefined;
    return byRounds ?? still(world, before, input, { span: input.step.key, why: beyondLimits });
  }
  const outcome = outcomeOf(world, before, judged(done.seeing, planned.root), done, done.after);
  return { outcome, after: sameAs(before, done.after) };
}

/** Every path of a repeat, as long as that is little work: round by round it may be told too. */
function shortly(world: World, before: Belief, plan: Plan, work: Work): CarriedOut | undefined {
  const own: Work = { ...work, most: Math.min(work.most, work.done + Math.min(mostInRepeat, work.ofStep)) };
  const done = carryOut(world, before, plan, own);
  work.done = own.done;
  return done;
}

/** The very same object where nothing changed, so that what follows need not be looked at again. */
function sameAs(before: Belief, after: Belief): Belief {
  const [only] = after.branches;
  return after.branches.length === 1 && before.branches.length === 1 && only === before.branches[0] ? before : after;
}

function obstacleIn(input: StepToSimulate): Obstacle | undefined {
  const { step } = input;
  if (step.kind === 'repeat' && step.times?.value === undefined) {
    return { span: step.times?.span ?? step.key, why: 'it is unknown how often it is repeated' };
  }
  if (input.inner.length === 0) return undefined;
  for (const inner of input.inner) {
    const found = obstacleIn(inner);
    if (found !== undefined) return { span: found.span, why: found.why };
  }
  return undefined;
}

/** Nothing comes or goes: at most, time passes. */
function isQuiet({ root }: Plan): boolean {
  return (
    root.inner.length === 0 &&
    root.input.step.when === undefined &&
    root.tasks.every(({ still: said, action }) => said !== undefined || action.effect === 'wait')
  );
}

function quiet(world: World, before: Belief, { root }: Plan): Simulated {
  const actions = root.tasks.map((task): ActionOutcome => ({ ...plainOutcome(task.action), ...task.still }));
  const waits = root.tasks.reduce((sum, { action }) => sum + (action.effect === 'wait' ? action.seconds : 0), 0);
  const seconds = Math.max(root.takes, waits);
  const after = passTime(world, before, seconds);
  return {
    outcome: new Outcome(world, before, after, [], actions, undefined, verdictOf(actions, root.input), []),
    after,
  };
}

/** The step and everything in it changes nothing. */
function still(world: World, state: Belief, input: StepToSimulate, obstacle: Obstacle | undefined): Simulated {
  const steps = input.inner.map((inner) => still(world, state, inner, undefined).outcome);
  return { outcome: new Outcome(world, state, state, [], [], obstacle, 'unknown', steps), after: state };
}

function outcomeOf(
  world: World,
  before: Belief,
  one: Judged,
  done: CarriedOut,
  after: Belief | undefined,
): StepOutcome {
  const { part, own } = one;
  const byTask = findingsOf(done.seeing, one);
  const actions = part.tasks.map((task) => actionOutcome(world, task, done, byTask.get(task) ?? noFindings));
  const steps = one.inner.map((inner) => outcomeOf(world, before, inner, done, undefined));
  const verdict = steps.length > 0 ? gravest(steps.map((step) => step.verdict)) : verdictOf(actions, part.input);
  return new Outcome(
    world,
    before,
    after,
    own === undefined ? [] : levelsIn(done.seeing, own),
    actions,
    undefined,
    verdict,
    steps,
    own === undefined ? [] : bareZonesIn(done.seeing, own),
  );
}

function actionOutcome(world: World, task: Task, done: CarriedOut, findings: Findings): ActionOutcome {
  const notes = done.tasks[task.part];
  if (task.still !== undefined || notes === undefined) return { ...plainOutcome(task.action), ...task.still };
  const { effect, amount, restores } = task.action;
  const there = notes.there ?? { worst: 0, best: 0 };
  const comesBack = effect === 'restore';
  const nothing = there.best === 0 && notes.lacks === undefined && effect !== 'scale-to' && effect !== 'add';
  const idle = !nothing
    ? undefined
    : comesBack
      ? 'nothing-out'
      : task.selection.byHosts || amount === undefined || effect !== 'remove'
        ? 'already-out'
        : 'none-in-service';
  return {
    action: task.action,
    breaches: findings.breaches,
    certain: findings.certain,
    rates: findings.rates,
    redundancy: findings.redundancy,
    zones: findings.zones,
    target: restores === undefined ? task.selection.names : [restores.value],
    count: notes.count === undefined ? undefined : { least: notes.count.worst, most: notes.count.best },
    exceeds: notes.lacks === undefined ? undefined : lacking(notes.lacks.asked, there, done.clamped.has(task.part)),
    touches: comesBack || nothing ? [] : world.scopeOf(task.pool).names,
    idle,
    alreadyOut: notes.alreadyOut ?? 0,
    unknown: [],
    obstacle: undefined,
  };
}

/** What there is where more is asked for is less than that; in other rounds there may have been more. */
function lacking(asked: number, { worst, best }: Figures, certain: boolean): ActionOutcome['exceeds'] {
  return { asked, worst, best: Math.min(best, asked - 1), certain };
}

function verdictOf(actions: readonly ActionOutcome[], input: StepToSimulate | undefined): Verdict {
  const isUnsafe = actions.some(
    ({ action, breaches, rates, redundancy, zones, exceeds }) =>
      action.mayBeEmpty !== undefined ||
      breaches.length > 0 ||
      rates.breaches.length > 0 ||
      redundancy.breaches.length > 0 ||
      zones.breaches.length > 0 ||
      exceeds !== undefined,
  );
  if (isUnsafe) return 'unsafe';
  if (input?.step.kind === 'broken') return 'unknown';
  return actions.some(({ obstacle, unknown }) => obstacle !== undefined || unknown.length > 0) ? 'unknown' : 'safe';
}

function levelsIn({ gauges }: Seeing, own: PartFigures): readonly Level[] {
  const levels: Level[] = [];
  for (const { at, gauge } of gauges) {
    if (gauge.rule !== 'minimum' || gauge.zone !== undefined) continue;
    levels.push({
      subsystem: gauge.subsystem.index,
      before: own.before[at] ?? none,
      low: own.low[at] ?? none,
      after: own.after[at] ?? none,
    });
  }
  return levels;
}

function bareZonesIn({ gauges }: Seeing, own: PartFigures): readonly BareZone[] {
  return gauges.flatMap(({ at, isWatched, gauge: { rule, zone, subsystem, bound } }) => {
    const low = own.low[at];
    if (rule !== 'minimum' || zone === undefined || isWatched || bound === 0 || low?.worst !== bound) return [];
    if ((own.before[at]?.worst ?? 0) <= bound) return [];
    return [{ subsystem: subsystem.name, zone, minimum: bound, certain: low.best === bound }];
  });
}

const none: Figures = { worst: 0, best: 0 };
