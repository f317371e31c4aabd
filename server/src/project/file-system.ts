/** The world outside, as far as the linter needs it. A host brings one: Node, a browser's client, a test. */
export interface FileSystem {
  /** The file's text, or why it cannot be had. Never rejects. Text that is not UTF-8 is `not text`. */
  read(uri: string): Promise<ReadResult>;
  /** Names in a folder; empty where it cannot be listed. Never rejects. */
  list(folderUri: string): Promise<readonly string[]>;
}

export type ReadResult =
  | { readonly text: string }
  | { readonly why: 'missing' | 'a folder' | 'not text' | 'too large' | 'unreadable' };
