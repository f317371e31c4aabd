import { type DocumentSelector, languages, type TextDocument } from 'vscode';

/**
 * The documents that the server hears of: all YAML, since a runbook is one by its name or by its content, which the server decides.
 * No scheme is named: an unsaved, a remote and a virtual file are checked like one on disk.
 */
export const documentSelector = [
  { language: 'runbook' },
  { language: 'fleet' },
  { language: 'yaml' },
] satisfies DocumentSelector;

/** Whether the server knows the document. */
export function isShared(document: TextDocument): boolean {
  return languages.match(documentSelector, document) > 0;
}
