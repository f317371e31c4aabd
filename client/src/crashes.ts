import { CloseAction, type CloseHandlerResult, ErrorAction, type ErrorHandler } from 'vscode-languageclient';

/** So many ends of the server within so many milliseconds are taken for a lasting fault. */
const tooMany = 5;
const within = 3 * 60 * 1000;

/**
 * Starts a server that has ended again, unless it keeps ending: then `giveUp` is called.
 * While `isStarting` nothing is done, since whoever starts the server hears of it.
 */
export function crashHandler(isStarting: () => boolean, giveUp: () => void): ErrorHandler {
  let ends: number[] = [];
  return {
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed(): CloseHandlerResult {
      if (isStarting()) return { action: CloseAction.DoNotRestart, handled: true };
      const now = Date.now();
      ends = [...ends.filter((end) => now - end < within), now];
      if (ends.length < tooMany) return { action: CloseAction.Restart, handled: true };
      giveUp();
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}
