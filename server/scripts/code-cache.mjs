// Keeps the code that V8 makes of a bundle, so that the next start need not make it again (server/src/main/launcher.ts).
// Each bundle is run through its ordinary work first: what was never called is not in the code.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Script } from 'node:vm';

const self = fileURLToPath(import.meta.url);
const root = fileURLToPath(new URL('../..', import.meta.url));
const [, , bundle, ...args] = process.argv;

if (bundle === undefined) {
  record('cli', ['check', 'examples', '--format', 'json'], '');
  record('server', ['--stdio'], session());
} else runAndKeep(bundle, args);

function record(name, words, input) {
  const file = `${root}/dist/node/${name}.bundle.js`;
  const { status, stderr } = spawnSync(process.execPath, [self, file, ...words], { cwd: root, input });
  if (status !== 0 && status !== 1) throw new Error(`${name} failed while its code was recorded: ${stderr}`);
}

function runAndKeep(file, words) {
  process.argv.splice(1, process.argv.length, file, ...words);
  const script = new Script(readFileSync(file, 'latin1'), { filename: file });
  process.on('exit', () => writeFileSync(`${file}.cache`, script.createCachedData()));
  script.runInThisContext()(createRequire(file), file);
}

/** What an editor would say: open an example, ask a little, and go. */
function session() {
  const folder = new URL('../../examples/s3-2017/', import.meta.url);
  const path = fileURLToPath(new URL('debug-slow-billing.runbook.yaml', folder));
  const uri = pathToFileURL(path).href;
  const textDocument = { uri };
  const position = { line: 19, character: 54 };
  const messages = [
    {
      id: 1,
      method: 'initialize',
      params: { processId: null, rootUri: folder.href, capabilities: { textDocument: { publishDiagnostics: {} } } },
    },
    { method: 'initialized', params: {} },
    {
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'runbook', version: 1, text: readFileSync(path, 'utf8') } },
    },
    { id: 2, method: 'textDocument/hover', params: { textDocument, position } },
    { id: 3, method: 'textDocument/completion', params: { textDocument, position } },
    { id: 4, method: 'shutdown' },
    { method: 'exit' },
  ];
  return messages.map(framed).join('');
}

function framed(message) {
  const json = JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`;
}
