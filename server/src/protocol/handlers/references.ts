import type { CancellationToken, Location, ReferenceParams } from 'vscode-languageserver';
import { referencesAt } from '../../features/references.ts';
import type { Analysis } from '../../lint/analysis.ts';
import { locationOf, textsOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import { type Session, snapshotOf } from '../session.ts';
import { nextTurn } from '../turn.ts';

/** Every place of the name under the cursor, also in runbooks of the same fleet that are not open. */
export const references: Handler<ReferenceParams, Location[]> = async (session, params, token) => {
  const uri = params.textDocument.uri;
  if ((await snapshotOf(session, uri)) === undefined) return [];
  const others = await otherAnalyses(session, uri, token);
  // Reading the others took its time: the cursor is in the document as it is now, or the request has been cancelled.
  const snapshot = await snapshotOf(session, uri);
  if (snapshot === undefined || token.isCancellationRequested) return [];
  const { document, analysis } = snapshot;
  const texts = new Map([analysis, ...others].flatMap((one) => [...textsOf(one)]));
  const conversion = { ...session, textOf: (one: string) => texts.get(one) };
  const { includeDeclaration } = params.context;
  return referencesAt(analysis, document.offsetAt(params.position), others, includeDeclaration).flatMap(
    (place) => locationOf(place.uri, place.span, conversion) ?? [],
  );
};

async function otherAnalyses(session: Session, uri: string, token: CancellationToken): Promise<readonly Analysis[]> {
  const { project } = session;
  const analyses: Analysis[] = [];
  for (const other of await project.runbooksAround(uri)) {
    if (token.isCancellationRequested) break;
    const analysis = project.analyseNow(other) ?? (await project.analyse(other));
    if (analysis !== undefined) analyses.push(analysis);
    await nextTurn();
  }
  return analyses;
}
