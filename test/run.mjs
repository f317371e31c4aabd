// Runs every test: `node test/run.mjs [SUITE…]`.
// Ends with what failed, a line each, and the line `N passed, N failed`, summed over all suites.
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const mocha = ['node_modules/mocha/bin/mocha.js', '--reporter', 'test/support/reporter.mjs'];
const c8 = 'node_modules/c8/bin/c8.js';

/** By name, what to run in Node. Each prints a line `N passed, N failed`. */
const suites = {
  unit: [c8, process.execPath, ...mocha, 'test/unit/**/*.test.ts'],
  brute: [...mocha, 'test/brute/**/*.test.ts'],
  cli: [...mocha, 'test/cli/**/*.test.ts'],
  e2e: ['test/e2e/run.mjs'],
};

const totals = { passed: 0, failed: 0 };
const failures = [];
let running;

const words = process.argv.slice(2);
const unknown = words.find((word) => !Object.hasOwn(suites, word));
if (unknown !== undefined) {
  console.error(`There is no suite ${unknown}; there are ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(130));

build();
for (const name of words.length > 0 ? words : Object.keys(suites)) await run(name, suites[name]);
if (failures.length > 0) console.log(`\n== what failed\n${failures.join('\n')}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;

/** The tests of the command line and of the package run what is built. */
function build() {
  const { status } = spawnSync('npm', ['run', '--silent', 'package'], { cwd: root, stdio: 'inherit', shell: true });
  if (status === 0) return;
  console.log('The build failed.\n\n0 passed, 1 failed');
  process.exit(1);
}

function run(name, args) {
  console.log(`\n== ${name}`);
  return new Promise((resolve) => {
    // A group of its own, so that nothing that a suite starts outlives it.
    running = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    const group = running.pid;
    let said = '';
    running.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      said += chunk;
    });
    running.on('exit', () => sweep(group));
    running.on('close', (code) => {
      running = undefined;
      count(name, said, code);
      resolve();
    });
  });
}

/** A suite that ends badly without saying which test failed counts as one failure. */
function count(name, said, code) {
  const line = [...said.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  const failed = Number(line?.[2] ?? 0);
  totals.passed += Number(line?.[1] ?? 0);
  totals.failed += failed > 0 || (code === 0 && line !== undefined) ? failed : 1;
  for (const [told] of said.matchAll(/^not ok - .*$/gm)) failures.push(`${name}: ${told}`);
  if (line === undefined) failures.push(`${name}: ended with status ${code} and no result.`);
}

function sweep(group) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // Nothing is left of it.
  }
}

function stop(code) {
  if (running?.pid !== undefined) sweep(running.pid);
  process.exit(code);
}
