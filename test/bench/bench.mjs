// Measures our server, a server that does nothing, and yaml-language-server with our schema, interleaved in one run.
// Only ratios of medians count: absolute times depend on the machine.
//   npm run bench [-- --quick] [-- --no-peer] [-- --commands]
// With --commands only the reading of single command lines is measured.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { start } from './client.mjs';
import { peer } from './peer.mjs';
import { fleet, runbook } from './workload.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const commands = () =>
  spawnSync(process.execPath, ['--import', 'tsx/esm', join(here, 'commands.ts')], { stdio: 'inherit' });
if (process.argv.includes('--commands')) process.exit(commands().status ?? 1);
const root = join(here, '..', '..');
const quick = process.argv.includes('--quick');
const sizes = quick ? [100, 1000] : [100, 1000, 10_000];
const rounds = quick ? 2 : 3;
const edits = quick ? 20 : 40;

const folder = mkdtempSync(join(tmpdir(), 'runbook-lint-bench-'));
writeFileSync(join(folder, 'bench.fleet.yaml'), fleet());
const schema = pathToFileURL(join(root, 'schemas', 'runbook.schema.json')).href;
const settings = { yaml: { schemas: { [schema]: '*.runbook.yaml' }, schemaStore: { enable: false }, validate: true } };

const ours = { name: 'runbook-lint', command: process.execPath, args: [join(root, 'dist/node/server.js'), '--stdio'] };
const floor = { name: 'floor', command: process.execPath, args: [join(here, 'floor-server.mjs')] };
const other = process.argv.includes('--no-peer') ? undefined : peer(root);
const servers = [ours, floor, ...(other ? [other] : [])];

/** samples[server][size][measure] = times */
const samples = new Map();
function note(server, size, measure, value) {
  if (value === undefined) return;
  const key = `${server.name}|${size}|${measure}`;
  samples.set(key, [...(samples.get(key) ?? []), value]);
}

for (let round = 0; round < rounds; round++) {
  for (const size of sizes) for (const server of servers) await measure(server, size);
  for (let i = 0; i < (quick ? 5 : 10); i++) {
    const from = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    note({ name: 'node -e 0' }, 0, 'start', performance.now() - from);
    for (const server of servers) {
      const client = await start(server.command, server.args, pathToFileURL(folder).href, settings);
      note(server, 0, 'start', client.started);
      // A server opens its first file but once, so one start is good for one figure only.
      const { uri, text } = written(1000);
      if (server !== floor) note(server, 1000, 'open', await client.open(uri, text));
      await client.stop();
    }
  }
  process.stderr.write(`round ${round + 1} of ${rounds}\n`);
}
rmSync(folder, { recursive: true });
report();
commands();
spawnSync(process.execPath, ['--import', 'tsx/esm', join(here, 'simulation.mts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});

/** The runbook of so many steps, which lies beside its fleet. */
function written(size) {
  const path = join(folder, `bench-${size}.runbook.yaml`);
  const text = runbook(size);
  writeFileSync(path, text);
  return { uri: pathToFileURL(path).href, text };
}

async function measure(server, size) {
  const client = await start(server.command, server.args, pathToFileURL(folder).href, settings);
  const { uri, text } = written(size);
  note(server, size, 'open', await client.open(uri, text));
  const line = text.split('\n').findIndex((one) => one.includes(`Step ${Math.floor(size / 8) * 4} looks`)) + 6;
  const character = text.split('\n')[line].length - 1;
  const range = { start: { line, character }, end: { line, character: character + 1 } };
  const patience = server === other && size > 1000 ? 5 : edits;
  for (let i = 0; i < patience; i++) {
    const took = await client.edit(uri, i + 2, range, i % 2 === 0 ? '3' : '2');
    if (i >= 2) note(server, size, 'edit', took);
    // As somebody types: the server gets to finish what it does between two keys.
    await new Promise((resolve) => setTimeout(resolve, server === other ? 0 : 60));
  }
  const place = { textDocument: { uri }, position: { line: line - 6, character: 12 } };
  for (let i = 0; i < 5; i++) {
    note(server, size, 'completion', await client.request('textDocument/completion', place));
    note(server, size, 'hover', await client.request('textDocument/hover', place));
  }
  note(server, size, 'memory', client.memory());
  await client.stop();
}

function median(name, size, measure) {
  const values = (samples.get(`${name}|${size}|${measure}`) ?? []).toSorted((a, b) => a - b);
  return values.length === 0 ? undefined : values[Math.floor(values.length / 2)];
}

function report() {
  const show = (value) => (value === undefined ? '-' : value < 10 ? value.toFixed(2) : value.toFixed(0));
  for (const measure of ['open', 'edit', 'completion', 'hover', 'memory']) {
    console.log(`\n${measure} (${measure === 'memory' ? 'MB' : 'ms'}, medians)`);
    for (const { name } of servers) {
      console.log(
        `  ${name.padEnd(28)}${sizes.map((size) => `${size}: ${show(median(name, size, measure))}`.padEnd(18)).join('')}`,
      );
    }
  }
  const idle = median('node -e 0', 0, 'start');
  console.log('\nstart (ms, medians)');
  for (const name of ['node -e 0', ...servers.map((server) => server.name)]) {
    console.log(`  ${name.padEnd(28)}${show(median(name, 0, 'start'))}`);
  }
  console.log('\nratio                                               is       to reach');
  const line = (what, value, bound) => {
    if (Number.isFinite(value)) console.log(`  ${what.padEnd(48)}  ${show(value).padEnd(8)} ${bound}`);
  };
  const mine = (size, measure) => median(ours.name, size, measure);
  const theirs = (size, measure) => (other ? median(other.name, size, measure) : undefined);
  line('edit, to the floor at 1 000 steps', mine(1000, 'edit') / median(floor.name, 1000, 'edit'), '<= 2');
  line('edit at 1 000 steps, to its own at 100', mine(1000, 'edit') / mine(100, 'edit'), '<= 1.3');
  line('edit, the peer to us at 1 000 steps', theirs(1000, 'edit') / mine(1000, 'edit'), '>= 100');
  line('open, to the peer at 1 000 steps', mine(1000, 'open') / theirs(1000, 'open'), '<= 0.25');
  line('start, to `node -e 0`', median(ours.name, 0, 'start') / idle, '<= 1.6');
  line('memory, to the peer at 1 000 steps', mine(1000, 'memory') / theirs(1000, 'memory'), '<= 0.5');
}
