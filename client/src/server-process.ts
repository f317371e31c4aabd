import { type ChildProcess, fork } from 'node:child_process';

/** The process that the server runs in, one at a time. */
export interface ServerProcess {
  /** Starts it before anybody speaks to it, so that it is ready sooner. */
  prepare(): void;
  /** The process that is prepared, or a new one; one that was taken before is ended, should it still run. */
  take(log: (line: string) => void): ChildProcess;
  end(): void;
}

/** @param module the server's program */
export function serverProcess(module: string): ServerProcess {
  let prepared: ChildProcess | undefined;
  let taken: ChildProcess | undefined;

  function start(): ChildProcess {
    // Its own end, should this process end without a word, it finds out by the number.
    const words = ['--node-ipc', `--clientProcessId=${process.pid}`, '--warm-up'];
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
    end() {
      prepared?.kill();
      taken?.kill();
    },
  };
}
