/** What says that another figure was meant than the typed one. */
export interface Evidence {
  readonly meant: number;
  /** A clause: "the name of the step says 4". */
  readonly said: string;
  /** What the typed figure looks like; undefined: a slip of the key. */
  readonly looksLike?: string;
}
