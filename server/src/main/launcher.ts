import { basename, dirname, isAbsolute, join } from 'node:path';
import { KeptCode, textOf } from './kept-code.ts';
import { Parts } from './parts.ts';

/*
 * Runs the program of this file's own name: `cli.js` runs `cli.main.js`.
 * The server keeps in the folder of `--code-cache=FOLDER` what V8 makes of it.
 */

/** A hash of all programs and parts that were built (server/scripts/build.mjs). */
declare const BUILD: string;

interface Module {
  exports: unknown;
}
/** Each file of a program is one such function (server/scripts/build.mjs). */
type Run = (require: (id: string) => unknown, module: Module, exports: unknown, filename: string) => void;

const program = basename(__filename, '.js');
const modules = new Map<string, Module>();
const folder = program === 'server' ? folderIn(process.argv) : undefined;
const code = new KeptCode(folder, BUILD);
const shared = new Parts(join(dirname(__filename), '../web/server.js'));

function folderIn(words: readonly string[]): string | undefined {
  const option = '--code-cache=';
  const given = words.find((word) => word.startsWith(option))?.slice(option.length);
  return given !== undefined && isAbsolute(given) ? given : undefined;
}

/** Programs lie beside this file, what they share with the browser's server lies in that one's; everything else is Node's own. */
function load(id: string): unknown {
  if (!id.startsWith('.')) return require(id);
  const path = join(dirname(__filename), id);
  const known = modules.get(path);
  if (known !== undefined) return known.exports;
  const module: Module = { exports: {} };
  modules.set(path, module);
  const run = code.run(path, id.startsWith('../web/') ? shared.textOf(id) : textOf(path)) as Run;
  run(load, module, module.exports, path);
  return module.exports;
}

load(`./${program}.main.js`);
// Behind the program's own listeners, which set V8 back to the flags that code is kept for.
if (folder !== undefined) process.on('exit', () => code.keep());
