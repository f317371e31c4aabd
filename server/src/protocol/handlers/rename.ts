import {
  ErrorCodes,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { type PlacedEdit, renameAt, renameableAt } from '../../features/rename.ts';
import { rangeOf, textsOf } from '../convert.ts';
import { workspaceEdit } from '../edits.ts';
import type { Handler } from '../handler.ts';
import { analysesAround } from '../other-files.ts';
import { snapshotOf } from '../snapshot.ts';

/** What a rename at the cursor would take the place of; an error says why it cannot be renamed. */
export const prepareRename: Handler<
  PrepareRenameParams,
  { readonly range: Range; readonly placeholder: string } | null
> = async (session, { textDocument, position }) => {
  const snapshot = await snapshotOf(session, textDocument.uri);
  if (snapshot === undefined) return null;
  const { document, analysis } = snapshot;
  const found = renameableAt(analysis, document.offsetAt(position));
  if (found === undefined) return null;
  if ('why' in found) throw refused(found.why);
  return { range: rangeOf(document, found.span), placeholder: found.written };
};

/** Renames in every file that has the name, open or not. */
export const rename: Handler<RenameParams, WorkspaceEdit | null> = async (session, params, token) => {
  const { uri } = params.textDocument;
  if ((await snapshotOf(session, uri)) === undefined) return null;
  const others = await analysesAround(session, uri, token);
  // Reading the others took its time: the cursor is in the document as it is now, or the request has been cancelled.
  const snapshot = await snapshotOf(session, uri);
  if (snapshot === undefined || token.isCancellationRequested) return null;
  const { document, analysis } = snapshot;
  const found = renameAt(analysis, document.offsetAt(params.position), params.newName, others);
  if (found === undefined) return null;
  if ('why' in found) throw refused(found.why);
  const texts = textsOf([analysis, ...others]);
  return workspaceEdit(session, byFile(found), (one) => texts.get(one));
};

function refused(why: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidRequest, why);
}

function byFile(edits: readonly PlacedEdit[]): ReadonlyMap<string, readonly PlacedEdit[]> {
  const files = new Map<string, PlacedEdit[]>();
  for (const edit of edits) files.set(edit.uri, [...(files.get(edit.uri) ?? []), edit]);
  return files;
}
