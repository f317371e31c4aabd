import type { Fix } from '../finding.ts';
import type { FixContext, Report } from '../rule.ts';
import { batchesFix } from './batches.ts';
import { type CountData, countFixes } from './count-fixes.ts';
import { groupFix } from './group.ts';
import { hostsFix } from './hosts.ts';
import { preconditionFix } from './precondition.ts';
import { restoreFix } from './restore.ts';
import { roundsFix } from './rounds.ts';
import { sleepFix } from './sleep.ts';
import { waitFix } from './wait.ts';

/** Every fix of a step that takes too much: a smaller figure, other servers, or another order and pace. */
export function stepFixes(report: Report, context: FixContext): readonly Fix[] {
  const { action: index } = report.data as CountData;
  const action = context.actions[index];
  if (action === undefined) return [];
  const { breaches = [], rates } = context.outcome?.actions[index] ?? {};
  const tooFast = (rates?.breaches.length ?? 0) > 0;
  const counts = countFixes(report, context);
  const safe = counts.find(({ preferred }) => preferred);
  const hosts = safe === undefined ? hostsFix(action, context) : [];
  const pace = [...waitFix(context), ...sleepFix(action, context), ...restoreFix(context)];
  return preferring(
    [
      ...counts,
      ...preconditionFix(index, safe, context),
      ...groupFix(action, context),
      ...(tooFast ? batchesFix(index, context) : []),
      // As many at another pace, where it is the pace alone that is wrong.
      ...(tooFast && breaches.length === 0 ? [...pace, ...hosts] : [...hosts, ...pace]),
      ...roundsFix(index, action, context),
    ],
    [...pace, ...hosts],
  );
}

/** Where no figure is the safe one, the first of these is. */
function preferring(fixes: readonly Fix[], others: readonly Fix[]): readonly Fix[] {
  if (fixes.some(({ preferred }) => preferred)) return fixes;
  const first = fixes.find((fix) => others.includes(fix));
  return fixes.map((fix) => (fix === first ? { ...fix, preferred: true } : fix));
}
