import type { CommandReading } from '../../commands/action.ts';
import type { Intent, Step } from '../../model/runbook.ts';
import type { Capacity, GroupCapacity } from '../../simulation/fleet/capacity.ts';
import type { ActionOutcome, StepOutcome, SubsystemFigures } from '../../simulation/outcome.ts';
import type { Span } from '../../syntax/span.ts';
import { changesCapacity } from './typed-counts.ts';

/** What a step is meant to do, and what it does. */
export interface Intended {
  readonly step: Step;
  readonly intent: Intent;
  readonly commands: readonly CommandReading[];
  readonly performed: readonly Performed[];
  readonly figures: readonly SubsystemFigures[];
  readonly capacity: Capacity;
}

export interface Mismatch {
  readonly message: string;
  readonly span: Span;
  readonly severity?: 'warning';
  /** The figure that would do what is meant, where one change alone is at fault. */
  readonly instead?: { readonly of: ActionOutcome; readonly figure: number };
}

/** One change of capacity of the step, or of a step in it. */
export interface Performed {
  readonly outcome: ActionOutcome;
  /** How often it is done; undefined where it is not known. */
  readonly times: number | undefined;
  /** It cannot be told what it does. */
  readonly unclear: boolean;
}

/** Every change of capacity in the step and the steps in it. */
export function performedIn(step: Step, outcome: StepOutcome, times: number | undefined): readonly Performed[] {
  const own = outcome.actions.flatMap((action): readonly Performed[] => {
    if (!changesCapacity(action.action)) return [];
    const unclear = action.obstacle !== undefined || action.unknown.length > 0 || action.action.effect === 'opaque';
    return [{ outcome: action, times, unclear }];
  });
  if (step.kind !== 'parallel' && step.kind !== 'repeat') return own;
  const rounds = step.kind === 'parallel' ? 1 : step.times?.value;
  const inner = step.steps.flatMap((one, i) => {
    const done = outcome.steps[i];
    const product = times === undefined || rounds === undefined ? undefined : times * rounds;
    return done === undefined ? [] : performedIn(one, done, one.when === undefined ? product : undefined);
  });
  return [...own, ...inner];
}

/** Takes servers out, puts some in, or takes them out and brings them back. */
export type Direction = 'out' | 'in' | 'roll';

/** Which way a change goes, and by how many servers; undefined where it cannot be told. */
export interface Change {
  readonly direction: Direction;
  readonly count: { readonly least: number; readonly most: number } | undefined;
}

/** What an action changes; undefined where it cannot be told which way it goes. */
export function changeOf({ outcome, unclear }: Performed, intended: Intended): Change | undefined {
  if (unclear) return undefined;
  const { action, count } = outcome;
  switch (action.effect) {
    case 'remove':
      return { direction: 'out', count };
    case 'restore':
    case 'add':
      return { direction: 'in', count };
    case 'restart':
    case 'replace':
      return { direction: 'roll', count };
    case 'scale-to':
      return scaling(outcome, intended);
    default:
      return undefined;
  }
}

/** By how much a new size differs from the present one, where that is known to the server. */
function scaling({ action, count, target }: ActionOutcome, intended: Intended): Change | undefined {
  const group = intended.capacity.groupByName.get(target[0] ?? '');
  const first = intended.performed[0]?.outcome.action === action;
  if (group === undefined || target.length !== 1 || !first || count === undefined || count.least !== count.most)
    return undefined;
  const size = sizeBefore(group, intended);
  if (size === undefined) return undefined;
  const change = Math.abs(size - count.most);
  return { direction: count.most < size ? 'out' : 'in', count: { least: change, most: change } };
}

/** How many servers of the group are in service before the step: all of them, or as many as a subsystem that it serves alone shows. */
export function sizeBefore(
  group: GroupCapacity,
  { capacity, figures }: Pick<Intended, 'capacity' | 'figures'>,
): number | undefined {
  const available = group.size - group.unavailable;
  for (const { index, servedBy } of capacity.subsystems) {
    const before = figures[index]?.before;
    const units = group.units[index] ?? 0;
    if (before === undefined || units === 0 || before.worst !== before.best) continue;
    const all = servedBy.reduce((sum, { group: one, units: each }) => sum + (one.size - one.unavailable) * each, 0);
    if (before.worst === all) return available;
    // While servers warm up, more are there than are in service.
    if (servedBy.length === 1 && group.warmup === 0) return before.worst / units;
  }
  return undefined;
}
