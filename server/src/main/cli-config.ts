import type { ConfigAnalysis } from '../lint/analysis.ts';
import { configsIn } from '../project/find-config.ts';
import type { Project } from '../project/project.ts';
import { foldersAbove } from '../project/uri.ts';

/** The configurations that count for these files and have mistakes in them: what they say is left out, and nobody would know. */
export async function brokenConfigs(uris: Iterable<string>, project: Project): Promise<readonly ConfigAnalysis[]> {
  const nearest = new Map<string, ConfigAnalysis | undefined>();
  for (const uri of uris) await configAbove(foldersAbove(uri), project, nearest);
  return [...new Set(nearest.values())].flatMap((file) =>
    file !== undefined && file.findings.length > 0 ? [file] : [],
  );
}

/** The nearest configuration up the tree, by folder. */
async function configAbove(
  [folder, ...above]: readonly string[],
  project: Project,
  nearest: Map<string, ConfigAnalysis | undefined>,
): Promise<ConfigAnalysis | undefined> {
  if (folder === undefined) return undefined;
  if (nearest.has(folder)) return nearest.get(folder);
  const here = await Promise.all(configsIn([folder]).map((uri) => project.analyse(uri)));
  const found = here.find((one) => one?.kind === 'config') ?? (await configAbove(above, project, nearest));
  nearest.set(folder, found);
  return found;
}
