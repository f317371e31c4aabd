import { commands, type Disposable, type ExtensionContext, type LogOutputChannel, window } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { documentSelector } from './documents.ts';
import { answerFileRequests } from './files.ts';

/** The client's id is also the prefix of its settings: the trace level is read from `runbookLint.trace.server`. */
export const clientId = 'runbookLint';
export const clientName = 'Runbook Lint';

type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** What a host's entry point holds on to. */
export interface Extension {
  /** Stops the server, if one runs. */
  stop(): Promise<void>;
}

/**
 * Starts the language client that `create` makes for this host, with the commands around it.
 * Never rejects: a server that does not start is shown to the user, and can be started again by the command.
 */
export async function startExtension(context: ExtensionContext, create: CreateClient): Promise<Extension> {
  const output = window.createOutputChannel(clientName, { log: true });
  const options: LanguageClientOptions = {
    documentSelector,
    outputChannel: output,
    // The server asks for the files that it cannot reach itself; which ones to watch it tells, too.
    initializationOptions: { fileRequests: true },
    // Our own message says the same once, and leads to the log.
    initializationFailedHandler: () => false,
  };
  let client: BaseLanguageClient | undefined;
  const stop = async () => {
    const running = client;
    client = undefined;
    if (running?.needsStop()) await running.stop();
  };
  // A new client each time: one whose start has failed refuses another.
  const start = async () => {
    client = create(options);
    answerFileRequests(client, output);
    await client.start();
  };
  // One starts a server again above all where it hangs; then it does not stop as it should, either.
  const restart = async () => {
    await stop().catch((error) => output.error(error));
    await start();
  };
  context.subscriptions.push(output, ...registerCommands(output, restart));
  await reportFailure(output, 'start', start);
  return { stop };
}

function registerCommands(output: LogOutputChannel, restart: () => Promise<void>): Disposable[] {
  return [
    commands.registerCommand('runbookLint.restartServer', () => reportFailure(output, 'restart', restart)),
    commands.registerCommand('runbookLint.showOutput', () => output.show()),
  ];
}

/** Runs `action`; a failure goes to the log and, in one sentence with a way there, to the user. */
async function reportFailure(output: LogOutputChannel, verb: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    output.error(error instanceof Error ? error : String(error));
    offerOutput(output, `Runbook Lint could not ${verb}, so runbooks are not checked. The output tells why.`);
  }
}

/** Not waited for: a message stays until the user answers it. */
function offerOutput(output: LogOutputChannel, text: string): void {
  const showOutput = 'Show Output';
  window.showErrorMessage(text, showOutput).then(
    (answer) => {
      if (answer === showOutput) output.show();
    },
    (error) => output.error(String(error)),
  );
}
