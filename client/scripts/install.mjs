// Installs what only some scripts need, from npm, the first time that they need it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs into `target` what the lock file in `manifest` says; does nothing where that is there already.
 * No script of a package is run. Throws where npm fails.
 * @param {{ manifest: string, target: string, what: string, complete?: () => void }} options
 *   `what` is the thing in the user's words, with its size; `complete` does what remains
 */
export function installOnDemand({ manifest, target, what, complete = () => {} }) {
  const lock = readFileSync(join(manifest, 'package-lock.json'));
  const stamp = join(target, 'installed');
  const wanted = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log(`Installing ${what} from npm into ${target}; this happens once.`);
  const started = Date.now();
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(manifest, name), join(target, name));
  // Not `npm ci`: it refuses packages whose own shrinkwrap leaves something out, as those of both workbenches do.
  npm(['install', '--no-save'], target);
  complete();
  writeFileSync(stamp, wanted);
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** Runs npm in `folder`, without the scripts of any package. Throws where it fails. */
export function npm(words, folder) {
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const command = ['npm', ...words, ...options].join(' ');
  // Through a shell, since npm is a command file on Windows; no word here needs quoting.
  const { status } = spawnSync(command, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], shell: true });
  if (status !== 0) throw new Error(`${command} failed in ${folder}. Is the npm registry within reach?`);
}
