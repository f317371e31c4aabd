import { changedRange, spliced } from '../syntax/changed-range.ts';
import type { Capacity } from './fleet/capacity.ts';
import type { StepOutcome } from './outcome.ts';
import type { Surroundings } from './plan/plan.ts';
import { type Names, surroundingsOf } from './plan/surroundings.ts';
import type { StepToSimulate } from './plan/task.ts';
import { simulateStep } from './steps/simulate-step.ts';
import { type Belief, startOf } from './worlds/belief.ts';
import { sameBelief } from './worlds/same.ts';

/** A runbook walked through from its first step to its last. Opaque but for its outcomes; the next walk starts from it. */
export interface Walk {
  readonly outcomes: readonly StepOutcome[];
  readonly around: Surroundings;
  readonly steps: readonly StepToSimulate[];
  /** The state before each step, and after the last. */
  readonly states: readonly Belief[];
}

/**
 * Simulates the steps against the fleet.
 * With the walk of an earlier version of the runbook, a step is carried out again only where it or the state before it is another.
 */
export function simulate(steps: readonly StepToSimulate[], capacity: Capacity, names: Names, previous?: Walk): Walk {
  const around = surroundingsOf(steps, capacity, names, previous);
  return walk(around, steps, around === previous?.around ? previous : undefined);
}

/** The same walk with another step at `index`, from there to the end. */
export function simulateWith(known: Walk, index: number, step: StepToSimulate, purse?: Purse): Walk {
  return walk(known.around, known.steps.with(index, step), known, purse);
}

/** Work that may be done on trials (see work.ts). Below zero, a walk ends where it is, and what it says is worth nothing. */
export interface Purse {
  left: number;
}

function walk(around: Surroundings, steps: readonly StepToSimulate[], previous: Walk | undefined, purse?: Purse): Walk {
  const { from, to } = changedRange(previous?.steps ?? [], steps);
  const late = (previous?.steps.length ?? 0) - steps.length;
  const outcomes: StepOutcome[] = [];
  const states: Belief[] = [];
  let state = previous?.states[from] ?? startOf(around.world);
  let next = from;
  for (; next <= steps.length; next++) {
    const before = next < to ? undefined : previous?.states[next + late];
    // From here on nothing is another than it was.
    if (before !== undefined && sameBelief(around.world, before, state)) break;
    states.push(state);
    const step = steps[next];
    if (step === undefined) continue;
    const work = { done: 0, most: purse?.left ?? Number.POSITIVE_INFINITY };
    const done = simulateStep(around, state, step, work);
    if (purse !== undefined) {
      purse.left -= work.done;
      if (purse.left < 0) break;
    }
    outcomes.push(done.outcome);
    state = done.after;
  }
  const replaced = { from, oldTo: next + late };
  return {
    outcomes: spliced(previous?.outcomes ?? [], replaced, outcomes),
    around,
    steps,
    states: spliced(previous?.states ?? [], replaced, states),
  };
}
