import { fileKind } from '../model/file-kind.ts';
import type { Files } from './files.ts';
import { childOf } from './uri.ts';

const mostFolders = 400;
const mostRunbooks = 500;

/** Runbooks, by name, in the folders and what is below them; hidden folders and `node_modules` are left out. */
export async function findRunbooks(folders: readonly string[], files: Files): Promise<readonly string[]> {
  const found = new Set<string>();
  const queue = [...folders];
  const seen = new Set(queue);
  for (let i = 0; i < queue.length && i < mostFolders && found.size < mostRunbooks; i++) {
    const folder = queue[i] ?? '';
    await files.load([], [folder]);
    for (const name of files.names(folder) ?? []) {
      const uri = childOf(folder, name);
      if (fileKind(uri, '') === 'runbook') found.add(uri);
      else if (mayBeFolder(name) && !seen.has(uri)) {
        seen.add(uri);
        queue.push(uri);
      }
    }
  }
  return [...found].slice(0, mostRunbooks);
}

/** Names do not tell; what is no folder has nothing in it when it is listed. */
function mayBeFolder(name: string): boolean {
  return !name.startsWith('.') && name !== 'node_modules' && !/\.\w{1,5}$/.test(name);
}
