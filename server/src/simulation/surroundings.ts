import type { Action } from '../commands/action.ts';
import type { Capacity } from './capacity.ts';
import { cutFleet } from './cells.ts';
import { changedRange } from './changed-range.ts';
import { resolveTarget } from './resolve.ts';
import type { StepToSimulate, Surroundings } from './simulate-step.ts';
import { worldOf } from './state.ts';

/** Names that the simulation has to know of besides those of the fleet. */
export type Names = Pick<Surroundings, 'outside' | 'open'>;

/** An earlier version of the runbook. */
interface Known {
  readonly around: Surroundings;
  readonly steps: readonly StepToSimulate[];
}

/** What a walk depends on besides its steps; the same object as before where nothing of it changed. */
export function surroundingsOf(
  steps: readonly StepToSimulate[],
  capacity: Capacity,
  { outside, open }: Names,
  previous: Known | undefined,
): Surroundings {
  if (previous !== undefined && isAsBefore(steps, capacity, open, previous)) return previous.around;
  const { ids, restorable, targets } = factsOf(steps);
  const selections = [...targets.values()].map((action) => resolveTarget(action.target, capacity, outside));
  return { world: worldOf(capacity, cutFleet(capacity, selections), restorable), ids, outside, open };
}

function isAsBefore(
  steps: readonly StepToSimulate[],
  capacity: Capacity,
  open: ReadonlySet<string>,
  previous: Known,
): boolean {
  const { around, steps: old } = previous;
  if (around.world.capacity !== capacity || around.open !== open) return false;
  const { from, to, oldTo } = changedRange(old, steps, Object.is);
  return sameFacts(factsOf(old.slice(from, oldTo)), factsOf(steps.slice(from, to)));
}

interface Facts {
  readonly ids: Set<string>;
  readonly restorable: Set<string>;
  /** Actions that name hosts, one for each way of writing it: along these the fleet is cut. */
  readonly targets: Map<string, Action>;
}

function factsOf(steps: readonly StepToSimulate[]): Facts {
  const facts: Facts = { ids: new Set(), restorable: new Set(), targets: new Map() };
  gather(steps, facts);
  return facts;
}

function sameFacts(a: Facts, b: Facts): boolean {
  return sameKeys(a.ids, b.ids) && sameKeys(a.restorable, b.restorable) && sameKeys(a.targets, b.targets);
}

function sameKeys(a: { keys(): Iterable<string> }, b: { keys(): Iterable<string> }): boolean {
  return [...a.keys()].sort().join('\n') === [...b.keys()].sort().join('\n');
}

function gather(steps: readonly StepToSimulate[], facts: Facts): void {
  for (const { step, actions, inner } of steps) {
    if (step.id?.value !== undefined) facts.ids.add(step.id.value);
    for (const action of actions) {
      if (action.restores !== undefined) facts.restorable.add(action.restores.value);
      const { terms } = action.target;
      if (!terms.some(({ role }) => role === 'hosts' || role === 'target' || role === 'except')) continue;
      const words = terms.map(({ role, text, notation = '' }) => `${role} ${notation} ${text}`).join(' ');
      if (!facts.targets.has(words)) facts.targets.set(words, action);
    }
    gather(inner, facts);
  }
}
