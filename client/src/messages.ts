import { commands, type LogOutputChannel, l10n, window } from 'vscode';

/** Tells of a fault, with the log and a restart at hand. Not waited for: a message stays until the user answers it. */
export function tellFault(output: LogOutputChannel, what: string): void {
  const showOutput = l10n.t('Show Output');
  const restart = l10n.t('Restart Server');
  window.showErrorMessage(`${what} ${l10n.t('The output tells why.')}`, showOutput, restart).then(
    (answer) => {
      if (answer === showOutput) output.show();
      if (answer === restart) void commands.executeCommand('runbookLint.restartServer');
    },
    (error) => output.error(String(error)),
  );
}

/** What went wrong, for the log: with its stack, where it has one. */
export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
