import type { DidChangeWorkspaceFoldersParams } from 'vscode-languageserver';
import type { Project } from '../project/project.ts';
import { canonicalUri } from '../project/uri.ts';

/** The folders that the user has open, several of them in a multi-root workspace. */
export interface Folders {
  change(event: DidChangeWorkspaceFoldersParams['event']): void;
}

export function createFolders(project: Project, initial: readonly string[]): Folders {
  let uris = initial.map(canonicalUri);
  project.useFolders(uris);
  return {
    change({ added, removed }) {
      const gone = new Set(removed.map(({ uri }) => canonicalUri(uri)));
      uris = [...uris.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => canonicalUri(uri))];
      project.useFolders(uris);
    },
  };
}
