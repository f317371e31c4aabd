import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import * as features from '../../features/inlay-hints.ts';
import { spanOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import { snapshotOf } from '../snapshot.ts';

/** What each step in the range leaves in service, and how its commands were understood. */
export const inlayHints: Handler<InlayHintParams, InlayHint[]> = async (session, { textDocument, range }) => {
  const snapshot = await snapshotOf(session, textDocument.uri);
  if (snapshot?.analysis.kind !== 'runbook') return [];
  const { document, analysis } = snapshot;
  const { hints } = session.settings.of(textDocument.uri);
  const wanted = features
    .inlayHints(analysis, spanOf(document, range))
    .filter(({ kind }) => (kind === 'capacity' ? hints.capacity : hints.commands));
  return wanted.map(({ offset, label, tooltip }) => ({
    position: document.positionAt(offset),
    label,
    tooltip,
    paddingLeft: true,
  }));
};
