import type { TextDocument } from 'vscode-languageserver-textdocument';
import { canonicalUri } from '../project/uri.ts';

/** What a client was told of one document. */
interface Last {
  readonly version: number;
  /** The name of what was said of it; undefined where it is not checked. */
  readonly id: string | undefined;
}

/** What the client was told last of each open document: it was sent to it, or it has asked. */
interface Told {
  last(uri: string): Last | undefined;
  /** Whether it is news. */
  tell(document: TextDocument, id: string | undefined): boolean;
  /** The client was told that nothing is new, because the document is not saved. */
  putOff(uri: string): void;
  /** Whether something was put off, which from now on it is no more. */
  takeUp(uri: string): boolean;
  forget(uri: string): void;
}

export function createTold(): Told {
  const lasts = new Map<string, Last>();
  const waiting = new Set<string>();
  return {
    last: (uri) => lasts.get(canonicalUri(uri)),
    tell({ uri: given, version }, id) {
      const uri = canonicalUri(given);
      const last = lasts.get(uri);
      lasts.set(uri, { version, id });
      return last?.version !== version || last.id !== id;
    },
    putOff(uri) {
      waiting.add(canonicalUri(uri));
    },
    takeUp: (uri) => waiting.delete(canonicalUri(uri)),
    forget(given) {
      const uri = canonicalUri(given);
      lasts.delete(uri);
      waiting.delete(uri);
    },
  };
}
