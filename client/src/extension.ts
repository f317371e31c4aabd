import { commands, type ExtensionContext, window } from 'vscode';
import type { MessageTransports } from 'vscode-languageclient';
import { Client, clientName } from './client.ts';
import { registerCheckWorkspace } from './commands/check-workspace.ts';
import { registerCreateConfig } from './commands/create-config.ts';
import { registerExplain } from './commands/explain.ts';
import { watchForTheFirstFix } from './commands/fixed-once.ts';
import { registerLinks } from './commands/links.ts';
import { registerNewFile } from './commands/new-file.ts';
import { registerRulePages } from './commands/rule-pages.ts';
import { registerSample } from './commands/sample.ts';
import { registerSelectFleet } from './commands/select-fleet.ts';
import { registerTroubleshooting } from './commands/troubleshooting.ts';
import { createServer, type Server } from './server.ts';
import { StartTimes } from './start-times.ts';
import { registerStatus } from './status.ts';
import { registerTimeline } from './timeline/view.ts';

/** Starts a server and gives the ways to and from it; what it writes besides goes to the log. */
export type Connect = (log: (line: string) => void) => MessageTransports;

/**
 * Starts the language client, with everything around it. `from` is when the activation began, by `performance.now()`.
 * Never rejects: a server that does not start is shown to the user, and can be started again by the command.
 */
export async function startExtension(context: ExtensionContext, connect: Connect, from: number): Promise<Server> {
  const times = new StartTimes(from);
  const output = window.createOutputChannel(clientName, { log: true });
  const log = (line: string) => output.error(line);
  const server = createServer((options) => new Client(() => connect(log), options), output, times);
  context.subscriptions.push(
    output,
    commands.registerCommand('runbookLint.restartServer', () => server.restart()),
    commands.registerCommand('runbookLint.showOutput', () => output.show()),
    commands.registerCommand('runbookLint.openWalkthrough', () =>
      commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#runbookLint.gettingStarted`),
    ),
    commands.registerCommand('runbookLint.fixAll', () =>
      commands.executeCommand('editor.action.codeAction', { kind: 'source.fixAll.runbook-lint', apply: 'first' }),
    ),
  );
  // Started before the rest is set up: the server's start is what the first finding waits for.
  const started = server.start();
  registerSample(context);
  registerTimeline(context, server);
  registerStatus(context, server);
  registerRulePages(context, server);
  registerNewFile(context);
  registerCreateConfig(context);
  registerSelectFleet(context);
  registerExplain(context, server);
  registerTroubleshooting(context, server);
  registerCheckWorkspace(context, server);
  registerLinks(context, server);
  watchForTheFirstFix(context);
  void commands.executeCommand('setContext', 'runbookLint.active', true);
  await started;
  return server;
}
