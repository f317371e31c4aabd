import { type ChildProcess, fork } from 'node:child_process';

/** The process that the server runs in, one at a time. */
export interface ServerProcess {
  /** Starts it before anybody speaks to it, so that it is ready sooner. */
  prepare(): void;
  /** The process that is prepared, or a new one; one that was taken before is ended, should it still run. */
  take(log: (line: string) => void): ChildProcess;
  /** Once it has been told to go: waits until it has, and ends one that does not. */
  end(): Promise<void>;
}

async function ended(child: ChildProcess | undefined, patience: number): Promise<void> {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill(), patience);
  await new Promise((resolve) => child.once('exit', resolve));
  clearTimeout(timer);
}

/**
 * @param module the server's program
 * @param more words for it, besides those that it always gets
 * @param patience how long it may take to go, in milliseconds; the editor gives an extension five seconds for that
 */
export function serverProcess(module: string, more: readonly string[], patience = 2000): ServerProcess {
  let prepared: ChildProcess | undefined;
  let taken: ChildProcess | undefined;

  function start(): ChildProcess {
    // Its own end, should this process end without a word, it finds out by the number.
    const words = ['--node-ipc', `--clientProcessId=${process.pid}`, '--warm-up', ...more];
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' };
    const child = fork(module, words, { env, execArgv: [], silent: true });
    // Whoever speaks to it hears of this too; without any listener Node would end this process.
    child.on('error', () => {});
    return child;
  }

  return {
    prepare() {
      prepared ??= start();
    },
    take(log) {
      taken?.kill();
      const child = prepared?.exitCode === null && prepared.signalCode === null ? prepared : start();
      prepared = undefined;
      taken = child;
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => log(text.trimEnd()));
      }
      child.on('exit', (code, signal) => {
        if (code !== 0) log(`The server's process ended with ${signal ?? `status ${code}`}.`);
      });
      return child;
    },
    async end() {
      prepared?.kill();
      await ended(taken, patience);
    },
  };
}
