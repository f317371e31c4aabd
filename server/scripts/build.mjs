// Builds everything that runs: dist/node, dist/web and dist/webview.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { joinParts } from './parts.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Of the manifest the programs need the version; the rest, which is much, stays out of them. */
const shortManifest = {
  name: 'short manifest',
  setup({ onLoad }) {
    const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    onLoad({ filter: /[\\/]package\.json$/ }, ({ path }) =>
      path === join(root, 'package.json') ? { contents: JSON.stringify({ name, version }), loader: 'json' } : undefined,
    );
  },
};

/**
 * What is loaded of Node for things that are seldom done is loaded when they are: by the packages of the protocol, and by what keeps code.
 * It serves for `require` and for a default import, which alone look for names when they use them.
 */
const lateModules = {
  name: 'late modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:child_process|(?:node:)?crypto)$/ }, ({ path, namespace }) =>
      namespace === 'late' ? undefined : { path: path.replace('node:', ''), namespace: 'late' },
    );
    onLoad({ filter: /^/, namespace: 'late' }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => require('node:${path}')[name] });`,
    }));
  },
};

/** The packages of the protocol show their files for a browser only to builds that are for nothing else. */
const browserEntries = {
  name: 'browser entries',
  setup({ onResolve }) {
    onResolve({ filter: /^vscode-.*\/browser$/ }, ({ path, importer }) => {
      const forNode = createRequire(importer).resolve(path.replace(/browser$/, 'node'));
      return { path: join(dirname(dirname(forNode)), 'browser', basename(forNode)) };
    });
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  external: ['vscode'],
  charset: 'ascii',
  plugins: [shortManifest],
};
const late = [...common.plugins, lateModules];
const node = { ...common, platform: 'node', target: 'node20', format: 'cjs' };
const web = { ...common, platform: 'browser', target: 'es2022' };
const launcher = 'server/src/main/launcher.ts';

const builds = [
  { ...web, outfile: 'dist/web/extension.js', entryPoints: ['client/src/extension-web.ts'], format: 'cjs' },
  { ...web, outdir: 'dist/webview', entryPoints: ['client/webview/timeline.ts', 'client/webview/timeline.css'] },
];

/** What reads the others, and knows by their hash whether code that was kept is theirs. */
const readers = (hash) => [
  {
    ...node,
    outfile: 'dist/node/extension.js',
    entryPoints: ['client/src/extension-node.ts'],
    define: { BUILD: hash },
    plugins: late,
  },
  {
    ...node,
    outdir: 'dist/node',
    entryPoints: { cli: launcher, server: launcher },
    banner: { js: '#!/usr/bin/env node' },
    define: { BUILD: hash },
    plugins: late,
  },
];

const webServer = 'server.web.js';

/**
 * The programs share what several need and load late what they need late; only modules can be split like that.
 * What the browser's server needs, all of it, becomes one file, which the others take it from.
 */
const programs = {
  ...node,
  target: [node.target, web.target],
  outdir: 'dist/node',
  entryPoints: {
    'cli.main': 'server/src/main/cli.ts',
    'server.main': 'server/src/main/server-node.ts',
    [basename(webServer, '.js')]: 'server/src/main/server-web.ts',
  },
  format: 'esm',
  splitting: true,
  write: false,
  plugins: [...late, browserEntries],
  // As modules, of which only what is used is packed, and that need not be put together one by one at each start.
  alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
  // The names of esbuild's helpers stay as they are until `spreadByAssign` has seen them.
  minify: false,
  minifySyntax: true,
  supported: { 'object-rest-spread': false },
  // All that is asked of it is `createRequire`, which takes a path too.
  define: { 'import.meta.url': '__filename' },
};

run('server/scripts/compile-schemas.mjs');
run('server/scripts/compile-builtin.mjs');
// A code cache must never outlive the file that it was made from.
rmSync(join(root, 'dist'), { recursive: true, force: true });
const parts = await Promise.all([...builds.map((options) => build(options)), buildPrograms()]);
const results = [...parts, ...(await Promise.all(readers(hashOfBuilt()).map((options) => build(options))))];
for (const name of ['cli', 'server']) chmodSync(join(root, `dist/node/${name}.js`), 0o755);
writeFileSync(
  join(root, 'dist/LICENSES.txt'),
  licenses(results.flatMap(({ metafile }) => Object.keys(metafile.inputs))),
);
run('server/scripts/code-cache.mjs');

/** Of all that is built until now. */
function hashOfBuilt() {
  const hash = createHash('sha256');
  for (const folder of ['dist/node', 'dist/web'])
    for (const name of readdirSync(join(root, folder)).sort())
      hash.update(name).update(readFileSync(join(root, folder, name)));
  return JSON.stringify(hash.digest('hex').slice(0, 16));
}

/**
 * V8 gives each object that is made by spreading one and adding to it a shape of its own (up to that of Node 20 at least),
 * so that it takes fifteen times as long to make and whatever reads it is slow. `Object.assign` does the same without that.
 */
function spreadByAssign(text) {
  return text.replace(/\b__spread(?:Values|Props)\(/g, 'Object.assign(');
}

/**
 * Each module that imports a package of the old kind gets a copy of all that it exports, which for that of the protocol are
 * hundreds of getters a module. The names can be read from the package itself; only a default export needs the copy.
 */
function importByReference(text) {
  return text.replace(/\b(import_\w+) = __toESM\((require_\w+\(\)), 1\)/g, (copy, name, original) =>
    text.includes(`${name}.default`) ? copy : `${name} = ${original}`,
  );
}

/** Splits into modules, and puts those that the browser's server needs into its file. */
async function buildPrograms() {
  const result = await build(programs);
  const shared = neededBy(`dist/node/${webServer}`, result.metafile.outputs);
  const idOf = (name) => `${shared.has(name) ? '../web' : '.'}/${name}`;
  const parts = new Map();
  mkdirSync(join(root, 'dist/node'), { recursive: true });
  for (const { path, text } of result.outputFiles) {
    const name = basename(path);
    const code = await functionOf(text.replace(/"\.\/([\w.-]+\.js)"/g, (_, other) => `"${idOf(other)}"`));
    if (shared.has(name)) parts.set(idOf(name), code);
    else writeFileSync(path, code);
  }
  mkdirSync(join(root, 'dist/web'), { recursive: true });
  writeFileSync(join(root, 'dist/web/server.js'), joinParts(parts, idOf(webServer)));
  return result;
}

/** The names of an output and of all that it imports. */
function neededBy(output, outputs, known = new Set()) {
  const name = basename(output);
  if (known.has(name)) return known;
  known.add(name);
  for (const { path, external } of outputs[output].imports) {
    if (external) throw new Error(`${name} needs ${path}, which a browser has not`);
    neededBy(path, outputs, known);
  }
  return known;
}

/** Makes of a module a function of `require` and the like that the launcher can call (server/src/main/launcher.ts). */
async function functionOf(text) {
  const { code } = await transform(importByReference(spreadByAssign(text)), {
    format: 'cjs',
    platform: 'node',
    target: programs.target,
    minify: true,
    charset: 'ascii',
    supported: { 'dynamic-import': false },
  });
  // The launcher reads Latin-1, which of esbuild's output regular expressions alone may not be.
  const strange = /[\u0080-\uFFFF].{0,20}/.exec(code);
  if (strange !== null) throw new Error(`Write \`\\u…\` for what is not ASCII in a regular expression: ${strange[0]}`);
  return `(function(require,module,exports,__filename){${code}\n})`;
}

function run(script) {
  execFileSync(process.execPath, [script], { cwd: root, stdio: 'inherit' });
}

/** The licences of the packages whose code is in the bundles; theirs ask for it. */
function licenses(inputs) {
  const folders = inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0]);
  const packages = [...new Set(folders)].filter((folder) => folder !== undefined).sort();
  return packages.map((folder) => `${folder.replace(/.*node_modules\//, '')}\n\n${licenseOf(folder)}\n`).join('\n\n');
}

function licenseOf(folder) {
  const file = readdirSync(join(root, folder)).find((name) => /^licen[sc]e/i.test(name));
  if (file !== undefined) return readFileSync(join(root, folder, file), 'utf8').trim();
  const { license, author } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  return `${license}, ${typeof author === 'string' ? author : (author?.name ?? '')}`;
}
