/** How long the extension's start has taken, in milliseconds from its activation on. */
export class StartTimes {
  readonly #from = performance.now();
  readonly #marks = new Map<string, number>();

  /** Notes the first time that something is reached. */
  mark(what: 'server asked' | 'server ready' | 'first file' | 'first findings'): void {
    if (!this.#marks.has(what)) this.#marks.set(what, Math.round(performance.now() - this.#from));
  }

  /** `server asked after 12 ms, server ready after 80 ms, first findings after 120 ms` */
  toString(): string {
    return [...this.#marks].map(([what, after]) => `${what} after ${after} ms`).join(', ');
  }
}
