import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionParams,
  InsertTextFormat,
  MarkupKind,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { completionsAt } from '../../features/complete.ts';
import type { Completion, CompletionKind } from '../../features/completion.ts';
import { rangeOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import { snapshotOf } from '../session.ts';

/** What can stand at the cursor. */
export const completion: Handler<CompletionParams, CompletionItem[]> = async (session, { textDocument, position }) => {
  const snapshot = await snapshotOf(session, textDocument.uri);
  if (snapshot === undefined) return [];
  const { document, analysis } = snapshot;
  return completionsAt(analysis, document.offsetAt(position))
    .filter(({ snippet }) => !snippet || session.traits.snippets)
    .map((item) => itemOf(item, document));
};

const kinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  name: CompletionItemKind.Reference,
  value: CompletionItemKind.EnumMember,
  count: CompletionItemKind.Value,
  tool: CompletionItemKind.Module,
  verb: CompletionItemKind.Function,
  option: CompletionItemKind.Field,
  snippet: CompletionItemKind.Snippet,
};

function itemOf(item: Completion, document: TextDocument): CompletionItem {
  const { label, kind, detail, documentation, span, newText, snippet, sortText } = item;
  return {
    label,
    kind: kinds[kind],
    sortText,
    textEdit: { range: rangeOf(document, span), newText },
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    ...(snippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
  };
}
