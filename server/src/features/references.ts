import type { Analysis } from '../lint/analysis.ts';
import type { Span } from '../syntax/span.ts';
import { placesOf } from './names/family.ts';
import { nameAt, namesIn } from './names/names.ts';
import type { Place } from './place.ts';

/** Every place of the name at an offset, in this file, in its fleets and in those of `others` that share one with it. */
export function referencesAt(
  analysis: Analysis,
  offset: number,
  others: readonly Analysis[],
  includeDeclaration: boolean,
): readonly Place[] {
  const name = nameAt(analysis, offset);
  if (name === undefined) return [];
  return placesOf(analysis, name, others)
    .filter(({ declares }) => includeDeclaration || !declares)
    .map(({ file, span }) => ({ uri: file.uri, span }));
}

/** A place of a name in its own file; `declares` where it is given, not used. */
interface Highlight {
  readonly span: Span;
  readonly declares: boolean;
}

/** The places in the same file of the name at an offset. */
export function highlightsAt(analysis: Analysis, offset: number): readonly Highlight[] {
  const name = nameAt(analysis, offset);
  if (name === undefined) return [];
  return namesIn(analysis)
    .filter(({ kind, name: other }) => kind === name.kind && other === name.name)
    .map(({ span, declares }) => ({ span, declares }));
}
