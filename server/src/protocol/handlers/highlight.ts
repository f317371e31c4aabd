import { type DocumentHighlight, DocumentHighlightKind, type DocumentHighlightParams } from 'vscode-languageserver';
import { highlightsAt } from '../../features/references.ts';
import { rangeOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import { snapshotOf } from '../snapshot.ts';

/** The places in the document of the name under the cursor. */
export const highlights: Handler<DocumentHighlightParams, DocumentHighlight[]> = async (
  session,
  { textDocument, position },
) => {
  const snapshot = await snapshotOf(session, textDocument.uri);
  if (snapshot === undefined) return [];
  const { document, analysis } = snapshot;
  return highlightsAt(analysis, document.offsetAt(position)).map(({ span, declares }) => ({
    range: rangeOf(document, span),
    kind: declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
};
