import type { InitializeParams, ServerCapabilities } from 'vscode-languageserver';

/** What the client can do, as far as the server behaves differently because of it. */
export interface ClientTraits {
  /** The client asks for diagnostics; without it they are sent to it. Never both. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesInlayHints: boolean;
  readonly relatedInformation: boolean;
  readonly diagnosticTags: boolean;
  readonly codeDescriptions: boolean;
  readonly versionedEdits: boolean;
  readonly markdownHover: boolean;
  readonly snippets: boolean;
  /** The client is asked for settings, document by document. */
  readonly asksSettings: boolean;
  readonly registersSettings: boolean;
  readonly registersWatchers: boolean;
  /** The client answers `runbook-lint/readFile` and `runbook-lint/listFolder`. */
  readonly fileRequests: boolean;
  /** Where the rules' pages are published, with a slash at the end. */
  readonly rulePages: string | undefined;
  /** Settings of a client that cannot be asked. */
  readonly initialRules: unknown;
}

/** Reads what the client has said of itself. What it leaves out it cannot do. */
export function traitsOf({ capabilities, initializationOptions }: InitializeParams): ClientTraits {
  const { textDocument = {}, workspace = {} } = capabilities;
  const { publishDiagnostics, diagnostic } = textDocument;
  const options = optionsIn(initializationOptions);
  return {
    pullsDiagnostics: diagnostic !== undefined,
    refreshesDiagnostics: workspace.diagnostics?.refreshSupport === true,
    refreshesInlayHints: workspace.inlayHint?.refreshSupport === true,
    relatedInformation: (diagnostic ?? publishDiagnostics)?.relatedInformation === true,
    diagnosticTags: (diagnostic ?? publishDiagnostics)?.tagSupport !== undefined,
    codeDescriptions: (diagnostic ?? publishDiagnostics)?.codeDescriptionSupport === true,
    versionedEdits: workspace.workspaceEdit?.documentChanges === true,
    markdownHover: textDocument.hover?.contentFormat?.includes('markdown') ?? false,
    snippets: textDocument.completion?.completionItem?.snippetSupport === true,
    asksSettings: workspace.configuration === true,
    registersSettings: workspace.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace.didChangeWatchedFiles?.dynamicRegistration === true,
    fileRequests: options.fileRequests === true,
    rulePages: typeof options.rulePages === 'string' ? options.rulePages : undefined,
    initialRules: options.rules,
  };
}

function optionsIn(given: unknown): Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null ? { ...given } : {};
}

/** What the server offers to such a client. */
export function serverCapabilities(traits: ClientTraits): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: incremental, save: true },
    ...(traits.pullsDiagnostics
      ? {
          diagnosticProvider: {
            identifier: 'runbook-lint',
            interFileDependencies: true,
            workspaceDiagnostics: false,
          },
        }
      : {}),
    codeActionProvider: { codeActionKinds: ['quickfix'] },
    hoverProvider: true,
    completionProvider: { triggerCharacters: [' ', '-', '=', '/', '{', ','] },
    inlayHintProvider: true,
    definitionProvider: true,
    referencesProvider: true,
  };
}

/** TextDocumentSyncKind.Incremental; the library is not loaded for one number. */
const incremental = 2;
