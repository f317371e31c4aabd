/** What says that another figure was meant than the typed one. */
export interface Evidence {
  readonly meant: number;
  /** A clause: "the name of the step says 4". */
  readonly said: string;
}
