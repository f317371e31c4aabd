import type { DocumentDiagnosticParams, DocumentDiagnosticReport } from 'vscode-languageserver';
import type { Session } from '../session.ts';

/** The findings of a document, for a client that asks. */
export function report({ diagnostics }: Session, params: DocumentDiagnosticParams): Promise<DocumentDiagnosticReport> {
  return diagnostics.report(params);
}
