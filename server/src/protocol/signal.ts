import type { CancellationToken } from 'vscode-languageserver';

/** Tells those who wait that something has changed. */
export interface Signal {
  fire(): void;
  /** Until the next time, or until the request is cancelled. */
  next(token: CancellationToken): Promise<void>;
}

export function createSignal(): Signal {
  let waiting: (() => void)[] = [];
  return {
    fire() {
      for (const resolve of waiting.splice(0)) resolve();
    },
    next(token) {
      if (token.isCancellationRequested) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          cancelled.dispose();
          waiting = waiting.filter((one) => one !== done);
          resolve();
        };
        const cancelled = token.onCancellationRequested(done);
        waiting.push(done);
      });
    },
  };
}
