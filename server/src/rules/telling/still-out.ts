import type { Action } from '../../commands/action.ts';
import type { StepReading } from '../../commands/reading/read-step.ts';
import type { Capacity } from '../../simulation/fleet/capacity.ts';
import { namesOfParts, type Part, without } from '../../simulation/fleet/parts.ts';
import { resolveTarget } from '../../simulation/fleet/resolve.ts';
import type { ActionOutcome, StepOutcome } from '../../simulation/outcome.ts';
import type { NotedStep } from '../noted-step.ts';
import type { StepsContext } from '../rule.ts';

/** Servers that an action took out and that nothing put back. */
export interface StillOut {
  /** The step's index, with those inside it after dots. */
  readonly path: string;
  readonly action: Action;
  /** How many; undefined where it is not known. */
  readonly count: number | undefined;
  /** The target, as it is called. */
  readonly names: readonly string[];
}

interface Taken extends StillOut {
  /** The outcome of the top-level step; `path` counts from that step. */
  readonly within: StepOutcome;
  readonly id: string | undefined;
  /** What they may be of; where they are named, these servers. */
  readonly parts: readonly Part[];
  readonly touches: readonly string[];
  /** They are meant to stay out, or come back by themselves. */
  readonly isMeant: boolean;
}

/**
 * What is still out when the runbook ends and all has warmed up.
 * The simulation says whether something is; what is put back is set off against what was taken last to say by which step.
 */
export function stillOut(context: StepsContext): readonly StillOut[] {
  const short = shortAtEnd(context);
  if (short.size === 0) return [];
  let taken: readonly Taken[] = none;
  for (let i = 0; i < context.steps.length; i++) {
    const step = context.steps[i];
    if (step?.comesAndGoes) taken = afterStep(taken, step, context);
  }
  const open = taken.filter(({ touches, isMeant }) => !isMeant && touches.some((name) => short.has(name)));
  return open.map((one) => {
    const step = context.steps.findIndex(({ outcome }) => outcome === one.within);
    return { ...one, path: `${step}${one.path}` };
  });
}

const none: readonly Taken[] = [];
const after = new WeakMap<StepOutcome, { readonly before: readonly Taken[]; readonly taken: readonly Taken[] }>();

/** What is out after a step; the same list for as long as the step and what was out before are the same. */
function afterStep(before: readonly Taken[], { reading, outcome }: NotedStep, context: StepsContext): readonly Taken[] {
  if (outcome === undefined) return before;
  const known = after.get(outcome);
  if (known?.before === before) return known.taken;
  const now = [...before];
  follow(reading, outcome, { within: outcome, path: '', times: 1, taken: now, context });
  const taken = now.length === 0 ? none : now;
  after.set(outcome, { before, taken });
  return taken;
}

const partsOf = new WeakMap<Capacity, WeakMap<Action, readonly Part[]>>();

/** What an action may touch. */
function partsIn(action: Action, { capacity }: StepsContext): readonly Part[] {
  if (capacity === undefined) return [];
  const known = partsOf.get(capacity) ?? new WeakMap<Action, readonly Part[]>();
  partsOf.set(capacity, known);
  const parts = known.get(action) ?? resolveTarget(action.target, capacity, []).parts;
  known.set(action, parts);
  return parts;
}

/** Its servers are named one by one. */
export function isNamed({ amount, target }: Action): boolean {
  return amount === undefined && target.terms.some(({ role }) => role === 'hosts');
}

function sizeOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { group, hosts }) => sum + (hosts?.size ?? group.size), 0);
}

/** Subsystems with less in service at the end than at the beginning, at worst. */
function shortAtEnd({ steps, capacity, settled }: StepsContext): ReadonlySet<string> {
  const [first, last] = [steps[0]?.outcome, steps.at(-1)?.outcome];
  if (first === undefined || last === undefined || capacity === undefined) return new Set();
  const isLess = (now: number | undefined, index: number) => (now ?? 0) < (first.figures[index]?.before.worst ?? 0);
  const maybe = capacity.subsystems.filter(({ index }) => isLess(last.figures[index]?.after.worst, index));
  if (maybe.length === 0) return new Set();
  const figures = settled();
  return new Set(maybe.flatMap(({ index, name }) => (isLess(figures[index]?.worst, index) ? [name] : [])));
}

interface Following {
  readonly within: StepOutcome;
  readonly path: string;
  readonly times: number;
  /** What is out, the latest last. */
  readonly taken: Taken[];
  readonly context: StepsContext;
}

function follow({ step, inner }: StepReading, outcome: StepOutcome, following: Following): void {
  for (const done of outcome.actions) {
    const { action, obstacle, unknown } = done;
    if (obstacle !== undefined || unknown.length > 0) continue;
    if (action.effect === 'remove' || action.effect === 'scale-to') take(step, done, following);
    if (action.effect === 'restore') putBack(done, following);
  }
  const rounds = step.kind === 'repeat' ? (step.times?.value ?? 1) : 1;
  for (const [i, reading] of inner.entries()) {
    const one = outcome.steps[i];
    if (one === undefined) continue;
    follow(reading, one, { ...following, path: `${following.path}.${i}`, times: following.times * rounds });
  }
}

function take(
  step: StepReading['step'],
  { action, count, target, touches, exceeds }: ActionOutcome,
  following: Following,
): void {
  const { within, path, times, taken, context } = following;
  const parts = partsIn(action, context);
  const isMeant = step.permanent || action.lasts !== 'until-reversed';
  const asked = count?.least === count?.most ? count?.most : undefined;
  const known = asked === undefined || exceeds === undefined ? asked : Math.min(asked, exceeds.best);
  const entry = { within, path, action, names: target, id: step.id?.value, parts, touches, isMeant };
  if (action.effect === 'remove') {
    if (known !== 0) taken.push({ ...entry, count: known === undefined ? undefined : known * times });
    return;
  }
  // A new size is all that counts of its group from now on, but for what is meant to stay out.
  const groups = new Set(parts.map(({ group }) => group));
  const isOfThem = (one: Taken) => one.parts.length > 0 && one.parts.every(({ group }) => groups.has(group));
  const available = [...groups].reduce((sum, { size, unavailable }) => sum + size - unavailable, 0);
  const sum = taken.reduce((all, one) => all + (one.isMeant && isOfThem(one) ? (one.count ?? 0) : 0), 0);
  // A larger size than that brings them back.
  const meant = known !== undefined && known > available - sum ? 0 : sum;
  removeAll(taken, (one) => isOfThem(one) && !(one.isMeant && meant > 0));
  if (known !== undefined && known < available - meant) taken.push({ ...entry, count: available - meant - known });
}

function putBack({ action, count }: ActionOutcome, { taken, times, context }: Following): void {
  const { restores } = action;
  if (restores !== undefined) {
    removeAll(taken, ({ id }) => id === restores.value);
    return;
  }
  const parts = partsIn(action, context);
  const groups = new Set(parts.map(({ group }) => group));
  const isIn = (one: Taken) => isRunAfter(action, one.action) && one.parts.some(({ group }) => groups.has(group));
  const isAll = count === undefined || (action.amount === undefined && !isNamed(action));
  let left = isAll ? Number.POSITIVE_INFINITY : count.most * times;
  for (const one of taken.filter(isIn).toReversed()) {
    if (left <= 0) return;
    const at = taken.indexOf(one);
    if (isNamed(action) && isNamed(one.action)) {
      const rest = without(one.parts, parts);
      const back = sizeOf(one.parts) - sizeOf(rest);
      if (back === 0) continue;
      if (rest.length === 0) taken.splice(at, 1);
      else {
        const count = one.count === undefined ? undefined : Math.min(one.count, sizeOf(rest));
        taken[at] = { ...one, parts: rest, names: namesOfParts(rest) ?? one.names, count };
      }
      left -= back;
      continue;
    }
    const most = one.count ?? left;
    if (most <= left) taken.splice(at, 1);
    else taken[at] = { ...one, count: most - left };
    left -= most;
  }
}

/** Whether an action is run wherever another was: what hangs on a way of a choice that the other does not hang on may not be. */
function isRunAfter({ maybe }: Action, other: Action): boolean {
  return maybe?.choices.every((choice) => other.maybe?.choices.includes(choice)) ?? true;
}

function removeAll(taken: Taken[], which: (one: Taken) => boolean): void {
  for (let i = taken.length - 1; i >= 0; i--) {
    const one = taken[i];
    if (one !== undefined && which(one)) taken.splice(i, 1);
  }
}
