import type { DocumentDiagnosticParams, DocumentDiagnosticReport } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis } from '../lint/analysis.ts';
import { gathered } from './gathered.ts';
import type { Parts } from './parts.ts';
import { refreshShown } from './refresh.ts';
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
  const pushes = !traits.pullsDiagnostics;
  const told = createTold(session);
  const durations = new Map<string, number>();
  const renewSoon = gathered((uris) => renew(uris).catch(failed));

  function waits(uri: string): boolean {
    return documents.isUnsaved(uri) && settings.of(uri).onSave;
  }

  function publish(document: TextDocument): void {
    // Exact enough, where Node would take two milliseconds to load the clock of `performance`.
    const begun = Date.now();
    const now = snapshotNow(session, document.uri);
    if (now !== undefined) told.send(now.document, now.analysis);
    else whenKnown(document).catch(failed);
    durations.set(document.uri, Date.now() - begun);
  }

  async function whenKnown(document: TextDocument): Promise<void> {
    const snapshot = await snapshotOf(session, document.uri);
    // Closed meanwhile, and perhaps opened again: then that opening has its own answer.
    if (documents.get(document.uri) === document) told.send(document, snapshot?.analysis);
  }

  async function renew(uris: readonly string[]): Promise<void> {
    let outdated = false;
    for (const uri of uris) {
      if (waits(uri)) continue;
      const begun = Date.now();
      const snapshot = await snapshotOf(session, uri);
      const document = documents.get(uri);
      const last = told.last(uri);
      const id = snapshot && told.resultId(snapshot.analysis);
      const waited = told.takeUp(uri);
      if (document === undefined || last === undefined) continue;
      // A client to which findings are sent is told of each version, also where they are the same.
      const isTold = last.id === id && (!pushes || last.version === document.version);
      if (isTold && !waited) continue;
      // After an edit of its own the client asks by itself for what else it shows of the document.
      if (last.version === document.version || waited) outdated = true;
      if (pushes) told.send(document, snapshot?.analysis);
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
    resultId: told.resultId,
    async report({ textDocument: { uri }, previousResultId }) {
      const snapshot = snapshotNow(session, uri) ?? (await snapshotOf(session, uri));
      const document = snapshot?.document ?? documents.get(uri);
      if (document === undefined) return { kind: 'full', items: [] };
      if (snapshot !== undefined && previousResultId !== undefined && waits(uri)) {
        told.putOff(uri);
        return { kind: 'unchanged', resultId: previousResultId };
      }
      return told.answer(document, snapshot?.analysis, previousResultId);
    },
  };
}
