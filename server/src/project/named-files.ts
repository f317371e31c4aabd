import type { FileKind } from '../model/file-kind.ts';
import type { Leaf } from '../model/leaf.ts';
import type { UnreadablePath } from '../rules/rule.ts';
import { allOf, type Look } from './look.ts';
import { whyNot } from './unreadable.ts';
import { resolvePath } from './uri.ts';

/** A file that another one names by a path. */
interface NamedFile {
  readonly uri: string;
  readonly text: string;
}

export interface NamedFiles {
  /** Each once, in the order in which they are named. */
  readonly files: readonly NamedFile[];
  readonly unreadable: readonly UnreadablePath[];
}

/** Who names files, and what these have to be. */
interface Naming {
  readonly uri: string;
  readonly kind: 'runbook' | 'fleet';
  /** What is named, as a message calls it: `fleets`. */
  readonly what: string;
  /** More of them than anybody names; a list that goes on and on is a slip. */
  readonly most: number;
  /** Why a file of a kind is none of these, as a clause; undefined where it is one. */
  isNone(kind: FileKind): string | undefined;
  /** Paths that may have been meant by one that leads to `target`; undefined where folders have to be loaded first. */
  near(target: string, path: string): readonly string[] | undefined;
}

/** Follows the paths in a file to others; undefined where files have to be loaded first. */
export function namedFiles(paths: readonly Leaf<string>[], naming: Naming, look: Look): NamedFiles | undefined {
  const found = allOf(paths.map((path, i) => namedFile(path, i, naming, look)));
  if (found === undefined) return undefined;
  const files = new Map(found.flatMap((one) => ('uri' in one ? [[one.uri, one] as const] : [])));
  return { files: [...files.values()], unreadable: found.flatMap((one) => ('why' in one ? one : [])) };
}

function namedFile(
  { value, span, scalar }: Leaf<string>,
  index: number,
  { uri: from, kind, what, most, isNone, near }: Naming,
  look: Look,
): NamedFile | UnreadablePath | undefined {
  const path = value ?? scalar.value;
  const uri = resolvePath(from, path);
  const because = (why: string): UnreadablePath | undefined => {
    const among = uri === undefined ? [] : near(uri, path);
    return among && { span, path, why, among };
  };
  if (index >= most) return because(`only the first ${most} ${what} are read`);
  if (value === undefined) return because('a path with a parameter in it cannot be followed');
  if (path === '') return because('the path is empty');
  if (uri === undefined) return because(`the ${kind} is in no folder yet; save it first`);
  if (uri === from) return because(`it is the ${kind} itself`);
  const result = look.text(uri);
  if (result === undefined) return undefined;
  if (!('text' in result)) return because(whyNot(result.why));
  const why = isNone(look.kindOf(uri, result.text));
  return why === undefined ? { uri, text: result.text } : because(why);
}
