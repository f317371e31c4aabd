import { completionAt } from '../../commands/complete.ts';
import type { RunbookAnalysis } from '../../lint/analysis.ts';
import { parameterValues } from '../../model/parameters.ts';
import { shift } from '../../syntax/span.ts';
import type { ScriptPlace } from '../steps/script-at.ts';
import { type Completion, completionOf, type Offer } from './completion.ts';
import { countOffers, isCountKey } from './counts.ts';
import { offersOf } from './offers.ts';

/** Tools, verbs and options of the declared commands, and names and figures of the fleet where an option takes one. */
export function completeCommand(analysis: RunbookAnalysis, place: ScriptPlace): readonly Completion[] {
  const { here, script, valueOffset } = place;
  const table = analysis.runs[0]?.fleet.table;
  if (table === undefined) return [];
  const found = completionAt(script, valueOffset, table, parameterValues(analysis.head));
  if (found === undefined) return [];
  const span = shift(found.replace, here.place.offset);
  const { role } = found;
  const names =
    role === undefined ? [] : offersOf(analysis, role, { notation: found.notation ?? 'nodeset', typed: found.typed });
  const counts = isCountKey(role) ? countOffers(analysis, role, span) : [];
  const items = found.items.map(({ label, detail, kind, insert }): Offer & { insert: string } => ({
    label,
    kind,
    detail,
    insert,
  }));
  return [
    ...[...counts, ...names].map((offer, i) => completionOf(offer, span, i)),
    ...items.map((item, i) => ({ ...completionOf(item, span, i, 1), newText: item.insert })),
  ];
}
