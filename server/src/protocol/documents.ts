import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { canonicalUri } from '../project/uri.ts';

/** The open documents, kept in step with the client. A document's own `uri` is in the client's spelling. */
export interface Documents {
  open(params: DidOpenTextDocumentParams): TextDocument;
  /** Undefined where the document was never opened. */
  change(params: DidChangeTextDocumentParams): TextDocument | undefined;
  close(params: DidCloseTextDocumentParams): TextDocument | undefined;
  /** Where the last edit of a document ended, while somebody may still be typing there. */
  editEnd(uri: string): number | undefined;
  /** The document was saved: nobody is typing in it any more. */
  settle(uri: string): void;
  /** It has been changed since it was opened or saved. */
  isUnsaved(uri: string): boolean;
  get(uri: string): TextDocument | undefined;
  all(): readonly TextDocument[];
  /** A URI as the client spells it, as far as it has spelled it. */
  spelling(uri: string): string;
  /** Lines and columns in a text of that file; the open document where it is the same text. */
  withText(uri: string, text: string): TextDocument;
}

/** Texts of other files whose lines are known; positions are asked for in the same few fleets again and again. */
const mostOthers = 64;

export function createDocuments(): Documents {
  const open = new Map<string, TextDocument>();
  const editEnds = new Map<string, number>();
  const unsaved = new Set<string>();
  const others = new Map<string, TextDocument>();

  function withText(uri: string, text: string): TextDocument {
    const document = open.get(uri);
    if (document?.getText() === text) return document;
    const other = others.get(uri);
    if (other?.getText() === text) return other;
    if (others.size >= mostOthers) others.clear();
    const made = TextDocument.create(uri, 'yaml', 0, text);
    others.set(uri, made);
    return made;
  }

  return {
    open({ textDocument: { uri, languageId, version, text } }) {
      // A document without a text would be in the way of all that looks through the open ones.
      if (typeof uri !== 'string' || typeof text !== 'string')
        throw new TypeError('A document is opened without a text.');
      const document = TextDocument.create(uri, languageId, version, text);
      open.set(canonicalUri(uri), document);
      editEnds.delete(canonicalUri(uri));
      unsaved.delete(canonicalUri(uri));
      return document;
    },
    change({ textDocument: { uri, version }, contentChanges }) {
      const document = open.get(canonicalUri(uri));
      const last = contentChanges.at(-1);
      if (document === undefined || last === undefined) return document && TextDocument.update(document, [], version);
      unsaved.add(canonicalUri(uri));
      const earlier = contentChanges.slice(0, -1);
      const before = earlier.length === 0 ? document : TextDocument.update(document, earlier, version);
      if ('range' in last) editEnds.set(canonicalUri(uri), before.offsetAt(last.range.start) + last.text.length);
      else editEnds.delete(canonicalUri(uri));
      return TextDocument.update(before, [last], version);
    },
    editEnd: (uri) => editEnds.get(canonicalUri(uri)),
    settle(given) {
      const uri = canonicalUri(given);
      editEnds.delete(uri);
      unsaved.delete(uri);
    },
    isUnsaved: (uri) => unsaved.has(canonicalUri(uri)),
    close({ textDocument }) {
      const uri = canonicalUri(textDocument.uri);
      const document = open.get(uri);
      open.delete(uri);
      editEnds.delete(uri);
      unsaved.delete(uri);
      return document;
    },
    get: (uri) => open.get(canonicalUri(uri)),
    all: () => [...open.values()],
    spelling: (uri) => open.get(canonicalUri(uri))?.uri ?? uri,
    withText: (uri, text) => withText(canonicalUri(uri), text),
  };
}
