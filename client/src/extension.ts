import { commands, type ExtensionContext, type LogOutputChannel, window } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { crashHandler } from './crashes.ts';
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
  const server = serverOf(create, output);
  context.subscriptions.push(
    output,
    commands.registerCommand('runbookLint.restartServer', () => reportFailure(output, 'restart', server.restart)),
    commands.registerCommand('runbookLint.showOutput', () => output.show()),
  );
  await reportFailure(output, 'start', server.start);
  return server;
}

function serverOf(create: CreateClient, output: LogOutputChannel) {
  let client: BaseLanguageClient | undefined;
  let starting = false;
  const giveUp = () => tell(output, 'Runbook Lint has ended several times in a row and was not started again.');
  const options: LanguageClientOptions = {
    documentSelector,
    outputChannel: output,
    // The server asks for the files that it cannot reach itself; which ones to watch it tells, too.
    initializationOptions: { fileRequests: true },
    initializationFailedHandler: () => false,
    errorHandler: crashHandler(() => starting, giveUp),
  };
  // A new client each time: one whose start has failed refuses another.
  const start = async () => {
    client = quieted(create(options));
    answerFileRequests(client, output);
    starting = true;
    try {
      await client.start();
    } finally {
      starting = false;
    }
  };
  const stop = async () => {
    const running = client;
    client = undefined;
    if (running?.needsStop()) await running.stop();
  };
  // One starts a server again above all where it hangs; then it does not stop as it should, either.
  const restart = async () => {
    await stop().catch((error) => output.error(error));
    await start();
  };
  return { start, stop, restart };
}

/** The library logs its errors as before, but leaves it to us to say once, in the user's words, what they mean. */
function quieted(client: BaseLanguageClient): BaseLanguageClient {
  const log = client.error.bind(client);
  client.error = (message, data) => log(message, data, false);
  return client;
}

/** Runs `action`; a failure goes to the log and, in one sentence with a way there, to the user. */
async function reportFailure(output: LogOutputChannel, verb: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    output.error(error instanceof Error ? error : String(error));
    tell(output, `Runbook Lint could not ${verb}, so runbooks are not checked.`);
  }
}

/** Not waited for: a message stays until the user answers it. */
function tell(output: LogOutputChannel, what: string): void {
  const showOutput = 'Show Output';
  const restart = 'Restart Server';
  window.showErrorMessage(`${what} The output tells why.`, showOutput, restart).then(
    (answer) => {
      if (answer === showOutput) output.show();
      if (answer === restart) void commands.executeCommand('runbookLint.restartServer');
    },
    (error) => output.error(String(error)),
  );
}
