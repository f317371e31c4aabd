import { type FoldingRange, FoldingRangeKind, type FoldingRangeParams } from 'vscode-languageserver';
import { foldsIn } from '../../features/folding.ts';
import type { Handler } from '../handler.ts';
import { snapshotOf } from '../snapshot.ts';

/** What can be folded, as many as the client takes. */
export const foldingRanges: Handler<FoldingRangeParams, FoldingRange[]> = async (session, { textDocument }) => {
  const snapshot = await snapshotOf(session, textDocument.uri);
  if (snapshot === undefined) return [];
  return foldsIn(snapshot.analysis)
    .slice(0, session.traits.mostFolds)
    .map(({ from, to, kind }) => ({
      startLine: from,
      endLine: to,
      ...(kind === 'comment' ? { kind: FoldingRangeKind.Comment } : {}),
    }));
};
