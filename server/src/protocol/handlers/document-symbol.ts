import {
  type DocumentSymbol,
  type DocumentSymbolParams,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import * as features from '../../features/symbols.ts';
import { rangeOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import { snapshotOf } from '../snapshot.ts';

export const symbolKinds: Readonly<Record<features.SymbolKind, SymbolKind>> = {
  file: SymbolKind.File,
  section: SymbolKind.Namespace,
  parameter: SymbolKind.Variable,
  step: SymbolKind.Event,
  subsystem: SymbolKind.Class,
  group: SymbolKind.Object,
  tool: SymbolKind.Module,
  usage: SymbolKind.Method,
  rule: SymbolKind.Property,
};

/** The outline of a document; flat for a client that shows no tree. */
export const documentSymbols: Handler<DocumentSymbolParams, DocumentSymbol[] | SymbolInformation[]> = async (
  session,
  { textDocument },
) => {
  const snapshot = await snapshotOf(session, textDocument.uri);
  if (snapshot === undefined) return [];
  const { document, analysis } = snapshot;
  const symbols = features.symbolsIn(analysis);
  if (session.traits.symbolTree) return symbols.map((symbol) => tree(symbol, document));
  return symbols.flatMap((symbol) => flat(symbol, document, ''));
};

function tree({ kind, name, detail, span, at, children }: features.FileSymbol, document: TextDocument): DocumentSymbol {
  return {
    name,
    ...(detail === '' ? {} : { detail }),
    kind: symbolKinds[kind],
    range: rangeOf(document, span),
    selectionRange: rangeOf(document, at),
    children: children.map((child) => tree(child, document)),
  };
}

function flat(symbol: features.FileSymbol, document: TextDocument, container: string): SymbolInformation[] {
  const { kind, name, at, children } = symbol;
  const own: SymbolInformation = {
    name,
    kind: symbolKinds[kind],
    location: { uri: document.uri, range: rangeOf(document, at) },
    ...(container === '' ? {} : { containerName: container }),
  };
  return [own, ...children.flatMap((child) => flat(child, document, name))];
}
