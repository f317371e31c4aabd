import { commands, type ExtensionContext, window } from 'vscode';
import type { Location, Position, Range } from 'vscode-languageclient';
import type { Server } from '../server.ts';

/** Commands that the server puts into code lenses; their arguments are those of the protocol. */
export function registerLinks(context: ExtensionContext, server: Server): void {
  context.subscriptions.push(
    commands.registerCommand('runbookLint._revealStep', async (uri: string, range: Range) => {
      const convert = server.client?.protocol2CodeConverter;
      if (convert === undefined) return;
      const place = convert.asRange(range);
      await window.showTextDocument(convert.asUri(uri), { selection: place.with(undefined, place.start) });
    }),
    commands.registerCommand(
      'runbookLint._showReferences',
      async (uri: string, position: Position, locations: readonly Location[]) => {
        const convert = server.client?.protocol2CodeConverter;
        if (convert === undefined) return;
        const places = locations.map((location) => convert.asLocation(location));
        const at = convert.asPosition(position);
        await commands.executeCommand('editor.action.showReferences', convert.asUri(uri), at, places);
      },
    ),
  );
}
