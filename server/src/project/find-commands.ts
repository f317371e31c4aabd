import type { FleetDocument } from '../lint/lint.ts';
import type { Leaf } from '../model/leaf.ts';
import type { UnreadablePath } from '../rules/rule.ts';
import { allOf, type Look } from './look.ts';
import { whyNot } from './unreadable.ts';
import { childOf, folderOf, relativePath, resolvePath } from './uri.ts';

/** The commands files that a fleet names. */
export interface FoundCommandFiles {
  readonly files: readonly CommandFile[];
  readonly unreadable: readonly UnreadablePath[];
}

export interface CommandFile {
  readonly uri: string;
  readonly text: string;
}

const mostFiles = 100;

/** Follows the paths of `commandFiles`; undefined where files have to be loaded first. */
export function findCommandFiles(document: FleetDocument, look: Look): FoundCommandFiles | undefined {
  const paths = document.fleet.commandFiles;
  const found = allOf(paths.map((path, i) => commandFile(document.uri, path, i, look)));
  if (found === undefined) return undefined;
  const files = new Map(found.flatMap((one) => ('uri' in one ? [[one.uri, one] as const] : [])));
  return { files: [...files.values()], unreadable: found.flatMap((one) => ('why' in one ? one : [])) };
}

function commandFile(
  fleet: string,
  { value, span, scalar }: Leaf<string>,
  index: number,
  look: Look,
): CommandFile | UnreadablePath | undefined {
  const path = value ?? scalar.value;
  const uri = resolvePath(fleet, path);
  const because = (why: string): UnreadablePath | undefined => {
    const among = uri === undefined ? [] : commandFilesNear(fleet, uri, path, look);
    return among && { span, path, why, among };
  };
  if (index >= mostFiles) return because(`only the first ${mostFiles} commands files are read`);
  if (path === '') return because('the path is empty');
  if (uri === undefined) return because('the fleet is in no folder yet; save it first');
  if (uri === fleet) return because('it is the fleet itself');
  const result = look.text(uri);
  if (result === undefined) return undefined;
  if (!('text' in result)) return because(whyNot(result.why));
  const kind = look.kindOf(uri, result.text);
  if (kind === 'runbook' || kind === 'fleet') return because(`it is not a commands file but a ${kind}`);
  return { uri, text: result.text };
}

function commandFilesNear(fleet: string, target: string, path: string, look: Look): readonly string[] | undefined {
  const folders = [...new Set([folderOf(target), folderOf(fleet)])].filter((folder) => folder !== undefined);
  const names = allOf(folders.map((folder) => look.names(folder)));
  const dot = path.startsWith('./') ? './' : '';
  return names?.flatMap((found, i) =>
    found
      .filter((name) => /\.commands\.ya?ml$/i.test(name))
      .toSorted()
      .map((name) => relativePath(fleet, childOf(folders[i] ?? '', name)))
      .map((relative) => (relative.startsWith('.') ? relative : dot + relative)),
  );
}
