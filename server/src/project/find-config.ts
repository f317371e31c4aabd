import { allOf, type Look } from './look.ts';
import { childOf, foldersAbove } from './uri.ts';

/** The first is the one to write. */
export const configNames = ['.runbook-lint.yaml', '.runbook-lint.yml'] as const;

/** The places of a configuration for files of these folders, the nearest first. */
export function configsIn(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => configNames.map((name) => childOf(folder, name)));
}

/** The configuration that is given, else the nearest up the tree, or what says that there is none; undefined where files have to be loaded first. */
export function findConfig(
  uri: string,
  look: Look,
  given: string | undefined,
): { readonly uri: string; readonly text: string } | 'none' | undefined {
  // All at once: most often there is none, and then every folder has to be looked into anyway.
  const places = given === undefined ? configsIn(foldersAbove(uri)) : [given];
  const results = allOf(places.map((place) => look.text(place)));
  if (results === undefined) return undefined;
  for (const [i, result] of results.entries()) {
    const place = places[i];
    if (place !== undefined && 'text' in result) return { uri: place, text: result.text };
  }
  return 'none';
}
