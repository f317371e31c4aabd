import { realpath, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { glob, isDynamicPattern } from 'tinyglobby';

/** A file to look at. */
export interface FoundFile {
  readonly uri: string;
  /** The user named the file itself, not a folder or a pattern that it is in. */
  readonly named: boolean;
}

interface Found {
  /** Each file once, sorted by path. */
  readonly files: readonly FoundFile[];
  /** Words that name nothing that is there. */
  readonly missing: readonly string[];
}

/**
 * The YAML files that the words of a command line mean: files, folders with all that is in them, and patterns.
 * Folders whose name begins with a dot and `node_modules` are left out unless they are named.
 */
export async function findFiles(words: readonly string[], cwd: string): Promise<Found> {
  const named = new Map<string, boolean>();
  const missing: string[] = [];
  for (const word of words) {
    const paths = await filesOf(word, cwd);
    if (paths === undefined) missing.push(word);
    for (const { path, isNamed } of paths ?? []) named.set(path, isNamed || named.get(path) === true);
  }
  return { files: await withoutTwins(named), missing };
}

/** Of a link and what it leads to, one is enough: the one that was named, else the first. */
async function withoutTwins(named: ReadonlyMap<string, boolean>): Promise<readonly FoundFile[]> {
  const files: FoundFile[] = [];
  const seen = new Set<string>();
  const namedFirst = [...named].sort(([a, aNamed], [b, bNamed]) => Number(bNamed) - Number(aNamed) || (a < b ? -1 : 1));
  for (const [path, isNamed] of namedFirst) {
    const target = await realpath(path).catch(() => path);
    if (seen.has(target) && !isNamed) continue;
    seen.add(target);
    files.push({ uri: uriOf(path), named: isNamed });
  }
  return files.sort((a, b) => (a.uri < b.uri ? -1 : 1));
}

/** The path as people are told of it: from the working directory, with `/`. */
export function shownPath(path: string, cwd: string): string {
  return relative(cwd, path).split(sep).join('/') || '.';
}

/** The URI of an absolute path. */
export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

async function filesOf(word: string, cwd: string) {
  const path = resolve(cwd, word);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return asFound(await glob(yamlFiles, { ...search, cwd: path }));
  if (found !== undefined) return [{ path, isNamed: true }];
  if (!isDynamicPattern(word)) return undefined;
  const matches = await glob(word.split(sep).join('/'), { ...search, cwd });
  return matches.length === 0 ? undefined : asFound(matches);
}

const yamlFiles = ['**/*.{yaml,yml}', '**/.runbook-lint.{yaml,yml}'];
const search = { absolute: true, ignore: ['**/node_modules/**'], expandDirectories: false };

function asFound(paths: readonly string[]) {
  return paths.map((path) => ({ path: resolve(path), isNamed: false }));
}
