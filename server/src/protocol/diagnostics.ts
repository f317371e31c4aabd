import type { DocumentDiagnosticParams, DocumentDiagnosticReport } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis } from '../lint/analysis.ts';
import { canonicalUri } from '../project/uri.ts';
import { diagnosticsOf } from './convert.ts';
import { type Session, snapshotNow, snapshotOf } from './session.ts';

/** Brings findings to the client: sent to it, or asked for by it. Both show the same. */
export interface Diagnostics {
  /** A document was opened or has changed. */
  changed(document: TextDocument): void;
  /** Something that these documents' findings may depend on has changed. */
  outdated(uris: readonly string[]): void;
  closed(document: TextDocument): void;
  report(params: DocumentDiagnosticParams): Promise<DocumentDiagnosticReport>;
}

/** In milliseconds. A check that takes longer waits until no further edit is in the pipe. */
const quick = 10;

export function createDiagnostics(session: Omit<Session, 'diagnostics'>): Diagnostics {
  const { connection, traits, documents } = session;
  const pushes = !traits.pullsDiagnostics;
  const sent = new Map<string, { readonly version: number; readonly analysis: Analysis | undefined }>();
  const durations = new Map<string, number>();
  const ids = numbering();
  const outdatedUris = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function send(document: TextDocument, analysis: Analysis | undefined): void {
    const uri = canonicalUri(document.uri);
    const last = sent.get(uri);
    if (last?.version === document.version && last.analysis === analysis) return;
    sent.set(uri, { version: document.version, analysis });
    const diagnostics = analysis ? diagnosticsOf(analysis, document, traits, documents) : [];
    void connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics });
  }

  function publish(document: TextDocument): void {
    const begun = performance.now();
    const now = snapshotNow(session, document.uri);
    if (now !== undefined) send(now.document, now.analysis);
    else publishLater(document).catch((error) => connection.console.error(`${document.uri}: ${String(error)}`));
    durations.set(document.uri, performance.now() - begun);
  }

  async function publishLater(document: TextDocument): Promise<void> {
    const snapshot = await snapshotOf(session, document.uri);
    // Closed meanwhile, and perhaps opened again: then that opening has its own answer.
    if (documents.get(document.uri) === document) send(document, snapshot?.analysis);
  }

  /** Once the messages that wait are read; the more come, the later. */
  function soon(uris: readonly string[]): void {
    for (const uri of uris) outdatedUris.add(canonicalUri(uri));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const due = [...outdatedUris];
      outdatedUris.clear();
      if (pushes) for (const uri of due) publishOpen(uri);
      else if (traits.refreshesDiagnostics) refresh(() => connection.languages.diagnostics.refresh());
      if (traits.refreshesInlayHints) refresh(() => connection.languages.inlayHint.refresh());
    }, 0);
  }

  function publishOpen(uri: string): void {
    const document = documents.get(uri);
    if (document !== undefined) publish(document);
  }

  function refresh(ask: () => Promise<void>): void {
    ask().catch((error) => connection.console.warn(`The client has not refreshed: ${String(error)}`));
  }

  return {
    changed(document) {
      if (!pushes) return;
      if ((durations.get(document.uri) ?? 0) > quick) soon([document.uri]);
      else publish(document);
    },
    outdated(uris) {
      const open = uris.filter((uri) => documents.get(uri) !== undefined);
      if (open.length > 0) soon(open);
    },
    closed(document) {
      sent.delete(canonicalUri(document.uri));
      durations.delete(document.uri);
      if (pushes) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    },
    async report({ textDocument, previousResultId }) {
      const snapshot = snapshotNow(session, textDocument.uri) ?? (await snapshotOf(session, textDocument.uri));
      if (snapshot === undefined) return { kind: 'full', items: [] };
      const { document, analysis } = snapshot;
      const resultId = ids(analysis);
      if (resultId === previousResultId) return { kind: 'unchanged', resultId };
      return { kind: 'full', resultId, items: diagnosticsOf(analysis, document, traits, documents) };
    },
  };
}

/** A name for each analysis: the same analysis has the same name. */
function numbering(): (analysis: Analysis) => string {
  const names = new WeakMap<Analysis, string>();
  let last = 0;
  return (analysis) => {
    const known = names.get(analysis);
    if (known !== undefined) return known;
    last += 1;
    names.set(analysis, `${last}`);
    return `${last}`;
  };
}
