import type { Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis } from '../lint/analysis.ts';
import type { FileSystem } from '../project/file-system.ts';
import { createProject, type Project } from '../project/project.ts';
import type { ClientTraits } from './capabilities.ts';
import { createDiagnostics, type Diagnostics } from './diagnostics.ts';
import { createDocuments, type Documents } from './documents.ts';
import { createFolders, type Folders } from './folders.ts';
import { createLensRenewal, type LensRenewal } from './lens-renewal.ts';
import { createSettings, type Settings } from './settings.ts';
import { createSignal, type Signal } from './signal.ts';

/** Everything that handlers share while a client is connected. */
export interface Session {
  readonly connection: Connection;
  readonly traits: ClientTraits;
  readonly project: Project;
  readonly documents: Documents;
  readonly settings: Settings;
  readonly diagnostics: Diagnostics;
  readonly folders: Folders;
  readonly lenses: LensRenewal;
  /** Fires whenever an analysis may have become another. */
  readonly signal: Signal;
}

/** An open document with the analysis of exactly its present text. */
export interface Snapshot {
  readonly document: TextDocument;
  readonly analysis: Analysis;
}

export function createSession(connection: Connection, traits: ClientTraits, fs: FileSystem): Session {
  const project = createProject(fs);
  const documents = createDocuments();
  const folders = createFolders(project, traits.folders);
  const settings = createSettings(connection, traits, folders, () => project.useEditor(settings.wishesOf));
  project.useEditor(settings.wishesOf);
  const lenses = createLensRenewal({ connection, traits, documents, project });
  const base = { connection, traits, project, documents, settings, folders, lenses, signal: createSignal() };
  return { ...base, diagnostics: createDiagnostics(base) };
}

type Knowing = Pick<Session, 'project' | 'documents' | 'settings'>;

/** The snapshot if nothing has to be fetched for it. */
export function snapshotNow({ project, documents, settings }: Knowing, uri: string): Snapshot | undefined {
  const document = documents.get(uri);
  if (document === undefined || !settings.isKnown(uri) || settings.whyNot(uri) !== undefined) return undefined;
  const analysis = project.analyseNow(uri);
  return analysis && { document, analysis };
}

/**
 * The snapshot, of the newest version if the document changes meanwhile.
 * Undefined where the document is not open, has been closed meanwhile, is none of ours, or is not to be checked.
 */
export async function snapshotOf(session: Knowing, uri: string): Promise<Snapshot | undefined> {
  const { project, documents, settings } = session;
  for (;;) {
    const now = snapshotNow(session, uri);
    if (now !== undefined) return now;
    const document = documents.get(uri);
    if (document === undefined) return undefined;
    const { version } = document;
    // While the client looks up the settings, the files are read already; most often the settings change nothing in what is found.
    await Promise.all([settings.know(uri), project.analyse(uri)]);
    if (settings.whyNot(uri) !== undefined) return undefined;
    const analysis = await project.analyse(uri);
    if (documents.get(uri) !== document || document.version !== version) continue;
    return analysis && { document, analysis };
  }
}
