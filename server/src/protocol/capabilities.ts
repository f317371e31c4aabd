import type { ServerCapabilities } from 'vscode-languageserver';
import { tokenModifiers, tokenTypes } from '../features/token-types.ts';
import type { ClientTraits } from './client-traits.ts';

/** The kind of the action that mends all that can be mended unseen. */
export const fixAllKind = 'source.fixAll.runbook-lint';

/** What the server offers to such a client: nothing that the client has no counterpart for. */
export function serverCapabilities(traits: ClientTraits): ServerCapabilities {
  const { knows } = traits;
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: incremental, save: true },
    ...(traits.pullsDiagnostics ? { diagnosticProvider: diagnosticsFor(traits) } : {}),
    ...(knows.codeAction ? { codeActionProvider: { codeActionKinds: ['quickfix', fixAllKind] } } : {}),
    ...(knows.codeLens ? { codeLensProvider: { resolveProvider: true } } : {}),
    ...(knows.completion
      ? {
          completionProvider: {
            triggerCharacters: [' ', '-', '=', '/', '{', ',', '<'],
            resolveProvider: traits.lateDocumentation,
          },
        }
      : {}),
    ...(knows.signatureHelp ? { signatureHelpProvider: { triggerCharacters: [' ', '='] } } : {}),
    ...(knows.rename ? { renameProvider: knows.prepareRename ? { prepareProvider: true } : true } : {}),
    ...(knows.documentLink ? { documentLinkProvider: {} } : {}),
    ...(knows.semanticTokens
      ? {
          semanticTokensProvider: {
            legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
            full: { delta: true },
            range: true,
          },
        }
      : {}),
    ...(knows.hover ? { hoverProvider: true } : {}),
    ...(knows.inlayHint ? { inlayHintProvider: true } : {}),
    ...(knows.definition ? { definitionProvider: true } : {}),
    ...(knows.references ? { referencesProvider: true } : {}),
    ...(knows.documentHighlight ? { documentHighlightProvider: true } : {}),
    ...(knows.documentSymbol ? { documentSymbolProvider: true } : {}),
    ...(knows.workspaceSymbol ? { workspaceSymbolProvider: true } : {}),
    ...(knows.foldingRange ? { foldingRangeProvider: true } : {}),
    ...(knows.selectionRange ? { selectionRangeProvider: true } : {}),
    ...(knows.formatting ? { documentFormattingProvider: true } : {}),
    ...(traits.workspaceFolders || knows.willRename ? { workspace: workspaceFor(traits) } : {}),
  };
}

function diagnosticsFor({ workspaceDiagnostics, workDoneProgress }: ClientTraits) {
  return {
    identifier: 'runbook-lint',
    interFileDependencies: true,
    workspaceDiagnostics,
    workDoneProgress: workspaceDiagnostics && workDoneProgress,
  };
}

function workspaceFor({ workspaceFolders, knows }: ClientTraits): NonNullable<ServerCapabilities['workspace']> {
  const filters = [{ pattern: { glob: '**/*.{yaml,yml}' } }, { pattern: { glob: '**', matches: 'folder' as const } }];
  return {
    ...(workspaceFolders ? { workspaceFolders: { supported: true, changeNotifications: true } } : {}),
    ...(knows.willRename ? { fileOperations: { willRename: { filters } } } : {}),
  };
}

/** TextDocumentSyncKind.Incremental; the library is not loaded for one number. */
const incremental = 2;
