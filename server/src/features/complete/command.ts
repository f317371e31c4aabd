import { completionAt } from '../../commands/complete/complete.ts';
import type { RunbookAnalysis } from '../../lint/analysis.ts';
import { parameterValues } from '../../model/parameters.ts';
import { shift } from '../../syntax/span.ts';
import type { ScriptPlace } from '../steps/script-at.ts';
import { type Completion, completionOf, type Offer } from './completion.ts';
import { countOffers, countOffersInWord, isCountKey } from './counts.ts';
import { offersOf } from './offers.ts';

/** Tools, verbs and options of the declared commands, and names and figures of the fleet where an option takes one. */
export function completeCommand(analysis: RunbookAnalysis, place: ScriptPlace): readonly Completion[] {
  const { here, script, valueOffset } = place;
  const table = analysis.runs[0]?.fleet.table;
  if (table === undefined) return [];
  const found = completionAt(script, valueOffset, table, parameterValues(analysis.head));
  // The indentation of a line is no part of the script.
  if (found === undefined || place.local < found.replace.start || found.replace.end < place.local) return [];
  const span = shift(found.replace, here.place.offset);
  const { role } = found;
  const names =
    role === undefined ? [] : offersOf(analysis, role, { notation: found.notation ?? 'nodeset', typed: found.typed });
  const counts = isCountKey(role) ? countOffers(analysis, role, span) : [];
  const inWord = isCountKey(role) ? [] : figureInWord(analysis, place, found.typed);
  if (inWord.length > 0) return inWord;
  const before = analysis.text[span.start - 1];
  const isQuoted = before === '"' || before === "'";
  const items = found.items.map(({ label, detail, kind, insert }): Offer & { insert: string } => ({
    label,
    kind,
    detail,
    insert,
  }));
  return [
    ...[...counts, ...names].map((offer, i) => ({
      ...completionOf(offer, span, i),
      newText: isQuoted ? offer.label : shellWord(offer.label),
    })),
    ...items.map((item, i) => ({ ...completionOf(item, span, i, 1), newText: item.insert })),
  ];
}

/** A name as one word of a shell. */
function shellWord(name: string): string {
  return /\s/.test(name) ? `'${name}'` : name;
}

/** Counts where a word holds one behind a colon or an equals sign: `-p '{"spec":{"replicas":3}}'`. */
function figureInWord(analysis: RunbookAnalysis, { here, local }: ScriptPlace, typed: string): readonly Completion[] {
  const [, digits] = /[:=][ \t]*(\d*)$/.exec(typed) ?? [];
  if (digits === undefined) return [];
  const offset = here.place.offset + local;
  const rest = /^\d*/.exec(analysis.text.slice(offset, offset + 20))?.[0] ?? '';
  const span = { start: offset - digits.length, end: offset + rest.length };
  return countOffersInWord(analysis, span).map((offer, i) => completionOf(offer, span, i));
}
