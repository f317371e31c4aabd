import type { Action, Obstacle } from '../commands/action.ts';
import type { Step } from '../model/runbook.ts';
import type { Span } from '../syntax/span.ts';
import { passTime } from './effects.ts';
import type { ActionOutcome, Figures, StepOutcome, SubsystemFigures, Verdict } from './outcome.ts';
import { performAction } from './simulate-action.ts';
import { figures, type State, sameState, type World } from './state.ts';

/** A step as the simulation needs it: what it is, and the changes of capacity that it asks for. */
export interface StepToSimulate {
  readonly step: Step;
  readonly actions: readonly Action[];
  readonly inner: readonly StepToSimulate[];
}

/** What is the same for every step of a runbook. */
export interface Surroundings {
  readonly world: World;
  /** Ids of all steps. */
  readonly ids: ReadonlySet<string>;
  readonly outside: readonly string[];
  /** Parameters that may have another value than the one that is simulated, and their names. */
  readonly open: ReadonlySet<string>;
}

export interface Simulated {
  readonly outcome: StepOutcome;
  readonly after: State;
}

/** Rounds of a `repeat` that are walked before it is given up; a state that comes again ends the walk earlier. */
const mostRounds = 10_000;

/** Carries out one step. A step that cannot be judged changes nothing and says so. */
export function simulateStep(around: Surroundings, before: State, input: StepToSimulate): Simulated {
  const unfollowed = obstacleOf(input.step);
  if (unfollowed !== undefined) return still(around, before, input, unfollowed);
  if (input.step.kind === 'repeat') return repeat(around, before, input);
  const { world, ids, outside } = around;
  const { id, takes } = input.step;
  const origins = id?.value !== undefined && world.restorable.has(id.value) ? [id.value] : [];
  let state = before;
  let lowest = figures(world, before);
  const actions: ActionOutcome[] = [];
  for (const action of input.actions) {
    const done = performAction(world, state, action, { origins, ids, outside });
    actions.push(done.outcome);
    lowest = lower(lowest, done.lowest);
    state = done.state;
    lowest = lower(lowest, figures(world, state));
  }
  const rolls = input.actions.some(({ effect }) => effect === 'restart' || effect === 'replace');
  if (takes?.value !== undefined && !rolls) state = passTime(world, state, takes.value);
  const after = sameState(before, state) ? before : state;
  const all = stepFigures(world, before, lowest, after);
  const plain = verdictOf(input, actions);
  const changes = before !== after || lowest !== figures(world, before);
  const obstacle = plain === 'safe' ? doubtOf(around, input, actions, changes) : undefined;
  const verdict = obstacle === undefined ? plain : 'unknown';
  return { outcome: { actions, figures: all, obstacle, verdict, steps: [] }, after };
}

/** What is read but not simulated yet: such a step is honestly unknown. */
function obstacleOf(step: Step): Obstacle | undefined {
  if (step.when !== undefined) {
    return {
      span: step.when.span,
      why: 'a step with `when` may or may not happen, and both ways are not followed yet',
    };
  }
  if (step.kind === 'parallel') {
    return { span: step.key, why: 'branches that interleave are not followed yet' };
  }
  if (step.kind === 'repeat' && step.times?.value === undefined) {
    return { span: step.times?.span ?? step.key, why: 'it is unknown how often it is repeated' };
  }
  if (step.kind === 'repeat' && (step.times?.value ?? 0) > mostRounds) {
    return { span: step.times?.span ?? step.key, why: `more than ${mostRounds} rounds are not followed` };
  }
  return undefined;
}

/** Why a step that looks safe is not proven to be: it depends on something that the simulation does not follow yet. */
function doubtOf(
  { world, open }: Surroundings,
  { step, actions: wanted }: StepToSimulate,
  actions: readonly ActionOutcome[],
  changes: boolean,
): Obstacle | undefined {
  const use = step.uses.find(({ name, span }) => open.has(name) && !isProse(step, span));
  if (use !== undefined && wanted.length > 0) {
    return { span: use.span, why: `only the default of \`${use.name}\` is simulated, and it may have another value` };
  }
  if (!changes) return undefined;
  for (const { action, touches } of actions) {
    if (action.effect === 'restore') continue;
    const subsystem = world.capacity.subsystems.find((one) => touches.includes(one.name) && one.notFollowed.length > 0);
    if (subsystem === undefined) continue;
    const why = `the fleet sets \`${subsystem.notFollowed[0]}\` for ${subsystem.name}, which is not followed yet`;
    return { span: action.amount?.span ?? action.at, why };
  }
  return undefined;
}

/** Whether the place is in words for people, which change nothing. */
function isProse(step: Step, { start, end }: Span): boolean {
  const texts = [step.name, step.description, step.intent, 'text' in step ? step.text : undefined];
  return texts.some((text) => text !== undefined && text.span.start <= start && end <= text.span.end);
}

/** The step and everything in it changes nothing. */
function still(around: Surroundings, state: State, input: StepToSimulate, obstacle: Obstacle | undefined): Simulated {
  const { world } = around;
  const steps = input.inner.map((inner) => still(around, state, inner, undefined).outcome);
  const all = stepFigures(world, state, figures(world, state), state);
  return { outcome: { actions: [], figures: all, obstacle, verdict: 'unknown', steps }, after: state };
}

/** Walks the inner steps again and again; each shows its first `before`, its last `after`, and the lowest of all rounds. */
function repeat(around: Surroundings, before: State, input: StepToSimulate): Simulated {
  const { world } = around;
  const times = input.step.kind === 'repeat' ? (input.step.times?.value ?? 0) : 0;
  let steps: readonly StepOutcome[] = [];
  let state = before;
  for (let round = 0; round < times; round++) {
    let now = state;
    const walked = input.inner.map((inner) => {
      const done = simulateStep(around, now, inner);
      now = done.after;
      return done.outcome;
    });
    steps = round === 0 ? walked : steps.map((outcome, i) => together(outcome, walked[i] ?? outcome));
    if (sameState(now, state)) break;
    state = now;
  }
  const lowest = steps.reduce(
    (low, { figures: all }) =>
      lower(
        low,
        all.map((figure) => figure.lowest),
      ),
    figures(world, before),
  );
  const verdict = gravest(steps.map((outcome) => outcome.verdict));
  const all = stepFigures(world, before, lowest, state);
  return { outcome: { actions: [], figures: all, obstacle: undefined, verdict, steps }, after: state };
}

/** The same step in two rounds: the graver round speaks. */
function together(first: StepOutcome, next: StepOutcome): StepOutcome {
  const graver = rank(next) > rank(first) ? next : first;
  return {
    ...graver,
    verdict: gravest([first.verdict, next.verdict]),
    figures: first.figures.map((figure, i) => {
      const later = next.figures[i] ?? figure;
      return { ...figure, lowest: lowerOf(figure.lowest, later.lowest), after: later.after };
    }),
    steps: first.steps.map((outcome, i) => together(outcome, next.steps[i] ?? outcome)),
  };
}

function rank(outcome: StepOutcome): number {
  return Math.max(
    0,
    ...outcome.actions.map((action) => {
      const excess = action.exceeds && (action.exceeds.asked > action.exceeds.best ? 4 : 2);
      return Math.max(excess ?? 0, action.certain ? 3 : action.breaches.length > 0 ? 1 : 0);
    }),
  );
}

/** The gravest of the verdicts; safe where there are none. */
export function gravest(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes('unsafe') ? 'unsafe' : verdicts.includes('unknown') ? 'unknown' : 'safe';
}

function verdictOf(input: StepToSimulate, actions: readonly ActionOutcome[]): Verdict {
  if (actions.some(({ breaches, rates, exceeds }) => breaches.length > 0 || rates.length > 0 || exceeds !== undefined))
    return 'unsafe';
  if (input.step.kind === 'broken') return 'unknown';
  return actions.some(({ obstacle, unknown }) => obstacle !== undefined || unknown.length > 0) ? 'unknown' : 'safe';
}

function lower(a: readonly Figures[], b: readonly Figures[]): readonly Figures[] {
  return a === b ? a : a.map((figure, i) => lowerOf(figure, b[i] ?? figure));
}

function lowerOf(a: Figures, b: Figures): Figures {
  return { worst: Math.min(a.worst, b.worst), best: Math.min(a.best, b.best) };
}

const unmoved = new WeakMap<State, readonly SubsystemFigures[]>();

function stepFigures(
  world: World,
  before: State,
  lowest: readonly Figures[],
  after: State,
): readonly SubsystemFigures[] {
  const from = figures(world, before);
  const idle = before === after && lowest === from;
  const kept = idle ? unmoved.get(before) : undefined;
  if (kept !== undefined) return kept;
  const to = figures(world, after);
  const none = { worst: 0, best: 0 };
  const all = world.capacity.subsystems.map(({ index, minimum }) => ({
    before: from[index] ?? none,
    lowest: lowest[index] ?? none,
    after: to[index] ?? none,
    minimum,
  }));
  if (idle) unmoved.set(before, all);
  return all;
}
