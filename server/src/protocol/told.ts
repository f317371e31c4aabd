import type { DocumentDiagnosticReport } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis } from '../lint/analysis.ts';
import { canonicalUri } from '../project/uri.ts';
import { diagnosticsOf } from './convert.ts';
import type { Parts } from './parts.ts';
import { resultIds } from './result-ids.ts';

/** What a client was told of one document. */
interface Last {
  readonly version: number;
  /** The name of what was said of it; undefined where it is not checked. */
  readonly id: string | undefined;
}

/** What the client is told of each open document: it is sent to it, or it has asked. */
interface Told {
  /** The name of what is said of an analysis: the same for the same. */
  resultId(analysis: Analysis): string;
  /** What the client was told last, and so shows. */
  last(uri: string): Last | undefined;
  /** Sends what is said of a document, unless it was the last that was sent. */
  send(document: TextDocument, analysis: Analysis | undefined): void;
  /** Answers a client that asks, and was told `previous` before. */
  answer(
    document: TextDocument,
    analysis: Analysis | undefined,
    previous: string | undefined,
  ): DocumentDiagnosticReport;
  /** The client was told that nothing is new, because the document is not saved. */
  putOff(uri: string): void;
  /** Whether something was put off, which from now on it is no more. */
  takeUp(uri: string): boolean;
  forget(uri: string): void;
}

export function createTold(session: Parts): Told {
  const { connection, traits, settings } = session;
  const resultId = resultIds(session);
  const lasts = new Map<string, Last>();
  const waiting = new Set<string>();

  function itemsOf(document: TextDocument, analysis: Analysis | undefined) {
    return analysis ? diagnosticsOf(analysis, document, session, settings.of(document.uri).maxProblems) : [];
  }

  return {
    resultId,
    last: (uri) => lasts.get(canonicalUri(uri)),
    send(document, analysis) {
      const uri = canonicalUri(document.uri);
      const { version } = document;
      const id = analysis && resultId(analysis);
      const last = lasts.get(uri);
      if (last?.version === version && last.id === id) return;
      lasts.set(uri, { version, id });
      void connection.sendDiagnostics({ uri: document.uri, version, diagnostics: itemsOf(document, analysis) });
    },
    answer(document, analysis, previous) {
      const id = analysis && resultId(analysis);
      // A client to which findings are sent shows those, whatever it asks.
      if (traits.pullsDiagnostics) lasts.set(canonicalUri(document.uri), { version: document.version, id });
      if (id === undefined) return { kind: 'full', items: [] };
      if (id === previous) return { kind: 'unchanged', resultId: id };
      return { kind: 'full', resultId: id, items: itemsOf(document, analysis) };
    },
    putOff(uri) {
      waiting.add(canonicalUri(uri));
    },
    takeUp: (uri) => waiting.delete(canonicalUri(uri)),
    forget(given) {
      const uri = canonicalUri(given);
      lasts.delete(uri);
      waiting.delete(uri);
    },
  };
}
