// A VS Code server on this machine: the workbench in the browser, extensions in Node.
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tools } from './paths.mjs';
import { quiet } from './settings.mjs';
import { serverNode } from './setup.mjs';
import { until } from './until.mjs';

const guarded = fileURLToPath(new URL('guarded.mjs', import.meta.url));

/**
 * Starts the server with data folders of its own, which `stop` removes again.
 * @param {{ vsix?: string, settings?: Record<string, unknown> }} [options] the extension `vsix` is installed first
 */
export async function startCodeServer({ vsix, settings = {} } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'runbook-lint-code-server-'));
  mkdirSync(join(home, 'data/User'), { recursive: true });
  mkdirSync(join(home, 'extensions'));
  writeFileSync(join(home, 'config.yaml'), '{}\n');
  writeFileSync(join(home, 'data/User/settings.json'), JSON.stringify({ ...quiet, ...settings }));
  const node = serverNode();
  const words = [join(tools, 'node_modules/code-server/out/node/entry.js'), ...folders(home)];
  const env = environment(home);
  if (vsix !== undefined) execFileSync(node, [...words, '--install-extension', vsix], { env, stdio: 'pipe' });
  const port = await freePort();
  // In a group of its own, which ends when the pipe to it does: an extension host may outlive its server by hours.
  const child = spawn(process.execPath, [guarded, node, ...words, ...quietly(port)], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const serverLog = join(home, 'server.log');
  const log = createWriteStream(serverLog);
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const ended = new Promise((done) => {
    child.once('exit', done);
  });
  const stop = async () => {
    child.stdin.end();
    await ended;
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await until('code-server answers', () => {
      if (child.signalCode !== null) throw new Error(`code-server ended:\n${readFileSync(serverLog, 'utf8')}`);
      return fetch(`http://127.0.0.1:${port}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      );
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...addresses(port), stop };
}

function folders(home) {
  const of = (name) => join(home, name);
  return ['--config', of('config.yaml'), '--user-data-dir', of('data'), '--extensions-dir', of('extensions')];
}

function quietly(port) {
  return [
    ...['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none', '--reconnection-grace-time', '5'],
    ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-proxy'],
    '--disable-getting-started-override',
    // Without it a built workbench ignores the folder of an extension under development.
    ...['--vscode-option', 'enable-smoke-test-driver'],
  ];
}

function environment(home) {
  const env = { ...process.env, HOME: home, EXTENSIONS_GALLERY: '{}' };
  for (const name of ['CONFIG', 'DATA', 'CACHE']) env[`XDG_${name}_HOME`] = join(home, 'xdg', name);
  for (const name of ['NODE_OPTIONS', 'VSCODE_IPC_HOOK_CLI', 'PORT']) delete env[name];
  return env;
}

function addresses(port) {
  return {
    /** Where the workbench shows `folder`; `payload` is what it is started with. */
    url: (folder, payload = []) => {
      const url = new URL(`http://127.0.0.1:${port}/`);
      url.searchParams.set('folder', folder);
      const all = [['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...payload];
      url.searchParams.set('payload', JSON.stringify(all));
      return url.href;
    },
    /** A file on the server, as the workbench names it. */
    remote: (path) => `vscode-remote://127.0.0.1:${port}${path}`,
  };
}

function freePort() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
