import { commands, type ExtensionContext, l10n, window } from 'vscode';
import { type Why, whyRequest } from '../../../server/src/protocol/messages.ts';
import type { Server } from '../server.ts';

/** Registers *Why Is This File (Not) Checked?*. The answer is shown in a dialogue, since the user has asked. */
export function registerExplain(context: ExtensionContext, server: Server): void {
  context.subscriptions.push(
    commands.registerCommand('runbookLint.explainFile', async () => {
      const uri = window.activeTextEditor?.document.uri;
      const answer = uri && (await server.ask<Why>(whyRequest, { uri: uri.toString() }));
      const sentences = answer?.sentences ?? [without(uri !== undefined)];
      const [first = '', ...rest] = sentences.map(plain);
      const fleet = l10n.t('Select Fleet');
      const buttons = answer?.kind === 'runbook' && answer.checked && answer.fleets.length === 0 ? [fleet] : [];
      const options = { modal: true, detail: rest.join('\n') };
      // Not waited for: the dialogue stays until it is answered.
      window.showInformationMessage(first, options, ...buttons).then(
        (chosen) => {
          if (chosen === fleet) void commands.executeCommand('runbookLint.selectFleet');
        },
        () => {},
      );
      return sentences;
    }),
  );
}

function without(isOpen: boolean): string {
  return isOpen ? l10n.t('The language server does not run, so no file is checked.') : l10n.t('No file is open.');
}

/** A dialogue shows text as it is. */
function plain(sentence: string): string {
  return sentence.replace(/`([^`]*)`/g, '“$1”');
}
