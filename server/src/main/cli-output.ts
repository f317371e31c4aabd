/** Where the command line writes to. */
export interface Output {
  out(text: string): void;
  note(text: string): void;
  /** Whether standard output can show colours. */
  readonly colour: boolean;
}
