import type { Edit, Finding, Fix } from '../rules/finding.ts';
import { ruleById } from '../rules/index.ts';
import type { Analysis } from './analysis.ts';
import { fixesOf, type OnFailure } from './fixes.ts';

/** A fix that may be applied unseen, and the finding that it mends. */
export interface SafeFix {
  readonly finding: Finding;
  readonly fix: Fix;
}

/**
 * The fixes that cannot change what the author meant (spelling of names with one candidate, quoting; never a count), in the order of the text.
 * No two of them touch the same words: what is left over is found when the mended text is checked again.
 */
export function safeFixes(analysis: Analysis, onFailure?: OnFailure): readonly SafeFix[] {
  const chosen: SafeFix[] = [];
  const taken: Edit[] = [];
  for (const finding of analysis.findings) {
    if (ruleById(finding.rule)?.mendsSpelling !== true) continue;
    const fix = fixesOf(analysis, finding, onFailure).find(({ spelling }) => spelling);
    if (fix === undefined || fix.edits.some((edit) => taken.some((other) => touch(edit, other)))) continue;
    chosen.push({ finding, fix });
    taken.push(...fix.edits);
  }
  return chosen;
}

function touch({ span: a }: Edit, { span: b }: Edit): boolean {
  return a.start <= b.end && b.start <= a.end;
}
