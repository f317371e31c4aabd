/** What is done of one step, counted in changes that are followed: a plain step is about one of them, and takes some microseconds. */
export interface Work {
  done: number;
  /** Beyond it the step is given up. */
  readonly most: number;
}
