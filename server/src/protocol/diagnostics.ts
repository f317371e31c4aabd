import type { Diagnostic, DocumentDiagnosticParams, DocumentDiagnosticReport } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis } from '../lint/analysis.ts';
import { diagnosticsOf } from './convert.ts';
import { gathered } from './gathered.ts';
import type { Parts } from './parts.ts';
import { refreshShown } from './refresh.ts';
import { resultIds } from './result-ids.ts';
import { snapshotNow, snapshotOf } from './snapshot.ts';
import { createTold } from './told.ts';
import { nextTurn } from './turn.ts';

/** Brings findings to the client: sent to it, or asked for by it. Both show the same. */
export interface Diagnostics {
  /** A document was opened or has changed. */
  changed(document: TextDocument): void;
  /** Something that these files' findings may depend on has changed; those that are not open do not matter. */
  outdated(uris: readonly string[]): void;
  closed(document: TextDocument): void;
  /** A document was saved: nothing in it is still being typed, and what waited for that is told. */
  saved(uri: string): void;
  /** Has a client that asks for diagnostics ask again: it may show what no open document told it. */
  askAgain(): void;
  report(params: DocumentDiagnosticParams): Promise<DocumentDiagnosticReport>;
  /** The name of what is said of an analysis: the same for the same. */
  resultId(analysis: Analysis): string;
  /** Whether the findings of a document, and of those that depend on it, wait until it is saved. */
  waits(uri: string): boolean;
}

/** In milliseconds. A check that takes longer waits until no further edit is in the pipe. */
const quick = 10;

export function createDiagnostics(session: Parts): Diagnostics {
  const { connection, traits, documents, settings, signal } = session;
  const resultId = resultIds(session);
  const pushes = !traits.pullsDiagnostics;
  const told = createTold();
  const durations = new Map<string, number>();
  const renewSoon = gathered((uris) => renew(uris).catch(failed));

  function show(document: TextDocument, analysis: Analysis | undefined): void {
    if (!told.tell(document, analysis && resultId(analysis))) return;
    const { uri, version } = document;
    const diagnostics = analysis ? shownOf(analysis, document) : [];
    void connection.sendDiagnostics({ uri, version, diagnostics });
  }

  /** Of a client that asks, what it was answered is what it shows; the others show what was sent to them. */
  function answered(document: TextDocument, id: string | undefined): void {
    if (!pushes) told.tell(document, id);
  }

  function shownOf(analysis: Analysis, document: TextDocument): Diagnostic[] {
    return diagnosticsOf(analysis, document, session, settings.of(document.uri).maxProblems);
  }

  function waits(uri: string): boolean {
    return documents.isUnsaved(uri) && settings.of(uri).onSave;
  }

  function publish(document: TextDocument): void {
    // Exact enough, where Node would take two milliseconds to load the clock of `performance`.
    const begun = Date.now();
    const now = snapshotNow(session, document.uri);
    if (now !== undefined) show(now.document, now.analysis);
    else whenKnown(document).catch(failed);
    durations.set(document.uri, Date.now() - begun);
  }

  async function whenKnown(document: TextDocument): Promise<void> {
    const snapshot = await snapshotOf(session, document.uri);
    // Closed meanwhile, and perhaps opened again: then that opening has its own answer.
    if (documents.get(document.uri) === document) show(document, snapshot?.analysis);
  }

  async function renew(uris: readonly string[]): Promise<void> {
    let outdated = false;
    for (const uri of uris) {
      if (waits(uri)) continue;
      const begun = Date.now();
      const snapshot = await snapshotOf(session, uri);
      const document = documents.get(uri);
      const last = told.last(uri);
      const id = snapshot && resultId(snapshot.analysis);
      const waited = told.takeUp(uri);
      if (document === undefined || last === undefined) continue;
      // A client to which findings are sent is told of each version, also where they are the same.
      const isTold = last.id === id && (!pushes || last.version === document.version);
      if (isTold && !waited) continue;
      // After an edit of its own the client asks by itself for what else it shows of the document.
      if (last.version === document.version || waited) outdated = true;
      if (pushes) show(document, snapshot?.analysis);
      durations.set(document.uri, Date.now() - begun);
      await nextTurn();
    }
    if (outdated) await refreshShown(session);
  }

  function failed(error: unknown): void {
    connection.console.error(`Findings could not be brought up to date: ${String(error)}`);
  }

  return {
    changed(document) {
      signal.fire();
      if (!pushes) return;
      if (waits(document.uri)) told.putOff(document.uri);
      else if ((durations.get(document.uri) ?? 0) > quick) renewSoon([document.uri]);
      else publish(document);
    },
    outdated(uris) {
      signal.fire();
      const open = uris.filter((uri) => documents.get(uri) !== undefined);
      if (open.length > 0) renewSoon(open);
    },
    closed(document) {
      signal.fire();
      told.forget(document.uri);
      durations.delete(document.uri);
      if (pushes) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    },
    askAgain() {
      if (!pushes) refreshShown(session).catch(failed);
    },
    saved(uri) {
      if (documents.editEnd(uri) === undefined && !documents.isUnsaved(uri)) return;
      documents.settle(uri);
      signal.fire();
      renewSoon([uri]);
    },
    waits,
    resultId,
    async report({ textDocument, previousResultId }) {
      const snapshot = snapshotNow(session, textDocument.uri) ?? (await snapshotOf(session, textDocument.uri));
      if (snapshot === undefined) {
        const document = documents.get(textDocument.uri);
        if (document !== undefined) answered(document, undefined);
        return { kind: 'full', items: [] };
      }
      const { document, analysis } = snapshot;
      if (previousResultId !== undefined && waits(document.uri)) {
        told.putOff(document.uri);
        return { kind: 'unchanged', resultId: previousResultId };
      }
      const id = resultId(analysis);
      answered(document, id);
      if (id === previousResultId) return { kind: 'unchanged', resultId: id };
      return { kind: 'full', resultId: id, items: shownOf(analysis, document) };
    },
  };
}
