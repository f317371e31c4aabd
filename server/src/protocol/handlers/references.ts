import type { Location, ReferenceParams } from 'vscode-languageserver';
import { referencesAt } from '../../features/references.ts';
import { conversionFor, locationOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import { analysesAround } from '../other-files.ts';
import { snapshotOf } from '../snapshot.ts';

/** Every place of the name under the cursor, also in files of the same fleet that are not open. */
export const references: Handler<ReferenceParams, Location[]> = async (session, params, token) => {
  const uri = params.textDocument.uri;
  if ((await snapshotOf(session, uri)) === undefined) return [];
  const others = await analysesAround(session, uri, token);
  // Reading the others took its time: the cursor is in the document as it is now, or the request has been cancelled.
  const snapshot = await snapshotOf(session, uri);
  if (snapshot === undefined || token.isCancellationRequested) return [];
  const { document, analysis } = snapshot;
  const conversion = conversionFor(session, [analysis, ...others]);
  const { includeDeclaration } = params.context;
  return referencesAt(analysis, document.offsetAt(params.position), others, includeDeclaration).flatMap(
    (place) => locationOf(place.uri, place.span, conversion) ?? [],
  );
};
