import type {
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensDeltaParams,
  SemanticTokensParams,
  SemanticTokensRangeParams,
} from 'vscode-languageserver';
import { tokensIn } from '../../features/tokens.ts';
import { canonicalUri } from '../../project/uri.ts';
import { spanOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import type { Session } from '../session.ts';
import { snapshotOf } from '../snapshot.ts';
import { editsBetween, tokenData } from '../token-data.ts';

interface Told {
  readonly resultId: string;
  readonly data: readonly number[];
}

/** What a client was told last of each document, for the next difference. */
const told = new WeakMap<Session, Map<string, Told>>();

/** The meaning of every word of a document. */
export const semanticTokens: Handler<SemanticTokensParams, SemanticTokens | null> = async (session, params) => {
  const uri = params.textDocument.uri;
  const data = await dataOf(session, uri);
  return data === undefined ? null : { resultId: remember(session, uri, data), data };
};

/** The same, as a difference from the last answer. */
export const semanticTokensDelta: Handler<
  SemanticTokensDeltaParams,
  SemanticTokens | SemanticTokensDelta | null
> = async (session, { textDocument: { uri }, previousResultId }) => {
  const before = told.get(session)?.get(canonicalUri(uri));
  const data = await dataOf(session, uri);
  if (data === undefined) return null;
  const resultId = remember(session, uri, data);
  if (before?.resultId !== previousResultId) return { resultId, data };
  return { resultId, edits: editsBetween(before.data, data) };
};

/** The meaning of the words in a stretch of a document. */
export const semanticTokensRange: Handler<SemanticTokensRangeParams, SemanticTokens | null> = async (
  session,
  { textDocument, range },
) => {
  const snapshot = await snapshotOf(session, textDocument.uri);
  if (snapshot === undefined) return null;
  const { document, analysis } = snapshot;
  return { data: tokenData(tokensIn(analysis, spanOf(document, range)), document) };
};

async function dataOf(session: Session, uri: string): Promise<number[] | undefined> {
  const snapshot = await snapshotOf(session, uri);
  if (snapshot === undefined) return undefined;
  const { document, analysis } = snapshot;
  return tokenData(tokensIn(analysis, { start: 0, end: analysis.text.length }), document);
}

function remember(session: Session, given: string, data: readonly number[]): string {
  const all = told.get(session) ?? new Map<string, Told>();
  told.set(session, all);
  const uri = canonicalUri(given);
  // Only what is open is asked about; what has been closed need not be kept.
  for (const known of all.keys()) if (session.documents.get(known) === undefined) all.delete(known);
  const resultId = `${Number(all.get(uri)?.resultId ?? 0) + 1}`;
  all.set(uri, { resultId, data });
  return resultId;
}
