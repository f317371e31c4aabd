import {
  DidChangeConfigurationNotification,
  type DidChangeConfigurationParams,
  type DidChangeTextDocumentParams,
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesParams,
  type DidChangeWorkspaceFoldersParams,
  type DidCloseTextDocumentParams,
  type DidOpenTextDocumentParams,
  type DidSaveTextDocumentParams,
} from 'vscode-languageserver';
import type { Session } from './session.ts';

/*
 * What the client tells the server. Each of these runs to its end before the next message is read,
 * so that every request sees the documents exactly as they were when it was asked.
 */

/** Registers for what the client tells only those who ask. */
export function registerWatchers({ connection, traits }: Session): void {
  const failed = (error: unknown) => connection.console.warn(`The client has refused a registration: ${String(error)}`);
  if (traits.registersWatchers) {
    const watchers = [{ globPattern: '**/*.{yaml,yml}' }];
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(failed);
  }
  if (traits.registersSettings) {
    connection.client.register(DidChangeConfigurationNotification.type, { section: 'runbookLint' }).catch(failed);
  }
}

/** A document was opened: it is what counts from now on, whatever the disk says. */
export function opened({ documents, project, traits, diagnostics }: Session, params: DidOpenTextDocumentParams): void {
  const document = documents.open(params);
  const { uri } = document;
  // Without a watcher this is the time to look again at what is on the disk.
  if (!traits.registersWatchers) project.changedOnDisk();
  project.open(uri, document.getText());
  diagnostics.changed(document);
  diagnostics.outdated(project.neighbours(uri));
}

/** A document was edited. */
export function changed(
  { documents, project, diagnostics, lenses }: Session,
  params: DidChangeTextDocumentParams,
): void {
  const document = documents.change(params);
  if (document === undefined) return;
  project.change(document.uri, document.getText());
  diagnostics.changed(document);
  if (!diagnostics.waits(document.uri)) diagnostics.outdated(project.dependents(document.uri));
  lenses.edited(document);
}

/** A document was closed: the disk counts again. */
export function closed(session: Session, params: DidCloseTextDocumentParams): void {
  const { documents, project, settings, diagnostics } = session;
  const document = documents.close(params);
  if (document === undefined) return;
  const neighbours = project.neighbours(document.uri);
  project.close(document.uri);
  settings.forget(document.uri);
  diagnostics.closed(document);
  diagnostics.outdated(neighbours);
}

/** Something was saved; of what is on the disk only a client that watches nothing has to be told by it. */
export function saved({ traits, project, diagnostics }: Session, { textDocument }: DidSaveTextDocumentParams): void {
  if (diagnostics.waits(textDocument.uri)) diagnostics.outdated(project.dependents(textDocument.uri));
  diagnostics.saved(textDocument.uri);
  if (traits.registersWatchers) return;
  project.changedOnDisk();
  diagnostics.outdated(project.openUris());
}

/** Files have come, gone or changed on the disk. */
export function watched({ project, diagnostics }: Session, { changes }: DidChangeWatchedFilesParams): void {
  const uris = changes.map(({ uri }) => uri);
  const concerned = new Set(uris.flatMap((uri) => project.neighbours(uri)));
  project.changedOnDisk(uris);
  diagnostics.outdated([...concerned]);
  // Files that are not open are shown by the client too, and it does not know that they are others now.
  diagnostics.askAgain();
}

/** A folder was added to the workspace, or taken from it: a file may be in another one now, and have other settings. */
export function foldersChanged(session: Session, { event }: DidChangeWorkspaceFoldersParams): void {
  session.folders.change(event);
  configured(session, { settings: undefined });
  session.diagnostics.askAgain();
}

/** Settings have changed. */
export function configured(session: Session, { settings: sent }: DidChangeConfigurationParams): void {
  const { project, settings, diagnostics } = session;
  settings.changed(sent);
  project.useEditor(settings.wishesOf);
  diagnostics.outdated(project.openUris());
}
