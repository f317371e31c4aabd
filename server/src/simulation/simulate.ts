import type { Action } from '../commands/action.ts';
import type { Capacity } from './capacity.ts';
import { cutFleet } from './cells.ts';
import type { StepOutcome } from './outcome.ts';
import { resolveTarget } from './resolve.ts';
import { type Simulated, type StepToSimulate, type Surroundings, simulateStep } from './simulate-step.ts';
import { type State, sameState, startOf, worldOf } from './state.ts';

/** A runbook walked through from its first step to its last. Opaque but for its outcomes; the next walk starts from it. */
export interface Walk {
  readonly outcomes: readonly StepOutcome[];
  readonly around: Surroundings;
  readonly steps: readonly StepToSimulate[];
  /** The state before each step, and after the last. */
  readonly states: readonly State[];
}

/** Names that the simulation has to know of besides those of the fleet. */
export type Names = Pick<Surroundings, 'outside' | 'open'>;

/**
 * Simulates the steps against the fleet.
 * With the walk of an earlier version of the runbook, a step is carried out again only where it or the state before it is another.
 */
export function simulate(steps: readonly StepToSimulate[], capacity: Capacity, names: Names, previous?: Walk): Walk {
  const around = surroundings(steps, capacity, names, previous?.around);
  return walk(around, steps, around === previous?.around ? previous : undefined);
}

/** The same walk with another step at `index`, from there to the end. */
export function simulateWith(known: Walk, index: number, step: StepToSimulate): Walk {
  return walk(known.around, known.steps.with(index, step), known);
}

function walk(around: Surroundings, steps: readonly StepToSimulate[], previous: Walk | undefined): Walk {
  const outcomes: StepOutcome[] = [];
  const states: State[] = [];
  let state = previous?.states[0] ?? startOf(around.world);
  const shift = (previous?.steps.length ?? 0) - steps.length;
  for (const [i, step] of steps.entries()) {
    states.push(state);
    const at = previous?.steps[i] === step ? i : i + shift;
    const known = previous?.steps[at] === step ? previous : undefined;
    const before = known?.states[at];
    const reusable = before !== undefined && sameState(before, state);
    const outcome = reusable ? known?.outcomes[at] : undefined;
    const after = reusable ? known?.states[at + 1] : undefined;
    const done: Simulated =
      outcome !== undefined && after !== undefined ? { outcome, after } : simulateStep(around, state, step);
    outcomes.push(done.outcome);
    state = done.after;
  }
  states.push(state);
  return { outcomes, around, steps, states };
}

/** What the walk depends on besides the steps; the same object as before where nothing of it changed. */
function surroundings(
  steps: readonly StepToSimulate[],
  capacity: Capacity,
  { outside, open }: Names,
  previous: Surroundings | undefined,
): Surroundings {
  const facts = factsOf(steps);
  const key = JSON.stringify([[...facts.ids], [...facts.restorable], [...facts.hosts], [...open]]);
  if (previous !== undefined && previous.key === key && previous.world.capacity === capacity) return previous;
  const selections = facts.actions.map((action) => resolveTarget(action.target, capacity, outside));
  const world = worldOf(capacity, cutFleet(capacity, selections), facts.restorable);
  return { world, ids: facts.ids, outside, open, key };
}

interface Facts {
  readonly ids: Set<string>;
  readonly restorable: Set<string>;
  /** The host lists that the steps name, as written: along these the fleet is cut. */
  readonly hosts: Set<string>;
  readonly actions: Action[];
}

function factsOf(steps: readonly StepToSimulate[]): Facts {
  const facts: Facts = { ids: new Set(), restorable: new Set(), hosts: new Set(), actions: [] };
  gather(steps, facts);
  return facts;
}

function gather(steps: readonly StepToSimulate[], facts: Facts): void {
  for (const { step, actions, inner } of steps) {
    if (step.id?.value !== undefined) facts.ids.add(step.id.value);
    for (const action of actions) {
      if (action.restores !== undefined) facts.restorable.add(action.restores.value);
      const named = action.target.terms.filter(({ role }) => role === 'hosts' || role === 'target');
      if (named.length === 0) continue;
      const words = action.target.terms.map(({ role, text }) => `${role} ${text}`).join(' ');
      if (facts.hosts.has(words)) continue;
      facts.hosts.add(words);
      facts.actions.push(action);
    }
    gather(inner, facts);
  }
}
