import { allOf, type Look } from './look.ts';
import { childOf, foldersAbove } from './uri.ts';

export const configName = '.runbook-lint.yaml';

/** The nearest configuration up the tree, or what says that there is none; undefined where files have to be loaded first. */
export function findConfig(
  uri: string,
  look: Look,
): { readonly uri: string; readonly text: string } | 'none' | undefined {
  // All at once: most often there is none, and then every folder has to be looked into anyway.
  const places = foldersAbove(uri).map((folder) => childOf(folder, configName));
  const results = allOf(places.map((place) => look.text(place)));
  if (results === undefined) return undefined;
  for (const [i, result] of results.entries()) {
    const place = places[i];
    if (place !== undefined && 'text' in result) return { uri: place, text: result.text };
  }
  return 'none';
}
