import type { Replacement } from '../syntax/tree.ts';
import type { Fix } from './finding.ts';
import type { ReadingProblem, Report } from './rule.ts';

/** Reports of what a reader found, as they are. */
export function reportProblems(problems: readonly ReadingProblem[]): readonly Report[] {
  return problems.map(({ message, span, replacement }) => ({ message, span, data: replacement }));
}

/** The reader's own correction, if it has one. */
export function replacementFix(report: Report): readonly Fix[] {
  const replacement = report.data as Replacement | undefined;
  if (replacement === undefined) return [];
  const { title, span, newText, spelling } = replacement;
  return [{ title, preferred: true, spelling, edits: [{ span, newText }] }];
}
