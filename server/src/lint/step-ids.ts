import type { Step } from '../model/runbook.ts';
import { type ChangedRange, sameItems } from '../syntax/changed-range.ts';

/** Steps, and the ids that stand in them. */
interface Identified {
  readonly steps: readonly Step[];
  readonly ids: readonly string[];
}

/** The ids of all steps; where the changed steps have the ids that they had, the list from before. */
export function idsAfter(
  before: Identified | undefined,
  change: ChangedRange | undefined,
  steps: readonly Step[],
): readonly string[] {
  if (before !== undefined && change !== undefined) {
    const old = before.steps.slice(change.from, change.oldTo).flatMap(idsOf);
    const now = steps.slice(change.from, change.to).flatMap(idsOf);
    if (sameItems(old, now)) return before.ids;
  }
  const ids = steps.flatMap(idsOf);
  return before !== undefined && sameItems(before.ids, ids) ? before.ids : ids;
}

const none: readonly string[] = [];

function idsOf(step: Step): readonly string[] {
  const own = step.id?.value === undefined ? none : [step.id.value];
  return 'steps' in step ? [...own, ...step.steps.flatMap(idsOf)] : own;
}
