import type { Action } from '../commands/action.ts';
import type { Capacity, GroupCapacity } from './capacity.ts';
import { cutFleet, type Pool } from './cells.ts';
import { changedRange } from './changed-range.ts';
import type { StepToSimulate } from './plan.ts';
import { resolveTarget } from './resolve.ts';
import type { Surroundings } from './simulate-step.ts';
import { worldOf } from './world.ts';

/** Names that the simulation has to know of besides those of the fleet. */
export interface Names extends Pick<Surroundings, 'outside'> {
  /** Where there are more ways than this, a choice of servers is not written out; for tests that compare both. */
  readonly fewWays?: number;
}

/** An earlier version of the runbook. */
interface Known {
  readonly around: Surroundings;
  readonly steps: readonly StepToSimulate[];
}

/** What a walk depends on besides its steps; the same object as before where nothing of it changed. */
export function surroundingsOf(
  steps: readonly StepToSimulate[],
  capacity: Capacity,
  { outside, fewWays = 64 }: Names,
  previous: Known | undefined,
): Surroundings {
  if (previous !== undefined && isAsBefore(steps, capacity, outside, previous)) return previous.around;
  const { ids, restored, taking, targets, growing } = factsOf(steps);
  const resolve = (action: Action) => resolveTarget(action.target, capacity, outside);
  const groups = new Set<GroupCapacity>(
    [...growing.values()].flatMap((action) => resolve(action).parts.map(({ group }) => group)),
  );
  const cells = cutFleet(capacity, [...targets.values()].map(resolve), groups);
  const restorable = new Map<string, Pool>();
  for (const id of restored) {
    const own = (taking.get(id) ?? []).map((action) => cells.poolOf(resolve(action)));
    restorable.set(id, cells.pool(own.flatMap((pool) => pool.cells)));
  }
  return { world: worldOf(capacity, cells, restorable, fewWays), ids, outside };
}

function isAsBefore(
  steps: readonly StepToSimulate[],
  capacity: Capacity,
  outside: readonly string[],
  previous: Known,
): boolean {
  const { around, steps: old } = previous;
  if (around.world.capacity !== capacity || around.outside !== outside) return false;
  const { from, to, oldTo } = changedRange(old, steps, Object.is);
  return sameFacts(factsOf(old.slice(from, oldTo)), factsOf(steps.slice(from, to)));
}

interface Facts {
  readonly ids: Set<string>;
  readonly restored: Set<string>;
  /** Actions that name hosts, one for each way of writing it: along these the fleet is cut. */
  readonly targets: Map<string, Action>;
  /** Actions that may add servers. */
  readonly growing: Map<string, Action>;
  /** By the id of a step: what may go out because of it. */
  readonly taking: Map<string, Action[]>;
}

function factsOf(steps: readonly StepToSimulate[]): Facts {
  const facts: Facts = {
    ids: new Set(),
    restored: new Set(),
    targets: new Map(),
    growing: new Map(),
    taking: new Map(),
  };
  gather(steps, facts, []);
  return facts;
}

function sameFacts(a: Facts, b: Facts): boolean {
  return factsKey(a) === factsKey(b);
}

function factsKey({ ids, restored, targets, growing, taking }: Facts): string {
  const takers = [...taking].map(([id, actions]) => `${id}: ${actions.map(wordsOf).sort().join(' ')}`);
  return [[...ids], [...restored], [...targets.keys()], [...growing.keys()], takers]
    .map((keys) => keys.sort().join('\n'))
    .join('\n\n');
}

function gather(steps: readonly StepToSimulate[], facts: Facts, above: readonly string[]): void {
  for (const { step, actions, inner } of steps) {
    const id = step.id?.value;
    if (id !== undefined) facts.ids.add(id);
    const ids = id === undefined ? above : [...above, id];
    for (const action of actions) {
      if (action.restores !== undefined) facts.restored.add(action.restores.value);
      const { terms } = action.target;
      const scales = action.effect === 'scale-to' || action.effect === 'add';
      const isCut = terms.some(({ role }) => role === 'hosts' || role === 'target' || role === 'except');
      for (const one of ids) facts.taking.set(one, [...(facts.taking.get(one) ?? []), action]);
      if (!scales && !isCut) continue;
      const words = wordsOf(action);
      if (isCut && !facts.targets.has(words)) facts.targets.set(words, action);
      if (scales) facts.growing.set(words, action);
    }
    gather(inner, facts, ids);
  }
}

/** Actions with the same words have the same target. */
function wordsOf({ target }: Action): string {
  const words = target.terms.map(
    ({ role, text, notation = '', oneOf }) => `${role} ${notation} ${text} ${oneOf?.value ?? ''}`,
  );
  return `${target.wholeFleet} ${words.join(' ')}`;
}
