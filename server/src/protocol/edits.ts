import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Edit } from '../rules/finding.ts';
import { textEditOf } from './convert.ts';
import type { Session } from './session.ts';

/** Edits by file as the client takes them: with the versions that they are for, where it knows versions. */
export function workspaceEdit(
  { documents, traits }: Pick<Session, 'documents' | 'traits'>,
  files: ReadonlyMap<string, readonly Edit[]>,
  textOf: (uri: string) => string | undefined,
): WorkspaceEdit {
  const changes = [...files].flatMap(([uri, edits]) => {
    const text = textOf(uri);
    if (text === undefined) return [];
    const document = documents.withText(uri, text);
    const version = documents.get(uri)?.version ?? null;
    return [{ uri: documents.spelling(uri), version, edits: edits.map((edit) => textEditOf(document, edit)) }];
  });
  if (traits.versionedEdits) {
    return { documentChanges: changes.map(({ uri, version, edits }) => ({ textDocument: { uri, version }, edits })) };
  }
  return { changes: Object.fromEntries(changes.map(({ uri, edits }): [string, TextEdit[]] => [uri, edits])) };
}

/** A line with a gap in it that the user fills: a tab stop where the client has them, else a word to write over. */
export function insertion(
  { traits }: Pick<Session, 'traits'>,
  document: TextDocument,
  { offset, before, after }: { readonly offset: number; readonly before: string; readonly after: string },
): WorkspaceEdit {
  const { uri, version } = document;
  const at = document.positionAt(offset);
  const range = { start: at, end: at };
  const gap = 'reason';
  if (traits.versionedEdits && traits.snippetEdits) {
    const value = `${escaped(before)}\${1:${gap}}${escaped(after)}`;
    const edit = { range, snippet: { kind: 'snippet' as const, value } };
    return { documentChanges: [{ textDocument: { uri, version }, edits: [edit] }] };
  }
  const edits = [{ range, newText: `${before}${gap}${after}` }];
  if (traits.versionedEdits) return { documentChanges: [{ textDocument: { uri, version }, edits }] };
  return { changes: { [uri]: edits } };
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
