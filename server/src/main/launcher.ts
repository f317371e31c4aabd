import { dirname, join } from 'node:path';
import { KeptCode } from './kept-code.ts';

/*
 * Runs the program of this file's own name: `cli.js` runs `cli.main.js`.
 * With `--code-cache=FOLDER` it keeps there what V8 makes of the program.
 */

/** A hash of all that was built (server/scripts/build.mjs). */
declare const BUILD: string;

interface Module {
  exports: unknown;
}
/** Each file of a program is one such function (server/scripts/build.mjs). */
type Run = (require: (id: string) => unknown, module: Module, exports: unknown, filename: string) => void;

const modules = new Map<string, Module>();
const option = '--code-cache=';
const folder = process.argv.find((word) => word.startsWith(option))?.slice(option.length);
const code = new KeptCode(folder, BUILD);

/** Programs and the parts that they share lie beside this file; everything else is Node's own. */
function load(id: string): unknown {
  if (!id.startsWith('./')) return require(id);
  const path = join(dirname(__filename), id);
  const known = modules.get(path);
  if (known !== undefined) return known.exports;
  const module: Module = { exports: {} };
  modules.set(path, module);
  const run = code.run(path) as Run;
  run(load, module, module.exports, path);
  return module.exports;
}

load(`./${__filename.replace(/^.*[\\/]|\.js$/g, '')}.main.js`);
// Behind the program's own listeners, which set V8 back to the flags that code is kept for.
if (folder !== undefined) process.on('exit', () => code.keep());
