import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import { linksIn } from '../../features/links.ts';
import { resolvePath } from '../../project/uri.ts';
import { rangeOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import { snapshotOf } from '../snapshot.ts';

/** The files that a document names. */
export const documentLinks: Handler<DocumentLinkParams, DocumentLink[]> = async (session, { textDocument }) => {
  const snapshot = await snapshotOf(session, textDocument.uri);
  if (snapshot === undefined) return [];
  const { document, analysis } = snapshot;
  return linksIn(analysis).flatMap(({ span, path }) => {
    const target = resolvePath(analysis.uri, path);
    return target === undefined ? [] : [{ range: rangeOf(document, span), target: session.documents.spelling(target) }];
  });
};
