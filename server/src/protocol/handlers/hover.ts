import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import { hoverAt } from '../../features/hover.ts';
import { rangeOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import { snapshotOf } from '../snapshot.ts';

/** What is known of the word under the cursor. */
export const hover: Handler<HoverParams, Hover | null> = async (session, { textDocument, position }) => {
  const snapshot = await snapshotOf(session, textDocument.uri);
  if (snapshot === undefined || !session.settings.of(textDocument.uri).hover) return null;
  const { document, analysis } = snapshot;
  const found = hoverAt(analysis, document.offsetAt(position));
  if (found === undefined) return null;
  const kind = session.traits.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText;
  return { contents: { kind, value: found.markdown }, range: rangeOf(document, found.span) };
};
