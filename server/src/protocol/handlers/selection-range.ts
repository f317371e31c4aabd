import type { SelectionRange, SelectionRangeParams } from 'vscode-languageserver';
import { selectionsAt } from '../../features/selection.ts';
import { rangeOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import { snapshotOf } from '../snapshot.ts';

/** What the selection grows through, for each cursor. */
export const selectionRanges: Handler<SelectionRangeParams, SelectionRange[]> = async (
  session,
  { textDocument, positions },
) => {
  const snapshot = await snapshotOf(session, textDocument.uri);
  if (snapshot === undefined) return [];
  const { document, analysis } = snapshot;
  return positions.map((position) => {
    const spans = selectionsAt(analysis, document.offsetAt(position));
    return (
      spans.reduceRight<SelectionRange | undefined>((parent, span) => {
        const range = rangeOf(document, span);
        return parent === undefined ? { range } : { range, parent };
      }, undefined) ?? { range: { start: position, end: position } }
    );
  });
};
