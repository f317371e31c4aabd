import { allOf, type Look } from './look.ts';
import { childOf, foldersAbove } from './uri.ts';

export const configName = '.runbook-lint.yaml';

/** The configuration that is given, else the nearest up the tree, or what says that there is none; undefined where files have to be loaded first. */
export function findConfig(
  uri: string,
  look: Look,
  given: string | undefined,
): { readonly uri: string; readonly text: string } | 'none' | undefined {
  // All at once: most often there is none, and then every folder has to be looked into anyway.
  const above = () => foldersAbove(uri).map((folder) => childOf(folder, configName));
  const places = given === undefined ? above() : [given];
  const results = allOf(places.map((place) => look.text(place)));
  if (results === undefined) return undefined;
  for (const [i, result] of results.entries()) {
    const place = places[i];
    if (place !== undefined && 'text' in result) return { uri: place, text: result.text };
  }
  return 'none';
}
