import assert from 'node:assert/strict';
import type { ClientCapabilities } from 'vscode-languageserver/node';
import { serverCapabilities } from '../../../server/src/protocol/capabilities.ts';
import { traitsOf } from '../../../server/src/protocol/client-traits.ts';

function traits(capabilities: ClientCapabilities, initializationOptions?: unknown) {
  return traitsOf({ processId: null, rootUri: null, capabilities, initializationOptions });
}

describe('capabilities', () => {
  it('of a client that says nothing are none', () => {
    const { knows, commands, folders, mostFolds, workspaceDiagnostics, initialSettings, ...said } = traits({});
    assert.deepEqual(
      [...Object.entries(said), ...Object.entries(knows)].filter(([, value]) => value !== false && value !== undefined),
      [],
    );
    assert.equal(commands.size + folders.length + initialSettings.length, 0);
    assert.equal(mostFolds, Number.POSITIVE_INFINITY);
    assert.ok(workspaceDiagnostics);
    assert.deepEqual(Object.keys(serverCapabilities(traits({}))), ['positionEncoding', 'textDocumentSync']);
  });

  it('offer each feature to a client that has its counterpart, and no other', () => {
    const features: readonly (readonly [keyof NonNullable<ClientCapabilities['textDocument']>, string])[] = [
      ['codeAction', 'codeActionProvider'],
      ['codeLens', 'codeLensProvider'],
      ['completion', 'completionProvider'],
      ['definition', 'definitionProvider'],
      ['documentHighlight', 'documentHighlightProvider'],
      ['documentLink', 'documentLinkProvider'],
      ['documentSymbol', 'documentSymbolProvider'],
      ['foldingRange', 'foldingRangeProvider'],
      ['formatting', 'documentFormattingProvider'],
      ['hover', 'hoverProvider'],
      ['inlayHint', 'inlayHintProvider'],
      ['references', 'referencesProvider'],
      ['rename', 'renameProvider'],
      ['selectionRange', 'selectionRangeProvider'],
      ['signatureHelp', 'signatureHelpProvider'],
    ];
    for (const [own, ours] of features) {
      const offered = Object.keys(serverCapabilities(traits({ textDocument: { [own]: {} } })));
      assert.deepEqual(offered, ['positionEncoding', 'textDocumentSync', ours]);
    }
    const { renameProvider } = serverCapabilities(traits({ textDocument: { rename: { prepareSupport: true } } }));
    assert.deepEqual(renameProvider, { prepareProvider: true });
    const { workspace } = serverCapabilities(
      traits({ workspace: { workspaceFolders: true, fileOperations: { willRename: true } } }),
    );
    assert.equal(workspace?.workspaceFolders?.changeNotifications, true);
    assert.ok(workspace?.fileOperations?.willRename);
  });

  it('ask for the whole workspace unless the client does not want it', () => {
    const capabilities = { textDocument: { diagnostic: {} } };
    assert.equal(serverCapabilities(traits(capabilities)).diagnosticProvider?.workspaceDiagnostics, true);
    const without = serverCapabilities(traits(capabilities, { workspaceDiagnostics: false }));
    assert.equal(without.diagnosticProvider?.workspaceDiagnostics, false);
  });

  it('let nonsense in the options be', () => {
    for (const options of [null, 5, 'x', [], { fileRequests: 'yes', rulePages: 5 }]) {
      assert.equal(traits({}, options).fileRequests, false);
      assert.equal(traits({}, options).rulePages, undefined);
    }
  });

  it('offer diagnostics only to a client that asks for them', () => {
    assert.equal(serverCapabilities(traits({})).diagnosticProvider, undefined);
    const asked = serverCapabilities(traits({ textDocument: { diagnostic: {} } })).diagnosticProvider;
    assert.equal(asked?.interFileDependencies, true);
  });

  it('are read from where the client puts them', () => {
    const found = traits({
      textDocument: { diagnostic: { relatedInformation: true }, hover: { contentFormat: ['plaintext', 'markdown'] } },
      workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } },
    });
    assert.ok(found.pullsDiagnostics && found.relatedInformation && found.markdownHover);
    assert.ok(found.asksSettings && found.registersWatchers && !found.registersSettings);
  });
});
