// Everything that the end-to-end tests need, from npm and the project's own sources.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { installOnDemand, npm } from '../../../client/scripts/install.mjs';
import { output, root, tools, workbench } from './paths.mjs';

/** Installs the two workbenches and the tools that drive them. */
export function installTools() {
  installOnDemand({
    manifest: join(root, 'client/scripts/workbench'),
    target: workbench,
    what: 'the VS Code workbench for the browser (117 MB)',
  });
  installOnDemand({
    manifest: join(root, 'test/e2e'),
    target: tools,
    what: 'code-server and the test tools (250 MB)',
    // The package does this in a script of its own, which would also compile what the tests do not need.
    complete: () => npm(['install', '--omit=dev'], join(tools, 'node_modules/code-server/lib/vscode')),
  });
}

/** Node 24, which code-server needs: the one that runs this, else the one from npm. */
export function serverNode() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const node = join(tools, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin/node');
  if (!existsSync(node))
    throw new Error(`The tests on the Node host need Node 24 on ${process.platform}-${process.arch}.`);
  return node;
}

/** Loads a package that is installed for these tests only. */
export const requireTool = createRequire(join(tools, 'package.json'));

/** Bundles the suites that run inside the extension hosts; tells where the two scripts are. */
export async function bundleSuites() {
  const inHost = join(root, 'test/e2e/in-host');
  const common = {
    bundle: true,
    format: 'cjs',
    target: 'es2022',
    external: ['vscode', 'node:*'],
    // Not the project's own mocha: that one is an ES module, which takes over the exports of a bundle.
    alias: { 'mocha/mocha.js': join(tools, 'node_modules/mocha/mocha.js') },
    sourcemap: 'inline',
    logLevel: 'warning',
  };
  const node = join(output, 'in-host/node/run.js');
  const web = join(output, 'in-host/web/run.js');
  await build({ ...common, platform: 'browser', entryPoints: [join(inHost, 'run.ts')], outfile: web });
  await build({ ...common, platform: 'node', entryPoints: [join(inHost, 'run.ts')], outfile: node });
  return { node, web };
}
