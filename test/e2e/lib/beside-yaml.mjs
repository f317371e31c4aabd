// Beside yaml-language-server, the server inside the YAML extension of Red Hat, on files that the editor calls `yaml`:
// a mistake that both find is told of by one of them.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tsImport } from 'tsx/esm/api';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import manifest from '../../../package.json' with { type: 'json' };
import { peer } from '../../bench/peer.mjs';
import { root } from './paths.mjs';
import { runInOrder } from './suite.mjs';

const { isReportedTwice } = await tsImport('../../../client/src/doubles.ts', import.meta.url);
const head = 'runbook: X\nsteps:\n';
/** A mistake each, with the rule that finds it here. */
const mistakes = {
  'a key twice': [`runbook: X\nrunbook: Y\nsteps:\n  - wait: 1m\n`, 'duplicate-key'],
  'a quote that is not closed': [`${head}  - manual: "look\n`, 'syntax'],
  'a line that is not indented as it should': [`${head}  - name: a\n   wait: 1m\n`, 'syntax'],
  'a colon in a value': [`${head}  - manual: note: this\n`, 'syntax'],
  'a parameter without quotes': [
    `runbook: X\nparameters:\n  n: { default: 1, minimum: 1, maximum: 2 }\nsteps:\n  - remove: { subsystem: billing, count: {{ n }} }\n    permanent: true\n`,
    'syntax',
  ],
  'a key that is not known': [`${head}  - wait: 1m\n    nmae: x\n`, 'schema'],
  'a step that does nothing': [`${head}  - name: x\n`, 'schema'],
  'a step that does two things': [`${head}  - wait: 1m\n    manual: x\n`, 'schema'],
  'a duration that is none': [`${head}  - wait: soon\n`, 'schema'],
  'no steps': ['runbook: X\n', 'schema'],
  'a name that is not known': [
    `${head}  - remove: { subsystem: biling, count: 1 }\n    permanent: true\n`,
    'unknown-name',
  ],
  'too much taken out': [`${head}  - remove: { subsystem: billing, count: 6 }\n    permanent: true\n`, 'below-minimum'],
};

/** @returns {Promise<import('./in-host.mjs').Result[]>} */
export async function runBesideYaml(name) {
  const other = peer(root);
  if (other === undefined) throw new Error('yaml-language-server is not there, and npm does not give it.');
  const folder = mkdtempSync(join(tmpdir(), 'runbook-lint-beside-'));
  writeFileSync(join(folder, 'a.fleet.yaml'), 'fleet: demo\nsubsystems:\n  billing: { capacity: 12, minimum: 8 }\n');
  // What the extension tells Red Hat's by its manifest.
  const schemas = Object.fromEntries(
    manifest.contributes.yamlValidation.map(({ url, fileMatch }) => [pathToFileURL(join(root, url)).href, fileMatch]),
  );
  const yaml = { validate: true, schemas, schemaStore: { enable: false } };
  const settings = { yaml, http: {}, editor: {}, files: {}, '[yaml]': {} };
  const theirs = await connect(other.command, other.args, folder, settings);
  const ours = await connect(process.execPath, [join(root, 'dist/node/server.js'), '--stdio'], folder, {});
  let files = 0;
  const tests = Object.entries(mistakes).flatMap(([what, [text, rule]]) =>
    ['runbook.yaml', 'yaml'].map((end) => [
      `${what}, in a *.${end}, is told of by one`,
      async () => {
        files += 1;
        const path = join(folder, `number-${files}.${end}`);
        const uri = pathToFileURL(path).href;
        const [elsewhere, here] = await Promise.all([theirs.findings(uri, text), ours.findings(uri, text)]);
        const kept = here.filter(({ code, data }) => !isReportedTwice(code, path, data?.yaml === true));
        const told = `theirs ${JSON.stringify(elsewhere)}, ours ${JSON.stringify(here)}`;
        assert.deepEqual([...new Set(here.map(({ code }) => code))], [rule], told);
        // Of one mistake their server may say several things; what counts is that one of the two is silent.
        assert.equal(kept.length === 0, elsewhere.length > 0, told);
        assert.ok(kept.length <= 1, told);
      },
    ]),
  );
  try {
    return await runInOrder(name, Object.fromEntries(tests));
  } finally {
    theirs.stop();
    ours.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function connect(command, args, folder, settings) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const sent = new Map();
  let heard = () => {};
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
    sent.set(uri, diagnostics);
    heard();
  });
  connection.onRequest('workspace/configuration', ({ items }) => items.map(({ section }) => settings[section] ?? null));
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  const rootUri = pathToFileURL(folder).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: 'beside' }],
    capabilities: { workspace: { configuration: true }, textDocument: { publishDiagnostics: {} } },
    initializationOptions: { besideYaml: true },
  });
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('workspace/didChangeConfiguration', { settings });
  return {
    async findings(uri, text) {
      const textDocument = { uri, languageId: 'yaml', version: 1, text };
      await connection.sendNotification('textDocument/didOpen', { textDocument });
      while (!sent.has(uri)) {
        await new Promise((done) => {
          heard = done;
        });
      }
      return sent.get(uri);
    },
    stop() {
      connection.dispose();
      child.kill();
    },
  };
}
