import { commands, type ExtensionContext, window } from 'vscode';
import { registerCheckWorkspace } from './commands/check-workspace.ts';
import { registerExplain } from './commands/explain.ts';
import { watchForTheFirstFix } from './commands/fixed-once.ts';
import { registerLinks } from './commands/links.ts';
import { registerNewFile } from './commands/new-file.ts';
import { registerRulePages } from './commands/rule-pages.ts';
import { registerSample } from './commands/sample.ts';
import { registerSelectFleet } from './commands/select-fleet.ts';
import { registerTroubleshooting } from './commands/troubleshooting.ts';
import { type CreateClient, createServer, type Server } from './server.ts';
import { StartTimes } from './start-times.ts';
import { registerStatus } from './status.ts';
import { registerTimeline } from './timeline/view.ts';

/** The client's id is also the prefix of its settings: the trace level is read from `runbookLint.trace.server`. */
export const clientId = 'runbookLint';
export const clientName = 'Runbook Lint';

/**
 * Starts the language client that `create` makes for this host, with everything around it.
 * Never rejects: a server that does not start is shown to the user, and can be started again by the command.
 */
export async function startExtension(context: ExtensionContext, create: CreateClient): Promise<Server> {
  const times = new StartTimes();
  const output = window.createOutputChannel(clientName, { log: true });
  const server = createServer(create, output, times);
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
