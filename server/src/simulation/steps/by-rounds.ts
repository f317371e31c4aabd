import type { Seconds } from '../../model/leaf.ts';
import { mostUnrolled } from '../limits.ts';
import type { StepOutcome } from '../outcome.ts';
import type { Surroundings } from '../plan/plan.ts';
import type { StepToSimulate } from '../plan/task.ts';
import type { Work } from '../work.ts';
import { type Belief, figureOf } from '../worlds/belief.ts';
import { passTime } from '../worlds/elapse.ts';
import { sameBelief } from '../worlds/same.ts';
import { overRounds } from './over-rounds.ts';
import { gravest, type Level, lower, Outcome } from './step-outcome.ts';

export interface Simulated {
  readonly outcome: StepOutcome;
  readonly after: Belief;
}

/** Carries out one step that is not inside another. */
export type Simulate = (around: Surroundings, before: Belief, input: StepToSimulate, work: Work) => Simulated;

/**
 * A repeat of which not every path can be followed: its steps one after the other, round after round, each as it is by itself.
 * At worst that is exact; at best no way can do better than is said.
 * Undefined where one of the steps cannot be told either, or where what is the case is another after each of many rounds.
 */
export function repeatByRounds(
  around: Surroundings,
  before: Belief,
  input: StepToSimulate,
  work: Work,
  simulate: Simulate,
): Simulated | undefined {
  const { world } = around;
  const { step, inner } = input;
  const times = step.kind === 'repeat' ? (step.times?.value ?? 0) : 0;
  const isNamed = step.id?.value !== undefined && world.restorable.has(step.id.value);
  if (times === 0 || inner.length === 0 || step.when !== undefined || isNamed) return undefined;
  // Each of its steps may be as much work as it may be outside.
  const most = Math.min(work.most, work.done + work.ofStep * inner.length);
  const rounds: StepOutcome[][] = inner.map(() => []);
  const isSure = !inner.some(mayNotBe);
  let state = before;
  for (let round = 0; round < times; round++) {
    if (round === mostUnrolled) return undefined;
    const start = state;
    for (const [i, one] of inner.entries()) {
      const { outcome, after } = simulate(around, state, one, work);
      if (isUntold(outcome) || work.done > most) return undefined;
      // Where it asks for more than there is, it may be ruled out in which of the rounds another was done.
      if (!isSure && lacks(outcome)) return undefined;
      rounds[i]?.push(outcome);
      state = after;
    }
    // All that follow are like this one.
    if (sameBelief(world, start, state)) break;
  }
  const steps = rounds.map((own, i) => overRounds(world, before, inner[i], own));
  const left = leftOf(step.takes?.value ?? 0, before, state);
  if (left === undefined) return undefined;
  const after = passTime(world, state, left);
  const levels = world.capacity.subsystems.map(({ index }): Level => {
    const own = figureOf(world, before, index);
    const lows = steps.map(({ figures }, i) => {
      const { worst, best } = figures[index]?.lowest ?? own;
      // At best a step with `when` is not done.
      return { worst, best: inner[i]?.step.when === undefined ? best : own.best };
    });
    return { subsystem: index, before: own, low: lows.reduce(lower, lows[0] ?? own), after: own };
  });
  const verdict = gravest(steps.map((one) => one.verdict));
  return { outcome: new Outcome(world, before, after, levels, [], undefined, verdict, steps), after };
}

/** How much of the time that a step takes is left; undefined where it is not the same on all ways. */
function leftOf(takes: Seconds, from: Belief, to: Belief): Seconds | undefined {
  if (takes === 0) return 0;
  const [starts, ends] = [from, to].map(({ branches }) => new Set(branches.map(({ now }) => now)));
  const [start = 0, end = 0] = [...(starts ?? []), ...(ends ?? [])];
  return starts?.size === 1 && ends?.size === 1 ? Math.max(0, start + takes - end) : undefined;
}

function mayNotBe({ step, inner }: StepToSimulate): boolean {
  return step.when !== undefined || inner.some(mayNotBe);
}

/** Whether the step, or one in it, asks for more than there is. */
export function lacks({ actions, steps }: StepOutcome): boolean {
  return actions.some(({ exceeds }) => exceeds !== undefined) || steps.some(lacks);
}

/** Whether the step, or one in it, cannot be told for what it is. */
export function isUntold({ obstacle, steps }: StepOutcome): boolean {
  return obstacle !== undefined || steps.some(isUntold);
}
