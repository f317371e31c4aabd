/** What is reached on the way from the extension's activation to what the user sees, in this order. */
type Milestone = 'client read' | 'server asked' | 'server ready' | 'first file' | 'first findings';

/** How long the extension's start has taken, in milliseconds from its activation on. */
export class StartTimes {
  readonly #from: number;
  readonly #marks = new Map<Milestone, number>();

  /** @param from when it was activated, by `performance.now()` */
  constructor(from: number) {
    this.#from = from;
    this.mark('client read');
  }

  /** Notes the first time that something is reached. */
  mark(what: Milestone): void {
    if (!this.#marks.has(what)) this.#marks.set(what, Math.round(performance.now() - this.#from));
  }

  /** `client read after 20 ms, server asked after 25 ms, server ready after 80 ms, first findings after 120 ms` */
  toString(): string {
    return [...this.#marks].map(([what, after]) => `${what} after ${after} ms`).join(', ');
  }
}
