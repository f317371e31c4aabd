import type { DidChangeWorkspaceFoldersParams } from 'vscode-languageserver';
import type { Project } from '../project/project.ts';
import { canonicalUri, folderOf, pathOf } from '../project/uri.ts';

/** The folders that the user has open, several of them in a multi-root workspace. */
export interface Folders {
  change(event: DidChangeWorkspaceFoldersParams['event']): void;
  /** The innermost of them that a file is in, in its canonical form. */
  of(uri: string): string | undefined;
  /** The way to a file from the folder that it is in; from the root where it is in none. Decoded, without a slash in front. */
  pathOf(uri: string): string;
  /** A file, which need not be there, whose folder paths in the settings for a file count from. */
  root(uri: string): string;
}

export function createFolders(project: Project, initial: readonly string[]): Folders {
  let uris = initial.map(canonicalUri);
  project.useFolders(uris);

  function of(given: string): string | undefined {
    const uri = canonicalUri(given);
    return uris.filter((folder) => uri.startsWith(inside(folder))).toSorted((a, b) => b.length - a.length)[0];
  }

  return {
    change({ added, removed }) {
      const gone = new Set(removed.map(({ uri }) => canonicalUri(uri)));
      uris = [...uris.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => canonicalUri(uri))];
      project.useFolders(uris);
    },
    of,
    pathOf(given) {
      const uri = canonicalUri(given);
      const folder = of(uri);
      const path = pathOf(uri).slice(folder === undefined ? 0 : pathOf(folder).length);
      return path.replace(/^\/+/, '');
    },
    root: (uri) => `${inside(of(uri) ?? folderOf(uri) ?? '')}.`,
  };
}

function inside(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`;
}
