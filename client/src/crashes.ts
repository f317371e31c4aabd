import { CloseAction, type CloseHandlerResult, ErrorAction, type ErrorHandler } from 'vscode-languageclient';

/** So many ends of the server within so many milliseconds are taken for a lasting fault. */
const tooMany = 5;
const within = 3 * 60 * 1000;
/** Milliseconds to wait before the first, second … start; the last for all further ones. */
const pauses = [0, 1000, 4000, 10_000];

interface CrashListener {
  /** The server has ended by itself for the first time. */
  readonly ended: () => void;
  /** It keeps ending and is not started again. */
  readonly givenUp: () => void;
}

/**
 * Starts a server that has ended again, each time after a longer pause, unless it keeps ending.
 * While `isStarting` nothing is done, since whoever starts the server hears of it.
 */
export function crashHandler(isStarting: () => boolean, listener: CrashListener): ErrorHandler {
  let ends: number[] = [];
  let told = false;
  return {
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    async closed(): Promise<CloseHandlerResult> {
      if (isStarting()) return { action: CloseAction.DoNotRestart, handled: true };
      const now = Date.now();
      ends = [...ends.filter((end) => now - end < within), now];
      if (ends.length >= tooMany) {
        listener.givenUp();
        return { action: CloseAction.DoNotRestart, handled: true };
      }
      if (!told) listener.ended();
      told = true;
      const pause = pauses[Math.min(ends.length, pauses.length) - 1];
      await new Promise((done) => setTimeout(done, pause));
      return { action: CloseAction.Restart, handled: true };
    },
  };
}
