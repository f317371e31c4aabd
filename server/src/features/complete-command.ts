import { completionAt } from '../commands/complete.ts';
import type { RunbookAnalysis } from '../lint/analysis.ts';
import { parameterValues } from '../model/parameters.ts';
import { sourceSpan } from '../syntax/scalar-source.ts';
import { shift } from '../syntax/span.ts';
import type { Scalar } from '../syntax/tree.ts';
import { type Completion, completionOf } from './completion.ts';
import { countsAt, offersOf } from './offers.ts';
import type { StepHere } from './steps.ts';

/** Tools, verbs and options of the declared commands, and names of the fleet where an option takes one. */
export function completeCommand(
  analysis: RunbookAnalysis,
  { place }: StepHere,
  script: Scalar,
  local: number,
): readonly Completion[] {
  const table = analysis.runs[0]?.fleet.table;
  if (table === undefined) return [];
  const found = completionAt(script, valueOffset(script, local), table, parameterValues(analysis.head));
  if (found === undefined) return [];
  const span = shift(found.replace, place.offset);
  const names = found.role === undefined ? [] : offersOf(analysis, found.role);
  const counts = found.role === 'count' ? countsAt(analysis, 'count', local + place.offset) : [];
  return [
    ...[...counts, ...names].map((offer, i) => completionOf(offer, span, i)),
    ...found.items.map(
      ({ label, detail, kind, insert }, i): Completion => ({
        label,
        kind,
        detail,
        documentation: undefined,
        span,
        newText: insert,
        snippet: false,
        sortText: `1${String(i).padStart(4, '0')}`,
      }),
    ),
  ];
}

/** The offset in the script's value that stands at a place in its source; behind the value, so much behind it. */
function valueOffset(script: Scalar, local: number): number {
  let low = 0;
  let high = script.value.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sourceSpan(script, middle, middle + 1).start < local) low = middle + 1;
    else high = middle;
  }
  const trailing = local - script.span.end;
  return low === script.value.length && trailing > 0 ? low + trailing : low;
}
