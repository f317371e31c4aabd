import type { DocumentFormattingParams, TextEdit } from 'vscode-languageserver';
import { formatted } from '../../features/format.ts';
import { textEditOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import { snapshotOf } from '../snapshot.ts';

/** Edits of white space alone; none, and a line in the log, where the file would not mean the same. */
export const formatting: Handler<DocumentFormattingParams, TextEdit[] | null> = async (
  session,
  { textDocument: { uri }, options },
) => {
  const snapshot = await snapshotOf(session, uri);
  if (snapshot === undefined || !session.settings.of(uri).format) return null;
  const { document } = snapshot;
  const edits = formatted(document.getText(), { indent: options.tabSize });
  if (edits === undefined) {
    session.connection.console.info(
      `${uri} is not formatted: it has mistakes, or would mean something else afterwards.`,
    );
    return null;
  }
  return edits.map((edit) => textEditOf(document, edit));
};
