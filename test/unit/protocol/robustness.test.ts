import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
  CancellationTokenSource,
  createConnection,
  createProtocolConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { serve } from '../../../server/src/protocol/connection.ts';
import { at, memoryFiles } from '../../support/memory-files.ts';
import { connect, positionAt, type TestClient } from '../../support/protocol-client.ts';

const fleet = 'fleet: demo\nsubsystems:\n  billing: { capacity: 12, minimum: 8 }\n';
const runbook = 'runbook: Debug\nsteps:\n  - remove: { subsystem: billing, count: 5 }\n    permanent: true\n';
const book = at('ops/x.runbook.yaml');
const hoverParams = { textDocument: { uri: book }, position: positionAt(runbook, runbook.indexOf('billing') + 1) };

async function codeOf(answer: Promise<unknown>): Promise<number | undefined> {
  try {
    await answer;
    return undefined;
  } catch (error) {
    assert.ok(error instanceof ResponseError, String(error));
    return error.code;
  }
}

describe('a server that has to bear something', () => {
  let client: TestClient;
  const files = memoryFiles({ 'ops/a.fleet.yaml': fleet });
  beforeEach(async () => {
    client = await connect({ files });
  });
  afterEach(() => client.dispose());

  const stillLives = async () => {
    await client.open(book, runbook);
    assert.equal((await client.diagnostics(book)).length, 1);
  };

  it('answers a cancelled request as cancelled', async () => {
    await client.open(book, runbook);
    const source = new CancellationTokenSource();
    const answer = client.connection.sendRequest('textDocument/hover', hoverParams, source.token);
    source.cancel();
    assert.equal(await codeOf(answer), -32800);
    await client.diagnostics(book);
    assert.notEqual(await client.request('textDocument/hover', hoverParams), null);
  });

  it('stops looking through other files when the request is cancelled', async () => {
    let release = () => {};
    const slow = memoryFiles({ 'ops/a.fleet.yaml': fleet, 'ops/deep/y.runbook.yaml': runbook });
    client.dispose();
    client = await connect({ files: slow });
    await client.open(book, runbook);
    await client.diagnostics(book);
    slow.holdUntil(new Promise<void>((resolve) => (release = resolve)));
    const source = new CancellationTokenSource();
    const params = { ...hoverParams, context: { includeDeclaration: true } };
    const answer = codeOf(client.connection.sendRequest('textDocument/references', params, source.token));
    source.cancel();
    // Answered while the other request waits, and after the cancellation was read.
    assert.notEqual(await client.request('textDocument/hover', hoverParams), null);
    release();
    assert.equal(await answer, -32800);
  });

  it('answers a request without parameters, or with wrong ones, with an error', async () => {
    for (const params of [undefined, null, {}, [], { textDocument: {} }, { textDocument: { uri: 5 } }]) {
      for (const method of ['hover', 'completion', 'codeAction', 'inlayHint', 'definition', 'references']) {
        const code = await codeOf(client.request(`textDocument/${method}`, params));
        assert.equal(code, -32602, `${method} ${JSON.stringify(params)}`);
      }
    }
    await stillLives();
  });

  it('tells what is wrong with a position', async () => {
    await client.open(book, runbook);
    for (const position of [undefined, {}, { line: -1, character: 0 }, { line: 0.5, character: 0 }, { line: '0' }]) {
      const params = { textDocument: { uri: book }, position };
      assert.equal(await codeOf(client.request('textDocument/hover', params)), -32602);
    }
    assert.notEqual(await client.request('textDocument/hover', hoverParams), null);
  });

  it('keeps no document that was opened without a text', async () => {
    await client.notify('textDocument/didOpen', { textDocument: { uri: book, languageId: 'yaml', version: 1 } });
    const files = [{ oldUri: book, newUri: at('ops/y.runbook.yaml') }];
    assert.equal(await codeOf(client.request('workspace/willRenameFiles', { files })), undefined);
    await stillLives();
  });

  it('answers a request that it does not know with an error', async () => {
    assert.equal(await codeOf(client.request('textDocument/nonsense', {})), -32601);
    await stillLives();
  });

  it('lets notifications that make no sense pass', async () => {
    const change = { contentChanges: [{ text: 'x' }] };
    await client.notify('textDocument/didChange', { textDocument: { uri: book, version: 2 }, ...change });
    await client.notify('textDocument/didClose', { textDocument: { uri: book } });
    await client.notify('textDocument/didOpen', {});
    await client.notify('textDocument/didChange', {});
    await client.notify('workspace/didChangeWatchedFiles', {});
    await client.notify('workspace/didChangeConfiguration', {});
    await client.notify('textDocument/nonsense', {});
    await stillLives();
    assert.ok(client.log.length > 0);
  });

  it('survives a body that is not JSON', async () => {
    client.writeRaw('Content-Length: 5\r\n\r\n{oops');
    await stillLives();
  });

  it('takes positions and ranges that are outside the text', async () => {
    await client.open(book, runbook);
    const far = { line: 1_000_000, character: 1_000_000 };
    const near = { line: 0, character: 0 };
    await client.request('textDocument/hover', { ...hoverParams, position: far });
    await client.request('textDocument/completion', { ...hoverParams, position: far });
    await client.request('textDocument/inlayHint', { ...hoverParams, range: { start: far, end: near } });
    const context = { diagnostics: [] };
    await client.request('textDocument/codeAction', { ...hoverParams, range: { start: near, end: far }, context });
  });

  it('finds its way through a document of anything', async () => {
    const texts = [
      '',
      '\0\uFEFF',
      '<<<<<<< ours\n',
      '{'.repeat(5000),
      'steps: &a [*a]',
      '\r\r\n',
      `runbook: ${'x'.repeat(1e6)}`,
    ];
    for (const [i, text] of texts.entries()) {
      const uri = at(`ops/${i}.runbook.yaml`);
      await client.open(uri, text);
      await client.diagnostics(uri);
      await client.request('textDocument/completion', { textDocument: { uri }, position: { line: 0, character: 0 } });
    }
    await stillLives();
  });

  it('brings what it can where the file system fails', async () => {
    client.dispose();
    client = await connect({
      clientFiles: { read: () => Promise.reject(new Error('gone')), list: () => Promise.reject(new Error('gone')) },
    });
    await client.open(book, runbook);
    const [found] = await client.diagnostics(book);
    assert.equal(found?.code, 'no-fleet');
  });

  it('answers nothing after shutdown', async () => {
    await client.request('shutdown', undefined);
    assert.equal(await codeOf(client.request('textDocument/hover', hoverParams)), -32600);
  });

  it('is initialized once', async () => {
    const params = { processId: null, rootUri: null, capabilities: {} };
    assert.equal(await codeOf(client.request('initialize', params)), -32600);
  });

  it('answers nothing before initialize, but lives', async () => {
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    const served = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
    serve(served, { version: '0.0.0', files });
    const raw = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    raw.listen();
    await raw.sendNotification('textDocument/didOpen', { textDocument: { uri: book, version: 1, text: runbook } });
    assert.equal(await codeOf(raw.sendRequest('textDocument/hover', hoverParams)), -32002);
    const params = { processId: null, rootUri: null, capabilities: {} };
    assert.ok(await raw.sendRequest('initialize', params));
    assert.equal(await raw.sendRequest('textDocument/hover', hoverParams), null);
    raw.dispose();
    served.dispose();
  });
});
