import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

/*
 * Runs the program of this file's own name (`cli.js` runs `cli.main.js`) with the code that V8 made of it when it was built
 * (server/scripts/code-cache.mjs). That saves half of the time to start. Another V8 than the builder's refuses that code and
 * reads the text anew.
 */

interface Module {
  exports: unknown;
}
type Run = (require: (id: string) => unknown, module: Module, exports: unknown, filename: string) => void;

const modules = new Map<string, Module>();

/** Programs and the parts that they share lie beside this file; everything else is Node's own. */
function load(id: string): unknown {
  if (!id.startsWith('./')) return require(id);
  const path = join(dirname(__filename), id);
  const known = modules.get(path);
  if (known !== undefined) return known.exports;
  const module: Module = { exports: {} };
  modules.set(path, module);
  // Each file is one function (server/scripts/build.mjs). It is ASCII, and Latin-1 is read without a look at each character.
  const script = new Script(readFileSync(path, 'latin1'), { filename: path, cachedData: readIfThere(`${path}.cache`) });
  const run: Run = script.runInThisContext();
  run(load, module, module.exports, path);
  return module.exports;
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

load(`./${__filename.replace(/^.*[\\/]|\.js$/g, '')}.main.js`);
