import { URI } from 'vscode-uri';

/*
 * Inside the project a file has one name: the canonical form of its URI.
 * Clients spell the same file in several ways (`%3A` or `:`, the case of a drive letter), so whatever comes in passes through `canonicalUri`.
 */

const known = new Map<string, string>();
const mostKnown = 10_000;

/** The one spelling of a URI by which files are told apart; what cannot be read as a URI stays as it is. */
export function canonicalUri(uri: string): string {
  const before = known.get(uri);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const canonical = parse(uri)?.toString() ?? uri;
  known.set(uri, canonical);
  return canonical;
}

/** The path, decoded. */
export function pathOf(uri: string): string {
  return parse(uri)?.path ?? uri;
}

/** The last part of the path, decoded. */
export function nameOf(uri: string): string {
  const path = pathOf(uri);
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder that a file or folder is in; undefined for the root, and for what is in no folder, such as an unsaved document. */
export function folderOf(uri: string): string | undefined {
  const parsed = parse(uri);
  if (parsed === undefined) return undefined;
  const path = parsed.path.length > 1 && parsed.path.endsWith('/') ? parsed.path.slice(0, -1) : parsed.path;
  const slash = path.lastIndexOf('/');
  if (slash < 0 || path === '/') return undefined;
  return parsed.with({ path: path.slice(0, slash) || '/', query: null, fragment: null }).toString();
}

/** The folders above a file, the nearest first. */
export function foldersAbove(uri: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(uri); folder !== undefined; folder = folderOf(folder)) folders.push(folder);
  return folders;
}

/** What is called like that in a folder. */
export function childOf(folder: string, name: string): string {
  const parsed = parse(folder);
  if (parsed === undefined) return `${folder}/${name}`;
  return parsed.with({ path: `${parsed.path.replace(/\/$/, '')}/${name}` }).toString();
}

/** What a path written in a file leads to; undefined where the file is in no folder. */
export function resolvePath(from: string, path: string): string | undefined {
  const parsed = parse(from);
  const folder = folderOf(from);
  if (parsed === undefined || folder === undefined) return undefined;
  const words = hasDrive(parsed.path) ? path.replaceAll('\\', '/') : path;
  const start = isAbsolute(words) ? '' : (parse(folder)?.path ?? '');
  const parts: string[] = [];
  for (const part of `${start}/${words}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parsed.with({ path: `/${parts.join('/')}`, query: null, fragment: null }).toString();
}

/** How a file would write the path of another: relative, with `/`. */
export function relativePath(from: string, to: string): string {
  const [start, target] = [parse(folderOf(from) ?? from), parse(to)];
  if (!start || !target || start.scheme !== target.scheme || start.authority !== target.authority) return to;
  const [here, there] = [partsOf(start.path), partsOf(target.path)];
  let same = 0;
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same += 1;
  return [...here.slice(same).map(() => '..'), ...there.slice(same)].join('/');
}

/** A relative path in the manner of another: with `./` in front where that has it. */
export function writtenLike(path: string, relative: string): string {
  return path.startsWith('./') && !relative.startsWith('.') ? `./${relative}` : relative;
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path);
}

function hasDrive(path: string): boolean {
  return /^\/[A-Za-z]:/.test(path);
}

function parse(uri: string): URI | undefined {
  try {
    return URI.parse(uri);
  } catch {
    return undefined;
  }
}
