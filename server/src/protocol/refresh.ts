import { CodeLensRefreshRequest } from 'vscode-languageserver';
import type { Parts } from './parts.ts';

/** Has the client ask anew for what it shows of documents: all of it depends on their fleets, too. */
export async function refreshShown({ connection, traits }: Pick<Parts, 'connection' | 'traits'>): Promise<void> {
  if (traits.pullsDiagnostics && traits.refreshesDiagnostics) await connection.languages.diagnostics.refresh();
  if (traits.refreshesInlayHints) await connection.languages.inlayHint.refresh();
  if (traits.refreshesLenses) await connection.sendRequest(CodeLensRefreshRequest.type);
  if (traits.refreshesTokens) await connection.languages.semanticTokens.refresh();
}
