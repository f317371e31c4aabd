import { completionAt } from '../commands/complete.ts';
import type { RunbookAnalysis } from '../lint/analysis.ts';
import { parameterValues } from '../model/parameters.ts';
import { shift } from '../syntax/span.ts';
import { type Completion, completionOf } from './completion.ts';
import { countsAt, offersOf } from './offers.ts';
import type { ScriptPlace } from './script-at.ts';

/** Tools, verbs and options of the declared commands, and names of the fleet where an option takes one. */
export function completeCommand(analysis: RunbookAnalysis, place: ScriptPlace): readonly Completion[] {
  const { here, script, valueOffset, local } = place;
  const table = analysis.runs[0]?.fleet.table;
  if (table === undefined) return [];
  const found = completionAt(script, valueOffset, table, parameterValues(analysis.head));
  if (found === undefined) return [];
  const { offset } = here.place;
  const span = shift(found.replace, offset);
  const names = found.role === undefined ? [] : offersOf(analysis, found.role);
  const counts = found.role === 'count' ? countsAt(analysis, 'count', local + offset) : [];
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
