import { changedRange, type Sparse, spliced, splicedSparse } from '../syntax/changed-range.ts';
import type { Capacity } from './fleet/capacity.ts';
import { mostChanges, mostInWalk } from './limits.ts';
import type { StepOutcome } from './outcome.ts';
import type { Surroundings } from './plan/plan.ts';
import { type Names, surroundingsOf } from './plan/surroundings.ts';
import type { StepToSimulate } from './plan/task.ts';
import { simulateStep } from './steps/simulate-step.ts';
import type { Work } from './work.ts';
import { type Belief, startOf } from './worlds/belief.ts';
import { sameBelief } from './worlds/same.ts';

/** A runbook walked through from its first step to its last. Opaque but for its outcomes; the next walk starts from it. */
export interface Walk {
  readonly outcomes: readonly StepOutcome[];
  readonly around: Surroundings;
  readonly steps: readonly StepToSimulate[];
  /** The state before each step, and after the last. */
  readonly states: readonly Belief[];
  /** Steps that are much work, in thousands of changes. */
  readonly heavy: Sparse<number>;
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
  const old = previous?.heavy ?? [];
  const outcomes: StepOutcome[] = [];
  const states: Belief[] = [];
  const heavy: (readonly [number, number])[] = [];
  let state = previous?.states[from] ?? startOf(around.world);
  let spent = spentBefore(old, from);
  let next = from;
  for (; next <= steps.length; next++) {
    const before = next < to ? undefined : previous?.states[next + late];
    // From here on nothing is another than it was.
    if (before !== undefined && sameBelief(around.world, before, state) && spentBefore(old, next + late) === spent)
      break;
    states.push(state);
    const step = steps[next];
    if (step === undefined) continue;
    const work: Work = { done: 0, most: purse?.left ?? Number.POSITIVE_INFINITY, ofStep: mostAfter(spent) };
    const done = simulateStep(around, state, step, work);
    if (purse !== undefined) {
      purse.left -= work.done;
      if (purse.left < 0) break;
    }
    outcomes.push(done.outcome);
    state = done.after;
    if (work.done < mostInWalk.light) continue;
    const thousands = Math.floor(Math.min(work.done, mostChanges) / 1000);
    heavy.push([next, thousands]);
    spent += thousands;
  }
  const replaced = { from, to: next, oldTo: next + late };
  return {
    outcomes: spliced(previous?.outcomes ?? [], replaced, outcomes),
    around,
    steps,
    states: spliced(previous?.states ?? [], replaced, states),
    heavy: old.length + heavy.length === 0 ? old : splicedSparse(old, replaced, heavy),
  };
}

/** What the heavy steps before a step have come to. */
function spentBefore(heavy: Walk['heavy'], index: number): number {
  let sum = 0;
  for (const [at, thousands] of heavy) if (at < index) sum += thousands;
  return sum;
}

/** Changes along all paths of a step, after others that have come to so many thousands. */
function mostAfter(spent: number): number {
  const { before, halvedEvery, least } = mostInWalk;
  if (spent < before) return mostChanges;
  const times = 1 + Math.floor((spent - before) / halvedEvery);
  return Math.max(least, Math.floor(mostChanges / 2 ** times));
}
