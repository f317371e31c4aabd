import type { Connection } from 'vscode-languageserver';
import type { FileSystem } from '../project/file-system.ts';
import { createProject } from '../project/project.ts';
import type { ClientTraits } from './client-traits.ts';
import { createDiagnostics, type Diagnostics } from './diagnostics.ts';
import { createDocuments } from './documents.ts';
import { createFolders } from './folders.ts';
import { createLensRenewal, type LensRenewal } from './lens-renewal.ts';
import type { Parts } from './parts.ts';
import { createSettings } from './settings.ts';
import { createSignal } from './signal.ts';

/** Everything that handlers share while a client is connected. */
export interface Session extends Parts {
  readonly diagnostics: Diagnostics;
  readonly lenses: LensRenewal;
}

export function createSession(connection: Connection, traits: ClientTraits, fs: FileSystem): Session {
  const project = createProject(fs);
  const documents = createDocuments();
  const folders = createFolders(project, traits.folders);
  const settings = createSettings(connection, traits, folders, () => project.useEditor(settings.wishesOf));
  project.useEditor(settings.wishesOf);
  const parts = { connection, traits, project, documents, settings, folders, signal: createSignal() };
  return { ...parts, diagnostics: createDiagnostics(parts), lenses: createLensRenewal(parts) };
}
