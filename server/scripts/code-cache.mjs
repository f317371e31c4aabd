// Keeps the code that V8 makes of the programs, so that the next start need not make it again (server/src/main/launcher.ts).
// Each is run through its ordinary work first: what was never called is not in the code.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';
import vm from 'node:vm';

const self = fileURLToPath(import.meta.url);
const root = fileURLToPath(new URL('../..', import.meta.url));
const examples = new URL('../../examples/', import.meta.url);
const askedAbout = 's3-2017/debug-slow-billing.runbook.yaml';
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

/**
 * What an editor would say: open runbooks, ask a little, edit, and go.
 * One has a slip and the others have none, as in the days of those who use it: code that is kept has to be read at each start too.
 */
function session() {
  const runbooks = readdirSync(examples, { recursive: true }).map((path) => path.replaceAll('\\', '/'));
  const kept = runbooks.filter((path) => path === askedAbout || path.endsWith('-as-meant.runbook.yaml'));
  const documents = kept.sort().map((path) => {
    const uri = new URL(path, examples).href;
    return { uri, text: readFileSync(new URL(uri), 'utf8') };
  });
  const { uri, text: asked } = documents.find((document) => document.uri.endsWith(askedAbout));
  const position = positionOf(asked, '--count');
  const about = { textDocument: { uri }, position };
  const start = { processId: null, rootUri: examples.href, capabilities: {} };
  return [
    { after: '', say: message('initialize', start, 1) },
    {
      after: '"id":1',
      say:
        message('initialized', {}) +
        documents.map((document) => message('textDocument/didOpen', { textDocument: opened(document) })).join('') +
        message('textDocument/hover', about, 2),
    },
    {
      after: '"id":2',
      say:
        documents.map((document) => message('textDocument/didChange', edited(document))).join('') +
        message('textDocument/completion', about, 3),
    },
    { after: '"id":3', say: message('shutdown', undefined, 4) + message('exit') },
  ];
}

function opened({ uri, text }) {
  return { uri, languageId: 'runbook', version: 1, text };
}

/** A space at the end of the first step. */
function edited({ uri, text }) {
  const end = positionOf(text, '\n', text.indexOf('- '));
  return { textDocument: { uri, version: 2 }, contentChanges: [{ range: { start: end, end }, text: ' ' }] };
}

function positionOf(text, word, from = 0) {
  const before = text.slice(0, text.indexOf(word, from)).split('\n');
  return { line: before.length - 1, character: before.at(-1).length };
}

function message(method, params, id) {
  const json = JSON.stringify({ jsonrpc: '2.0', id, method, params });
  return `Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`;
}
