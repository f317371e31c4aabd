import type { Step } from '../model/runbook.ts';
import type { ChangedRange } from '../simulation/changed-range.ts';
import { type RunbookDocument, stepIn } from './runbook-document.ts';
import type { RunbookWork } from './runbook-work.ts';

const none: readonly string[] = [];

/** The ids of all steps; where the changed steps have the ids that they had, the list from before. */
export function idsIn(
  document: RunbookDocument,
  before: RunbookWork | undefined,
  change: ChangedRange | undefined,
): readonly string[] {
  const ids = (of: RunbookDocument, from: number, to: number) =>
    of.source.steps.slice(from, to).flatMap(({ block }) => idsOf(stepIn(block, of.values)));
  if (before !== undefined && change !== undefined) {
    const old = ids(before.document, change.from, change.oldTo);
    if (sameIds(old, ids(document, change.from, change.to)) === old) return before.ids;
  }
  return ids(document, 0, document.source.steps.length);
}

function idsOf(step: Step): readonly string[] {
  const own = step.id?.value === undefined ? none : [step.id.value];
  return 'steps' in step ? [...own, ...step.steps.flatMap(idsOf)] : own;
}

/** The known list, if it says the same. */
export function sameIds(known: readonly string[] | undefined, ids: readonly string[]): readonly string[] {
  const same = known !== undefined && known.length === ids.length && known.every((id, i) => id === ids[i]);
  return same ? known : ids;
}
