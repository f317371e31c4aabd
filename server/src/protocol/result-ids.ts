import type { Analysis } from '../lint/analysis.ts';
import { shownFindings } from './convert.ts';
import type { Parts } from './parts.ts';

/** Names for what is said of analyses, for clients that remember them: the same for the same. */
export function resultIds({
  documents,
  settings,
}: Pick<Parts, 'documents' | 'settings'>): (analysis: Analysis) => string {
  const numberOf = numbering();
  return (analysis) => {
    const isHeldBack = shownFindings(analysis, documents) !== analysis.findings;
    return `${numberOf(analysis)} ${settings.of(analysis.uri).maxProblems}${isHeldBack ? ' held' : ''}`;
  };
}

/** A number for each analysis: the same analysis has the same number. */
function numbering(): (analysis: Analysis) => number {
  const numbers = new WeakMap<Analysis, number>();
  let last = 0;
  return (analysis) => {
    const known = numbers.get(analysis);
    if (known !== undefined) return known;
    last += 1;
    numbers.set(analysis, last);
    return last;
  };
}
