import { commands, type ExtensionContext, l10n, window } from 'vscode';
import { type Why, whyRequest } from '../../../server/src/protocol/messages.ts';
import type { Server } from '../server.ts';

/** Registers *Why Is This File (Not) Checked?*. The answer is shown in a dialogue, since the user has asked. */
export function registerExplain(context: ExtensionContext, server: Server): void {
  context.subscriptions.push(
    commands.registerCommand('runbookLint.explainFile', async () => {
      const uri = window.activeTextEditor?.document.uri;
      const sentences = uri === undefined ? [l10n.t('No file is open.')] : await why(server, uri.toString());
      const [first = '', ...rest] = sentences;
      const fleet = l10n.t('Select Fleet');
      const buttons = window.activeTextEditor?.document.languageId === 'runbook' ? [fleet] : [];
      const options = { modal: true, detail: rest.join('\n') };
      // Not waited for: the dialogue stays until it is answered.
      window.showInformationMessage(first, options, ...buttons).then(
        (answer) => {
          if (answer === fleet) void commands.executeCommand('runbookLint.selectFleet');
        },
        () => {},
      );
      return sentences;
    }),
  );
}

async function why(server: Server, uri: string): Promise<readonly string[]> {
  const answer = await server.ask<Why>(whyRequest, { uri });
  return answer?.sentences ?? [l10n.t('The language server does not run, so no file is checked.')];
}
