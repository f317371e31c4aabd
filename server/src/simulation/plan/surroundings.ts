import type { Action, ActionTarget } from '../../commands/action.ts';
import { changedRange } from '../../syntax/changed-range.ts';
import type { Capacity, GroupCapacity } from '../fleet/capacity.ts';
import { selectionOf, wordsOf } from '../fleet/targets.ts';
import { fewWays as usualFewWays } from '../limits.ts';
import { cutFleet, type Pool } from '../worlds/cells.ts';
import { worldOf } from '../worlds/world.ts';
import type { Surroundings } from './plan.ts';
import type { StepToSimulate } from './task.ts';

/** Names that the simulation has to know of besides those of the fleet. */
export interface Names extends Pick<Surroundings, 'outside'> {
  /** Where there are more ways than this, a choice of servers is not written out; for tests that compare both. */
  readonly fewWays?: number;
  /** A step is told by the last resort wherever that can tell it; for tests that compare both. */
  readonly isLast?: boolean;
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
  { outside, fewWays = usualFewWays, isLast = false }: Names,
  previous: Known | undefined,
): Surroundings {
  if (previous !== undefined && isAsBefore(steps, capacity, outside, previous)) return previous.around;
  const { ids, restored, taking, targets, growing, apart } = factsOf(steps, restoredIn(steps));
  const resolve = (target: ActionTarget, words?: string) => selectionOf(target, capacity, outside, words);
  const groupsIn = (all: ReadonlyMap<string, ActionTarget>) =>
    new Set<GroupCapacity>(
      [...all].flatMap(([words, target]) => resolve(target, words).parts.map(({ group }) => group)),
    );
  const cells = cutFleet(capacity, {
    selections: [...targets].map(([words, target]) => resolve(target, words)),
    growing: groupsIn(growing),
    apart: groupsIn(apart),
  });
  const restorable = new Map<string, Pool>();
  for (const id of restored) {
    const own = (taking.get(id) ?? []).map((action) => cells.poolOf(resolve(action.target)));
    restorable.set(id, cells.pool(own.flatMap((pool) => pool.cells)));
  }
  return { world: worldOf(capacity, cells, restorable, fewWays), ids, outside, isLast };
}

function isAsBefore(
  steps: readonly StepToSimulate[],
  capacity: Capacity,
  outside: readonly string[],
  { around, steps: old }: Known,
): boolean {
  if (around.world.capacity !== capacity || around.outside !== outside) return false;
  const { from, to, oldTo } = changedRange(old, steps);
  const { restorable } = around.world;
  if (sameFacts(factsOf(old.slice(from, oldTo), restorable), factsOf(steps.slice(from, to), restorable))) return true;
  // What another step says too is nothing new.
  return sameFacts(factsOf(old, restorable), factsOf(steps, restorable));
}

interface Facts {
  readonly ids: Set<string>;
  readonly restored: Set<string>;
  /** Whatever is named, by its words: along these the fleet is cut. */
  readonly targets: Map<string, ActionTarget>;
  /** Of actions that may add servers. */
  readonly growing: Map<string, ActionTarget>;
  /** Of actions that take so many of each group, or bring new servers of a group before others of it go, beside branches that may have taken these. */
  readonly apart: Map<string, ActionTarget>;
  /** By the id of a step that is restored by it: what may go out because of it. */
  readonly taking: Map<string, Action[]>;
}

/** Ids by which something is restored. */
type Restored = Pick<ReadonlySet<string>, 'has'>;

function restoredIn(steps: readonly StepToSimulate[], found = new Set<string>()): Set<string> {
  for (let i = 0; i < steps.length; i++) {
    const { actions = [], inner = [] } = steps[i] ?? {};
    for (let j = 0; j < actions.length; j++) {
      const id = actions[j]?.restores?.value;
      if (id !== undefined) found.add(id);
    }
    if (inner.length > 0) restoredIn(inner, found);
  }
  return found;
}

function factsOf(steps: readonly StepToSimulate[], restored: Restored): Facts {
  const facts: Facts = {
    ids: new Set(),
    restored: new Set(),
    targets: new Map(),
    growing: new Map(),
    apart: new Map(),
    taking: new Map(),
  };
  gather(steps, facts, [], restored, false);
  return facts;
}

function sameFacts(a: Facts, b: Facts): boolean {
  return factsKey(a) === factsKey(b);
}

function factsKey({ ids, restored, targets, growing, apart, taking }: Facts): string {
  const takers = [...taking].map(
    ([id, actions]) =>
      `${id}: ${actions
        .map(({ target }) => wordsOf(target))
        .sort()
        .join(' ')}`,
  );
  return [[...ids], [...restored], [...targets.keys()], [...growing.keys()], [...apart.keys()], takers]
    .map((keys) => keys.sort().join('\n'))
    .join('\n\n');
}

function gather(
  steps: readonly StepToSimulate[],
  facts: Facts,
  above: readonly string[],
  restored: Restored,
  isBeside: boolean,
): void {
  for (let n = 0; n < steps.length; n++) {
    const { step, actions = [], inner = [] } = steps[n] ?? {};
    const id = step?.id?.value;
    if (id !== undefined) facts.ids.add(id);
    const ids = id === undefined || !restored.has(id) ? above : [...above, id];
    for (let i = 0; i < actions.length; i++) note(actions[i], facts, ids, isBeside);
    if (inner.length > 0) gather(inner, facts, ids, restored, isBeside || step?.kind === 'parallel');
  }
}

function note(action: Action | undefined, facts: Facts, ids: readonly string[], isBeside: boolean): void {
  if (action === undefined) return;
  const { target, effect, restores, eachGroup, surge } = action;
  if (restores !== undefined) facts.restored.add(restores.value);
  if (ids.length > 0) noteTaking(action, facts, ids);
  if (target.terms.length === 0 && !target.wholeFleet) return;
  const words = wordsOf(target);
  facts.targets.set(words, target);
  if (effect === 'scale-to' || effect === 'add') facts.growing.set(words, target);
  if (eachGroup === true || (surge && isBeside)) facts.apart.set(words, target);
}

function noteTaking(action: Action, { taking }: Facts, ids: readonly string[]): void {
  for (const id of ids) taking.set(id, [...(taking.get(id) ?? []), action]);
}
