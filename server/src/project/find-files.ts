import type { Files } from './files.ts';
import type { Look } from './look.ts';
import { childOf } from './uri.ts';

/** What was found in folders, and whether all of it was looked at. */
export interface FoundFiles {
  readonly uris: readonly string[];
  readonly complete: boolean;
}

const mostFolders = 5000;
const mostFiles = 2000;
/** Folders that are listed at the same time. */
const together = 32;

/** Runbooks, fleets and commands files, by name, in the folders and what is below them; hidden folders and `node_modules` are left out. */
export async function findFiles(
  folders: readonly string[],
  files: Files,
  kindOf: Look['kindOf'],
  cancelled: () => boolean = () => false,
): Promise<FoundFiles> {
  const found = new Set<string>();
  const queue = [...folders];
  const seen = new Set(queue);
  let at = 0;
  while (at < queue.length && at < mostFolders && found.size < mostFiles && !cancelled()) {
    const batch = queue.slice(at, at + together);
    at += batch.length;
    await files.load([], batch);
    for (const folder of batch) {
      for (const name of files.names(folder) ?? []) {
        const uri = childOf(folder, name);
        const kind = kindOf(uri, '');
        if (kind !== 'other') {
          if (kind !== 'config') found.add(uri);
        } else if (mayBeFolder(name) && !seen.has(uri)) {
          seen.add(uri);
          queue.push(uri);
        }
      }
    }
  }
  return { uris: [...found].toSorted().slice(0, mostFiles), complete: at >= queue.length && found.size <= mostFiles };
}

/** Names do not tell; what is no folder has nothing in it when it is listed. */
function mayBeFolder(name: string): boolean {
  return !name.startsWith('.') && name !== 'node_modules' && !/\.\w{1,5}$/.test(name);
}
