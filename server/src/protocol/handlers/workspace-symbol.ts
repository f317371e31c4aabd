import type { SymbolInformation, WorkspaceSymbolParams } from 'vscode-languageserver';
import { symbolsFor } from '../../features/symbols.ts';
import { conversionFor, locationOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import { analysesOf } from '../other-files.ts';
import { symbolKinds } from './document-symbol.ts';

/** More are no help to anybody who looks for one. */
const most = 500;

/** Steps, subsystems, groups and tools of all files of the workspace, open or not. */
export const workspaceSymbols: Handler<WorkspaceSymbolParams, SymbolInformation[]> = async (
  session,
  { query },
  token,
) => {
  const { uris } = await session.project.workspaceFiles(() => token.isCancellationRequested);
  const found: SymbolInformation[] = [];
  for (const analysis of await analysesOf(session, uris, token)) {
    const conversion = conversionFor(session, [analysis]);
    for (const { kind, name, at, container } of symbolsFor(analysis, query)) {
      const location = locationOf(analysis.uri, at, conversion);
      if (location === undefined) continue;
      found.push({
        name,
        kind: symbolKinds[kind],
        location,
        ...(container === '' ? {} : { containerName: container }),
      });
      if (found.length >= most) return found;
    }
  }
  return found;
};
