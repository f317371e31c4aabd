import type { Fix } from '../finding.ts';
import type { FixContext, Report } from '../rule.ts';
import { batchesFix } from './batches.ts';
import { type CountData, countFixes } from './count-fixes.ts';
import { groupFix } from './group.ts';
import { preconditionFix } from './precondition.ts';
import { restoreFix } from './restore.ts';
import { roundsFix } from './rounds.ts';
import { waitFix } from './wait.ts';

/** Every fix of a step that takes too much: a smaller figure, other servers, or another order and pace. */
export function stepFixes(report: Report, context: FixContext): readonly Fix[] {
  const { action: index } = report.data as CountData;
  const action = context.actions[index];
  if (action === undefined) return [];
  const tooFast = (context.outcome?.actions[index]?.rates.breaches.length ?? 0) > 0;
  const counts = countFixes(report, context);
  const safe = counts.find(({ preferred }) => preferred);
  return [
    ...counts,
    ...preconditionFix(index, safe, context),
    ...groupFix(action, context),
    ...(tooFast ? batchesFix(index, context) : []),
    ...waitFix(context),
    ...restoreFix(context),
    ...roundsFix(index, action, context),
  ];
}
