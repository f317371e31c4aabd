import type { Fix } from '../finding.ts';
import type { FixContext, Report } from '../rule.ts';
import { batchesFix } from './batches.ts';
import { type CountData, countFixes } from './count-fixes.ts';
import { groupFix } from './group.ts';
import { hostsFix, listedFix } from './hosts.ts';
import { preconditionFix } from './precondition.ts';
import { restoreFix } from './restore.ts';
import { roundsFix } from './rounds.ts';
import { sleepFix } from './sleep.ts';
import { surgeFix } from './surge.ts';
import { waitFix } from './wait.ts';

/** Every fix of a step that takes too much: a smaller figure, other servers, or another order. */
export function stepFixes(report: Report, context: FixContext): readonly Fix[] {
  return fixes(report, context, ({ fewer, later }) => [...fewer, ...later]);
}

/** Every fix of a step that goes too fast: as many at another pace, where no smaller figure is safe. */
export function paceFixes(report: Report, context: FixContext): readonly Fix[] {
  return fixes(report, context, ({ index, fewer, later }) => [...batchesFix(index, context), ...later, ...fewer]);
}

interface Ways {
  /** The index of the action. */
  readonly index: number;
  /** With fewer of the hosts that are named. */
  readonly fewer: readonly Fix[];
  /** With all of them, when there is room. */
  readonly later: readonly Fix[];
}

function fixes(report: Report, context: FixContext, inOrder: (ways: Ways) => readonly Fix[]): readonly Fix[] {
  const { action: index } = report.data as CountData;
  const action = context.actions[index];
  if (action === undefined) return [];
  const counts = countFixes(report, context);
  const safe = counts.find(({ preferred }) => preferred);
  const fewer = safe === undefined ? [...hostsFix(index, action, context), ...listedFix(action, context)] : [];
  const later = [...waitFix(context), ...sleepFix(action, context), ...restoreFix(context), ...surgeFix(context)];
  const others = inOrder({ index, fewer, later });
  return [
    ...counts,
    ...preconditionFix(index, safe, context),
    ...groupFix(action, context),
    // Where no figure is the safe one, the first of these is.
    ...others.map((fix, i) => (i === 0 && safe === undefined ? { ...fix, preferred: true } : fix)),
    ...roundsFix(index, action, context),
  ];
}
