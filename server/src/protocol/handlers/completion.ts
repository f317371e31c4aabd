import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { completionsAt, fileKindAt } from '../../features/complete/complete.ts';
import type { Completion, CompletionKind } from '../../features/complete/completion.ts';
import { describeName } from '../../features/describe/name.ts';
import type { Name } from '../../features/names/occurrence.ts';
import type { Analysis } from '../../lint/analysis.ts';
import { fileKind } from '../../model/file-kind.ts';
import { relativePath } from '../../project/uri.ts';
import { lineBreakOf } from '../../syntax/line-start.ts';
import { rangeOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import type { Session } from '../session.ts';
import { type Snapshot, snapshotOf } from '../snapshot.ts';

/** More names than these are narrowed down by what is typed. */
const most = 300;

/** What can stand at the cursor. */
export const completion: Handler<CompletionParams, CompletionItem[] | CompletionList> = async (
  session,
  { textDocument, position },
  token,
) => {
  const before = await snapshotOf(session, textDocument.uri);
  if (before === undefined) return [];
  const paths = await pathsAt(session, before, position, token);
  const snapshot = await snapshotOf(session, textDocument.uri);
  if (snapshot === undefined) return [];
  const { document, analysis } = snapshot;
  const found = completionsAt(analysis, document.offsetAt(position), paths).filter(
    ({ snippet }) => !snippet || session.traits.snippets,
  );
  const convert = (item: Completion) => itemOf(item, document, analysis, session);
  if (found.length <= most) return found.map(convert);
  const fitting = found.filter(({ label, span }) => {
    const typed = document.getText().slice(span.start, document.offsetAt(position)).toLowerCase();
    return label.toLowerCase().includes(typed);
  });
  return { isIncomplete: true, items: fitting.slice(0, most).map(convert) };
};

/** Files nearby that the value under the cursor may name, as the document would write them. */
async function pathsAt(
  { project }: Session,
  { document, analysis }: Snapshot,
  position: CompletionParams['position'],
  token: CancellationToken,
): Promise<readonly string[]> {
  const wanted = fileKindAt(analysis, document.offsetAt(position));
  if (wanted === undefined) return [];
  const uris = await project.filesAround(analysis.uri, () => token.isCancellationRequested);
  return uris
    .filter((uri) => fileKind(uri, '') === wanted)
    .map((uri) => relativePath(analysis.uri, uri))
    .map((path) => (path.startsWith('.') ? path : `./${path}`))
    .toSorted();
}

/** The declaration of the name that an item stands for, when somebody looks at it. */
export const resolveCompletion: Handler<CompletionItem, CompletionItem> = async (session, item) => {
  const data: unknown = item.data;
  if (!isItemData(data)) return item;
  const snapshot = await snapshotOf(session, data.uri);
  const value = snapshot && describeName(snapshot.analysis, data);
  return value === undefined ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value } };
};

interface ItemData extends Name {
  readonly uri: string;
}

function isItemData(data: unknown): data is ItemData {
  return (
    typeof data === 'object' &&
    data !== null &&
    ['uri', 'kind', 'name'].every((key) => key in data && typeof Reflect.get(data, key) === 'string')
  );
}

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

/** The command of VS Code that offers completions. */
const suggest = 'editor.action.triggerSuggest';

/** Few names are described at once where the client cannot ask for it later. */
function itemOf(item: Completion, document: TextDocument, analysis: Analysis, { traits }: Session): CompletionItem {
  const { label, kind, detail, about, span, newText, snippet, sortText } = item;
  const isLate = about !== undefined && traits.lateDocumentation;
  const documentation = item.documentation ?? (about && !isLate ? describeName(analysis, about) : undefined);
  const data: ItemData | undefined = isLate ? { ...about, uri: document.uri } : undefined;
  // The next thing to choose is offered without being asked for.
  const next = traits.commands.has(suggest) ? item.goesOn : undefined;
  const lineBreak = lineBreakOf(document.getText());
  return {
    label,
    kind: kinds[kind],
    sortText,
    textEdit: { range: rangeOf(document, span), newText: newText + (next ?? '').replace('\n', lineBreak) },
    ...(next === undefined ? {} : { command: { title: '', command: suggest }, insertTextMode: InsertTextMode.asIs }),
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    ...(data === undefined ? {} : { data }),
    ...(snippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
  };
}
