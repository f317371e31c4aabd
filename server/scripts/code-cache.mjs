// Keeps the code that V8 makes of the programs, so that the next start need not make it again (server/src/main/launcher.ts).
// Each is run through its ordinary work first: what was never called is not in the code.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';
import vm from 'node:vm';

const self = fileURLToPath(import.meta.url);
const root = fileURLToPath(new URL('../..', import.meta.url));
const example = new URL('../../examples/s3-2017/debug-slow-billing.runbook.yaml', import.meta.url);
const [, , program, ...args] = process.argv;

if (program !== undefined) runAndKeep(program, args);
else {
  // What both share is kept as the server used it.
  await record('cli', ['check', 'examples', '--format', 'json']);
  await record('server', ['--stdio'], session());
}

/** Runs a program as its users do, and watches which scripts it loads. */
function runAndKeep(file, words) {
  const scripts = new Map();
  vm.Script = class extends vm.Script {
    constructor(source, { filename }) {
      super(source, { filename });
      scripts.set(filename, this);
    }
  };
  // Code is kept for the flags under which it will be loaded.
  v8.setFlagsFromString = () => {};
  process.argv.splice(1, process.argv.length, file, ...words);
  process.on('exit', () => {
    for (const [path, script] of scripts) writeFileSync(`${path}.cache`, script.createCachedData());
  });
  createRequire(file)(file);
}

/** Runs a program in a process of its own. A talk is what to write, and after which answer. */
async function record(name, words, talk = []) {
  const child = spawn(process.execPath, [self, `${root}/dist/node/${name}.js`, ...words], { cwd: root });
  const turns = [...talk];
  let heard = '';
  let complaint = '';
  child.stdout.on('data', (chunk) => {
    heard += chunk;
    while (turns[0] !== undefined && heard.includes(turns[0].after)) child.stdin.write(turns.shift().say);
  });
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  if (turns[0]?.after === '') child.stdin.write(turns.shift().say);
  // A slow start is better than no build.
  const guard = setTimeout(() => child.kill(), 60_000);
  const [status] = await new Promise((resolve) => child.on('close', (...ending) => resolve(ending)));
  clearTimeout(guard);
  if (status !== 0 && status !== 1) console.warn(`The code of ${name} was not kept (${status}). ${complaint}`);
}

/** What an editor would say: open an example, ask a little, and go. */
function session() {
  const uri = example.href;
  const textDocument = { uri };
  const position = { line: 17, character: 52 };
  const text = readFileSync(example, 'utf8');
  const range = { start: position, end: position };
  const start = { processId: null, rootUri: new URL('.', example).href, capabilities: {} };
  const open = { textDocument: { uri, languageId: 'runbook', version: 1, text } };
  const edit = { textDocument: { uri, version: 2 }, contentChanges: [{ range, text: '0' }] };
  return [
    { after: '', say: message('initialize', start, 1) },
    {
      after: '"id":1',
      say:
        message('initialized', {}) +
        message('textDocument/didOpen', open) +
        message('textDocument/hover', { textDocument, position }, 2),
    },
    {
      after: '"id":2',
      say: message('textDocument/didChange', edit) + message('textDocument/completion', { textDocument, position }, 3),
    },
    { after: '"id":3', say: message('shutdown', undefined, 4) + message('exit') },
  ];
}

function message(method, params, id) {
  const json = JSON.stringify({ jsonrpc: '2.0', id, method, params });
  return `Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`;
}
