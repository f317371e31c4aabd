import {
  type CancellationToken,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  WorkspaceDiagnosticRequest,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { canonicalUri, nameOf } from '../../project/uri.ts';
import { diagnosticsOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import { beginProgress } from '../progress.ts';
import type { Session } from '../session.ts';
import { nextTurn } from '../turn.ts';

/** A client may ask about one folder alone. */
type Params = WorkspaceDiagnosticParams & { readonly folder?: string };

/** Files of one partial answer. */
const together = 10;
/** Fewer files that are not known yet are checked without showing how far it has come. */
const worthShowing = 10;
/** So often all files are gone through again because something has changed meanwhile. */
const mostPasses = 3;
/** The name of what is said of a file that is not there any more. */
const gone = 'gone';

/**
 * The findings of every file of the workspace.
 * A client that has been told all of it already is answered when something changes: it asks again and again.
 */
export const workspaceDiagnostics: Handler<Params, WorkspaceDiagnosticReport> = async (session, params, token) => {
  const before = new Map(params.previousResultIds.map(({ uri, value }) => [canonicalUri(uri), value]));
  for (let passes = 0; ; ) {
    const version = session.project.version();
    const items = await allFindings(session, params, before, token);
    // An edit came in between: what was found before it may be old already.
    passes += 1;
    if (session.project.version() !== version && items.sent === 0 && passes < mostPasses) continue;
    passes = 0;
    const isNews = items.rest.some(({ kind }) => kind === 'full') || items.sent > 0;
    if (isNews || before.size === 0 || token.isCancellationRequested) return { items: items.rest };
    if (session.project.version() === version) await session.signal.next(token);
    if (token.isCancellationRequested) return { items: [] };
  }
};

interface Items {
  /** Sent ahead, where the client takes partial answers. */
  readonly sent: number;
  readonly rest: WorkspaceDocumentDiagnosticReport[];
}

async function allFindings(
  session: Session,
  { partialResultToken, workDoneToken, folder }: Params,
  before: ReadonlyMap<string, string>,
  token: CancellationToken,
): Promise<Items> {
  const { project, connection } = session;
  const { uris: found, complete } = await project.workspaceFiles(() => token.isCancellationRequested);
  const uris = folder === undefined ? found : found.filter((uri) => uri.startsWith(`${canonicalUri(folder)}/`));
  if (!complete) connection.console.warn(`The workspace has more files than are read: ${found.length} are checked.`);
  const unknown = uris.filter((uri) => project.peek(uri) === undefined).length;
  const progress =
    workDoneToken !== undefined || unknown >= worthShowing ? await beginProgress(session, workDoneToken) : undefined;
  let sent = 0;
  let items: WorkspaceDocumentDiagnosticReport[] = [];
  const flush = () => {
    if (partialResultToken === undefined || !items.some(({ kind }) => kind === 'full')) return;
    void connection.sendProgress(WorkspaceDiagnosticRequest.partialResult, partialResultToken, { items });
    sent += items.length;
    items = [];
  };
  try {
    for (const [i, uri] of uris.entries()) {
      if (token.isCancellationRequested) break;
      const item = await reportOf(session, uri, before.get(uri));
      if (item !== undefined) items.push(item);
      progress?.report(i + 1, uris.length, nameOf(uri));
      if (items.length >= together) flush();
      await nextTurn();
    }
    items.push(...noLonger(session, uris, before));
    flush();
  } finally {
    progress?.end();
  }
  return { sent, rest: items };
}

async function reportOf(
  session: Session,
  uri: string,
  previous: string | undefined,
): Promise<WorkspaceDocumentDiagnosticReport | undefined> {
  const { project, settings, documents, diagnostics } = session;
  await settings.know(uri);
  if (settings.whyNot(uri) !== undefined) return undefined;
  const analysis = project.analyseNow(uri) ?? (await project.analyse(uri));
  if (analysis === undefined) return undefined;
  const open = documents.get(uri);
  const known = {
    uri: documents.spelling(uri),
    version: open?.version ?? null,
    resultId: diagnostics.resultId(analysis),
  };
  if (known.resultId === previous) return { kind: 'unchanged', ...known };
  const document = documents.withText(uri, analysis.text);
  return { kind: 'full', ...known, items: diagnosticsOf(analysis, document, session, settings.of(uri).maxProblems) };
}

/** Files that the client was told of and that are there no more, or are none of ours now. */
function noLonger(
  { project, documents, settings }: Session,
  uris: readonly string[],
  before: ReadonlyMap<string, string>,
): readonly WorkspaceDocumentDiagnosticReport[] {
  const there = new Set(uris);
  return [...before].flatMap(([uri, value]): WorkspaceDocumentDiagnosticReport[] => {
    if (there.has(uri) && project.peek(uri) !== undefined && settings.whyNot(uri) === undefined) return [];
    const report = { uri: documents.spelling(uri), version: null, resultId: gone };
    return [value === gone ? { kind: 'unchanged', ...report } : { kind: 'full', ...report, items: [] }];
  });
}
