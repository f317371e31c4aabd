import assert from 'node:assert/strict';
import type { ClientCapabilities } from 'vscode-languageserver/node';
import { serverCapabilities, traitsOf } from '../../../server/src/protocol/capabilities.ts';

function traits(capabilities: ClientCapabilities, initializationOptions?: unknown) {
  return traitsOf({ processId: null, rootUri: null, capabilities, initializationOptions });
}

describe('capabilities', () => {
  it('of a client that says nothing are none', () => {
    const said = Object.entries(traits({})).filter(([, value]) => value !== false && value !== undefined);
    assert.deepEqual(said, []);
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
