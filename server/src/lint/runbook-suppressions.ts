import type { ReadingProblem } from '../rules/rule.ts';
import { touches } from '../syntax/span.ts';
import { stepSpan } from '../syntax/steps/source.ts';
import type { RunbookDocument } from './runbook-document.ts';
import { suppressionMark } from './suppression/comment.ts';
import type { PlacedSuppressions } from './suppression/suppress.ts';
import { noSuppressions, type Suppression, shifted, suppressionsIn } from './suppression/suppression.ts';

/** All suppressions of a runbook. Without a fleet or with a mistake in it, or where the text that they cover is broken, none is called unused: much was not checked. */
export function runbookSuppressions(document: RunbookDocument, isFleetSound: boolean): PlacedSuppressions {
  const { source, facts } = document;
  const head = headSuppressions(document);
  const list: Suppression[] = [...head.list];
  const mistakes: ReadingProblem[] = [...head.mistakes];
  const stepOf = new Map<Suppression, number>();
  const judged = new Set<Suppression>();
  let isBroken = document.problems.length > 0;
  for (const suppression of head.list) {
    const step = stepAt(suppression, document);
    if (step !== undefined) stepOf.set(suppression, step);
  }
  for (const [i, { problems, suppressions }] of facts) {
    if (problems.length > 0) isBroken = true;
    if (suppressions === noSuppressions) continue;
    const own = shifted(suppressions, source.starts[i] ?? 0);
    list.push(...own.list);
    mistakes.push(...own.mistakes);
    for (const [j, suppression] of own.list.entries()) {
      if (problems.length === 0) judged.add(suppression);
      const { covers } = suppressions.list[j] ?? suppression;
      if (covers === 'next') stepOf.set(suppression, i + 1);
      else if (covers === source.blocks[i]?.content) stepOf.set(suppression, i);
    }
  }
  return {
    list,
    mistakes,
    stepOf: (suppression) => stepOf.get(suppression),
    isJudged: (suppression) => isFleetSound && (judged.has(suppression) || !isBroken),
  };
}

/** Those that stand outside the steps. */
function headSuppressions({ text, source }: RunbookDocument) {
  const { root, comments } = source;
  const own = comments.filter((comment) => comment.text.includes(suppressionMark));
  return own.length === 0 ? noSuppressions : suppressionsIn({ text, root, comments: own });
}

/** Where the steps are not told apart by their lines, what is said before a step stands outside it. */
function stepAt({ covers }: Suppression, { source }: RunbookDocument): number | undefined {
  if (typeof covers === 'string') return undefined;
  const index = source.blocks.findIndex((_, i) => touches(covers, stepSpan(source, i).start));
  return index === -1 ? undefined : index;
}
