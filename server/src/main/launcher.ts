import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';

/**
 * Starts the bundle that stands beside this file with the code that V8 made of it when it was built (server/scripts/code-cache.mjs).
 * That saves half of the time to start. Another V8 than the builder's refuses that code and reads the bundle anew.
 */
const bundle = __filename.replace(/\.js$/, '.bundle.js');
// Bundles are ASCII, and Latin-1 is read without a look at each character.
const script = new Script(readFileSync(bundle, 'latin1'), {
  filename: bundle,
  cachedData: readIfThere(`${bundle}.cache`),
});
script.runInThisContext()(require, bundle);

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
