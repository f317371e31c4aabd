import type { CancellationToken } from 'vscode-languageserver';
import type { Analysis } from '../lint/analysis.ts';
import type { Session } from './session.ts';
import { nextTurn } from './turn.ts';

/** The analyses of files that may have names in common with one. Stops early where the request is cancelled. */
export async function analysesAround(
  session: Session,
  uri: string,
  token: CancellationToken,
): Promise<readonly Analysis[]> {
  const { project } = session;
  return analysesOf(session, await project.filesAround(uri, () => token.isCancellationRequested), token);
}

/** The analyses of files, open or not, one after the other; without those that are not to be checked. */
export async function analysesOf(
  { project, settings }: Session,
  uris: readonly string[],
  token: CancellationToken,
): Promise<readonly Analysis[]> {
  const analyses: Analysis[] = [];
  for (const uri of uris) {
    if (token.isCancellationRequested) break;
    await settings.know(uri);
    if (settings.whyNot(uri) !== undefined) continue;
    const analysis = project.analyseNow(uri) ?? (await project.analyse(uri));
    if (analysis !== undefined) analyses.push(analysis);
    await nextTurn();
  }
  return analyses;
}
