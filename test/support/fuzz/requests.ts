import { pick, type Random } from '../mutate.ts';
import { offsetOf, type Position, positionOf, type Range } from './client-text.ts';

export interface Request {
  readonly method: string;
  readonly params: object;
}

/** A place in a text, or outside of it. */
function anyPosition(text: string, random: Random): Position {
  const { line, character } = positionOf(text, random(text.length + 1));
  const kind = random(12);
  if (kind === 0) return { line: line + random(1000), character };
  if (kind === 1) return { line, character: character + random(1000) };
  if (kind === 2) return { line: 2 ** 31 - 1, character: 2 ** 31 - 1 };
  return { line, character };
}

/** A stretch of a text, short mostly; it may be reversed, or end outside. */
export function anyRange(text: string, random: Random): Range {
  const start = anyPosition(text, random);
  if (random(3) === 0) return { start, end: start };
  if (random(3) === 0) return { start, end: anyPosition(text, random) };
  return { start, end: positionOf(text, Math.min(text.length, offsetOf(text, start) + random(12))) };
}

export function wholeRange(text: string): Range {
  return { start: { line: 0, character: 0 }, end: positionOf(text, text.length) };
}

/** Some request about a document that may be none; `other` names another. */
export function anyRequest(uri: string, text: string, other: string, random: Random): Request {
  const textDocument = { uri };
  const position = anyPosition(text, random);
  const at = { textDocument, position };
  const range = random(3) === 0 ? wholeRange(text) : anyRange(text, random);
  const context = { diagnostics: [], ...(random(3) === 0 ? { only: ['source.fixAll'] } : {}) };
  const newName = pick(['zz-9', 'a b', '', 'web-a', '日本', '{{ x }}'], random);
  const data = pick([undefined, null, 5, { uri, kind: 'group', name: 'web-a' }, { uri, subsystem: 'web' }], random);
  const start = { line: 0, character: 0 };
  const all: readonly Request[] = [
    { method: 'textDocument/hover', params: at },
    { method: 'textDocument/completion', params: at },
    { method: 'textDocument/definition', params: at },
    { method: 'textDocument/references', params: { ...at, context: { includeDeclaration: random(2) === 0 } } },
    { method: 'textDocument/documentHighlight', params: at },
    { method: 'textDocument/prepareRename', params: at },
    { method: 'textDocument/rename', params: { ...at, newName } },
    { method: 'textDocument/signatureHelp', params: at },
    { method: 'textDocument/codeAction', params: { textDocument, range, context } },
    { method: 'textDocument/codeLens', params: { textDocument } },
    { method: 'textDocument/inlayHint', params: { textDocument, range } },
    { method: 'textDocument/documentSymbol', params: { textDocument } },
    { method: 'textDocument/documentLink', params: { textDocument } },
    { method: 'textDocument/foldingRange', params: { textDocument } },
    {
      method: 'textDocument/selectionRange',
      params: { textDocument, positions: [position, anyPosition(text, random)] },
    },
    { method: 'textDocument/semanticTokens/full', params: { textDocument } },
    {
      method: 'textDocument/semanticTokens/full/delta',
      params: { textDocument, previousResultId: `${random(4)}` },
    },
    { method: 'textDocument/semanticTokens/range', params: { textDocument, range } },
    { method: 'textDocument/formatting', params: { textDocument, options: { tabSize: 1 + random(8) } } },
    { method: 'textDocument/diagnostic', params: { textDocument, previousResultId: `${random(4)} 1000` } },
    { method: 'workspace/diagnostic', params: { previousResultIds: [] } },
    { method: 'workspace/symbol', params: { query: pick(['', 'web', '💥', 'x'.repeat(500)], random) } },
    { method: 'workspace/willRenameFiles', params: { files: [{ oldUri: uri, newUri: other }] } },
    { method: 'runbookLint/timeline', params: { uri } },
    { method: 'runbookLint/status', params: { uri } },
    { method: 'runbookLint/why', params: { uri } },
    { method: 'runbookLint/rulePage', params: { rule: pick(['below-minimum', 'constructor', ''], random) } },
    { method: 'completionItem/resolve', params: { label: 'x', data } },
    { method: 'codeLens/resolve', params: { range: { start, end: start }, data } },
  ];
  return pick(all, random);
}

/** What a client asks next about what it was given. */
export function furtherRequests(method: string, result: unknown): readonly Request[] {
  const items: readonly object[] = Array.isArray(result) ? result : (Object(result).items ?? []);
  const next: Readonly<Record<string, string>> = {
    'textDocument/completion': 'completionItem/resolve',
    'textDocument/codeLens': 'codeLens/resolve',
  };
  const resolve = next[method];
  return resolve === undefined ? [] : items.slice(0, 5).map((params) => ({ method: resolve, params }));
}

/** The parameters with something wrong in them. */
export function damaged(params: object, random: Random): unknown {
  const wrongs: readonly unknown[] = [
    ...[undefined, null, 5, 'x', [], {}, [null], { uri: null }, { start: null }],
    { line: -1, character: -1 },
    { line: 1.5, character: 'a' },
  ];
  const wrong = pick(wrongs, random);
  return random(6) === 0 ? wrong : { ...params, [pick(Object.keys(params), random)]: wrong };
}

/** Notifications about documents that no client sends. */
export const nonsense: readonly unknown[] = [
  ...[undefined, null, [], {}, { textDocument: null }, { textDocument: { uri: 5 } }],
  { textDocument: { uri: 'file:///ops/n.runbook.yaml' } },
];
