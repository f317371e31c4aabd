import type { DefinitionParams, Location } from 'vscode-languageserver';
import { definitionAt } from '../../features/definition.ts';
import { conversionFor, locationOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import { snapshotOf } from '../snapshot.ts';

/** Where the name under the cursor is declared: in the file itself, its fleets, or their commands files. */
export const definition: Handler<DefinitionParams, Location[]> = async (session, { textDocument, position }) => {
  const snapshot = await snapshotOf(session, textDocument.uri);
  if (snapshot === undefined) return [];
  const { document, analysis } = snapshot;
  const conversion = conversionFor(session, [analysis]);
  return definitionAt(analysis, document.offsetAt(position)).flatMap(
    ({ uri, span }) => locationOf(uri, span, conversion) ?? [],
  );
};
