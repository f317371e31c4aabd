import type { Analysis } from '../lint/analysis.ts';
import { fleetsOf } from './definition.ts';
import { nameAt, namesIn } from './names.ts';
import type { Place } from './place.ts';

/** Names that mean something in their own file only. */
const local = new Set(['parameter', 'step']);

/**
 * Every place of the name at an offset, in this file, in its fleets and in `others`.
 * A file of which another fleet's name is the same is not asked: only files that share a fleet with this one.
 */
export function referencesAt(
  analysis: Analysis,
  offset: number,
  others: readonly Analysis[],
  includeDeclaration: boolean,
): readonly Place[] {
  const name = nameAt(analysis, offset);
  if (name === undefined) return [];
  const fleets = new Set(fleetsOf(analysis).map(({ uri }) => uri));
  const near = others.filter((other) => fleetsOf(other).some(({ uri }) => fleets.has(uri)));
  const files = local.has(name.kind) ? [analysis] : [analysis, ...fleetsOf(analysis), ...near];
  const byUri = new Map(files.map((file) => [file.uri, file]));
  return [...byUri.values()].flatMap((file) =>
    namesIn(file)
      .filter(
        ({ kind, name: other, declares }) =>
          kind === name.kind && other === name.name && (includeDeclaration || !declares),
      )
      .map(({ span }) => ({ uri: file.uri, span })),
  );
}
