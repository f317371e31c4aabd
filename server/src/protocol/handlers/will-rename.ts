import type { RenameFilesParams, WorkspaceEdit } from 'vscode-languageserver';
import { linksIn } from '../../features/links.ts';
import { canonicalUri, relativePath, resolvePath, writtenLike } from '../../project/uri.ts';
import type { Edit } from '../../rules/finding.ts';
import { textsOf } from '../convert.ts';
import { workspaceEdit } from '../edits.ts';
import type { Handler } from '../handler.ts';
import { analysesOf } from '../other-files.ts';

/** Files are about to be renamed or moved: the paths that lead to them, and those that lead out of them, follow. */
export const willRenameFiles: Handler<RenameFilesParams, WorkspaceEdit | null> = async (session, params, token) => {
  const moves = params.files.map(({ oldUri, newUri }) => ({ from: canonicalUri(oldUri), to: canonicalUri(newUri) }));
  const moved = (uri: string) => {
    const move = moves.find(({ from }) => uri === from || uri.startsWith(`${from}/`));
    return move === undefined ? uri : move.to + uri.slice(move.from.length);
  };
  const { uris } = await session.project.workspaceFiles(() => token.isCancellationRequested);
  const analyses = await analysesOf(session, uris, token);
  const texts = textsOf(analyses);
  const edits = new Map<string, readonly Edit[]>();
  for (const analysis of analyses) {
    const own = linksIn(analysis).flatMap(({ span, path }): Edit[] => {
      const target = resolvePath(analysis.uri, path);
      if (target === undefined || resolvePath(moved(analysis.uri), path) === moved(target)) return [];
      return [{ span, newText: writtenLike(path, relativePath(moved(analysis.uri), moved(target))) }];
    });
    if (own.length > 0) edits.set(analysis.uri, own);
  }
  return edits.size === 0 ? null : workspaceEdit(session, edits, (uri) => texts.get(uri));
};
