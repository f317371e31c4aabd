import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver';

/** What the client can do, as far as the server behaves differently because of it. */
export interface ClientTraits {
  /** The client asks for diagnostics; without it they are sent to it. Never both. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesInlayHints: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesTokens: boolean;
  readonly relatedInformation: boolean;
  readonly diagnosticTags: boolean;
  readonly codeDescriptions: boolean;
  readonly versionedEdits: boolean;
  /** Edits may hold tab stops. */
  readonly snippetEdits: boolean;
  readonly markdownHover: boolean;
  readonly snippets: boolean;
  /** The documentation of a completion can be asked for later. */
  readonly lateDocumentation: boolean;
  readonly symbolTree: boolean;
  /** How many folding ranges it takes at most. */
  readonly mostFolds: number;
  /** The client is asked for settings, document by document. */
  readonly asksSettings: boolean;
  readonly registersSettings: boolean;
  readonly registersWatchers: boolean;
  readonly workspaceFolders: boolean;
  readonly workDoneProgress: boolean;
  /** The folders that are open at first. */
  readonly folders: readonly string[];
  /** The client answers `runbook-lint/readFile` and `runbook-lint/listFolder`. */
  readonly fileRequests: boolean;
  /** Commands of the client that may be put into lenses and actions. */
  readonly commands: ReadonlySet<string>;
  /** The client wants all findings of the workspace, not only those of what is open. */
  readonly workspaceDiagnostics: boolean;
  /** A general reader of YAML may work on the same files: the client is told which mistakes that one finds too. */
  readonly besideYaml: boolean;
  /** Where the rules' pages are published, with a slash at the end. */
  readonly rulePages: string | undefined;
  /** Settings of a client that cannot be asked. */
  readonly initialRules: unknown;
  /** Settings of documents, sent along so that the first findings need not wait for them. */
  readonly initialSettings: readonly { readonly uri: string; readonly settings: unknown }[];
  /** Which features it knows, as it said itself. */
  readonly knows: Features;
}

/** The parts of the protocol that a client has a counterpart for. */
type Features = Readonly<
  Record<
    | 'codeAction'
    | 'codeLens'
    | 'completion'
    | 'definition'
    | 'documentHighlight'
    | 'documentLink'
    | 'documentSymbol'
    | 'foldingRange'
    | 'formatting'
    | 'hover'
    | 'inlayHint'
    | 'prepareRename'
    | 'references'
    | 'rename'
    | 'selectionRange'
    | 'semanticTokens'
    | 'signatureHelp'
    | 'willRename'
    | 'workspaceSymbol',
    boolean
  >
>;

/** Reads what the client has said of itself. What it leaves out it cannot do. */
export function traitsOf(params: InitializeParams): ClientTraits {
  const { capabilities, initializationOptions } = params;
  const { textDocument = {}, workspace = {}, window = {} } = capabilities;
  const { publishDiagnostics, diagnostic } = textDocument;
  const options = optionsIn(initializationOptions);
  return {
    pullsDiagnostics: diagnostic !== undefined,
    refreshesDiagnostics: workspace.diagnostics?.refreshSupport === true,
    refreshesInlayHints: workspace.inlayHint?.refreshSupport === true,
    refreshesLenses: workspace.codeLens?.refreshSupport === true,
    refreshesTokens: workspace.semanticTokens?.refreshSupport === true,
    relatedInformation: (diagnostic ?? publishDiagnostics)?.relatedInformation === true,
    diagnosticTags: (diagnostic ?? publishDiagnostics)?.tagSupport !== undefined,
    codeDescriptions: (diagnostic ?? publishDiagnostics)?.codeDescriptionSupport === true,
    versionedEdits: workspace.workspaceEdit?.documentChanges === true,
    snippetEdits: workspace.workspaceEdit?.snippetEditSupport === true,
    markdownHover: textDocument.hover?.contentFormat?.includes('markdown') ?? false,
    snippets: textDocument.completion?.completionItem?.snippetSupport === true,
    lateDocumentation:
      textDocument.completion?.completionItem?.resolveSupport?.properties.includes('documentation') === true,
    symbolTree: textDocument.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    mostFolds: textDocument.foldingRange?.rangeLimit ?? Number.POSITIVE_INFINITY,
    asksSettings: workspace.configuration === true,
    registersSettings: workspace.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace.workspaceFolders === true,
    workDoneProgress: window.workDoneProgress === true,
    folders: foldersIn(params),
    fileRequests: options.fileRequests === true,
    commands: new Set(textsIn(options.commands)),
    workspaceDiagnostics: options.workspaceDiagnostics !== false,
    besideYaml: options.besideYaml === true,
    rulePages: typeof options.rulePages === 'string' ? options.rulePages : undefined,
    initialRules: options.rules,
    initialSettings: settingsIn(options.settings),
    knows: featuresOf(capabilities),
  };
}

function featuresOf({ textDocument = {}, workspace = {} }: ClientCapabilities): Features {
  return {
    codeAction: textDocument.codeAction !== undefined,
    codeLens: textDocument.codeLens !== undefined,
    completion: textDocument.completion !== undefined,
    definition: textDocument.definition !== undefined,
    documentHighlight: textDocument.documentHighlight !== undefined,
    documentLink: textDocument.documentLink !== undefined,
    documentSymbol: textDocument.documentSymbol !== undefined,
    foldingRange: textDocument.foldingRange !== undefined,
    formatting: textDocument.formatting !== undefined,
    hover: textDocument.hover !== undefined,
    inlayHint: textDocument.inlayHint !== undefined,
    prepareRename: textDocument.rename?.prepareSupport === true,
    references: textDocument.references !== undefined,
    rename: textDocument.rename !== undefined,
    selectionRange: textDocument.selectionRange !== undefined,
    semanticTokens: textDocument.semanticTokens !== undefined,
    signatureHelp: textDocument.signatureHelp !== undefined,
    willRename: workspace.fileOperations?.willRename === true,
    workspaceSymbol: workspace.symbol !== undefined,
  };
}

function foldersIn({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri ? [rootUri] : [];
}

function optionsIn(given: unknown): Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null ? { ...given } : {};
}

function settingsIn(given: unknown): ClientTraits['initialSettings'] {
  const items: readonly unknown[] = Array.isArray(given) ? given : [];
  return items.flatMap((item) => {
    const { uri, settings } = optionsIn(item);
    return typeof uri === 'string' ? [{ uri, settings }] : [];
  });
}

function textsIn(given: unknown): readonly string[] {
  return Array.isArray(given) ? given.filter((item) => typeof item === 'string') : [];
}
