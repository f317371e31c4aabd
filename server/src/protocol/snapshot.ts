import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis } from '../lint/analysis.ts';
import type { Parts } from './parts.ts';

/** An open document with the analysis of exactly its present text. */
export interface Snapshot {
  readonly document: TextDocument;
  readonly analysis: Analysis;
}

type Knowing = Pick<Parts, 'project' | 'documents' | 'settings'>;

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
