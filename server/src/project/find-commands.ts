import type { FleetDocument } from '../lint/lint.ts';
import type { FileKind } from '../model/file-kind.ts';
import { allOf, type Look } from './look.ts';
import { type NamedFiles, namedFiles } from './named-files.ts';
import { childOf, folderOf, relativePath, writtenLike } from './uri.ts';

const mostFiles = 100;

/** Follows the paths of `commandFiles`; undefined where files have to be loaded first. */
export function findCommandFiles({ uri, fleet }: FleetDocument, look: Look): NamedFiles | undefined {
  const near = (target: string, path: string) => commandFilesNear(uri, target, path, look);
  const naming = { uri, kind: 'fleet', what: 'commands files', most: mostFiles, isNone, near } as const;
  return namedFiles(fleet.commandFiles, naming, look);
}

/** A file of tools need not be called so: whatever is nothing else may be one. */
function isNone(kind: FileKind): string | undefined {
  return kind === 'runbook' || kind === 'fleet' ? `it is not a commands file but a ${kind}` : undefined;
}

function commandFilesNear(fleet: string, target: string, path: string, look: Look): readonly string[] | undefined {
  const folders = [...new Set([folderOf(target), folderOf(fleet)])].filter((folder) => folder !== undefined);
  const names = allOf(folders.map((folder) => look.names(folder)));
  return names?.flatMap((found, i) =>
    found
      .filter((name) => /\.commands\.ya?ml$/i.test(name))
      .toSorted()
      .map((name) => writtenLike(path, relativePath(fleet, childOf(folders[i] ?? '', name)))),
  );
}
