import type { FileKind } from '../model/file-kind.ts';
import type { Leaf } from '../model/leaf.ts';
import type { FleetLookup } from '../rules/rule.ts';
import { allOf, type Look } from './look.ts';
import { namedFiles } from './named-files.ts';
import { whyNot } from './unreadable.ts';
import { childOf, folderOf, foldersAbove, relativePath, resolvePath, writtenLike } from './uri.ts';

/** The fleets that a runbook is checked against. */
export interface FoundFleets {
  readonly uris: readonly string[];
  readonly lookup: FleetLookup;
}

/** More fleets than anybody declares; a list that goes on and on is a slip. */
const mostFleets = 32;

/** Fleets that are named outside of the runbook. */
interface FleetWishes {
  /** The one fleet for every runbook, whatever they say themselves. */
  readonly chosen: string | undefined;
  /** The fleet of a runbook that names none. */
  readonly wished: string | undefined;
}

/**
 * Takes the fleet that was chosen for every runbook, else looks for those whose paths are written in this one,
 * else takes the one that the editor's settings name, else looks up the tree; undefined where files have to be loaded first.
 */
export function findFleets(
  runbook: string,
  paths: readonly Leaf<string>[],
  look: Look,
  { chosen, wished }: FleetWishes,
): FoundFleets | undefined {
  if (chosen !== undefined) return fleetAt(chosen, look, chosen);
  if (paths.length > 0) return fleetsByPath(runbook, paths, look);
  return wished === undefined ? nearestFleet(runbook, look) : fleetAt(wished, look, relativePath(runbook, wished));
}

/** A fleet that is named outside of the runbook; `path` is what it is called in a message. */
function fleetAt(fleet: string, look: Look, path: string): FoundFleets | undefined {
  const result = look.text(fleet);
  if (result === undefined) return undefined;
  if ('text' in result) return { uris: [fleet], lookup: { unreadable: [], nearby: undefined } };
  const unreadable = { span: undefined, path, why: whyNot(result.why), among: [] };
  return { uris: [], lookup: { unreadable: [unreadable], nearby: undefined } };
}

function fleetsByPath(runbook: string, paths: readonly Leaf<string>[], look: Look): FoundFleets | undefined {
  const near = (target: string, path: string) => fleetPathsNear(runbook, target, path, look);
  const naming = { uri: runbook, kind: 'runbook', what: 'fleets', most: mostFleets, isNone, near } as const;
  const found = namedFiles(paths, naming, look);
  if (found === undefined) return undefined;
  const { files, unreadable } = found;
  return { uris: files.map(({ uri }) => uri), lookup: { unreadable, nearby: undefined } };
}

function isNone(kind: FileKind): string | undefined {
  if (kind === 'fleet') return undefined;
  return kind === 'other' ? 'it is not a fleet' : `it is not a fleet but a ${fileWords[kind]}`;
}

const fileWords = { runbook: 'runbook', commands: 'commands file', config: 'configuration' } as const;

/** Fleets where the path leads to and in the nearest folder up from the runbook that has any, written like the path: what it may have meant. */
function fleetPathsNear(runbook: string, target: string, path: string, look: Look): readonly string[] | undefined {
  const folder = folderOf(target);
  const there = folder === undefined ? [] : fleetsIn(folder, look);
  const near = fleetsAbove(runbook, look);
  const fromAbove = allOf(foldersAbove(runbook).map((above) => fleetFrom(above, path, look)));
  return (
    there &&
    near &&
    fromAbove &&
    [...new Set([...there, ...fromAbove.flat(), ...near])].map((uri) => writtenLike(path, relativePath(runbook, uri)))
  );
}

/** The fleet to which the path leads from another folder: the root of the repository, mostly. */
function fleetFrom(folder: string, path: string, look: Look): readonly string[] | undefined {
  const uri = resolvePath(childOf(folder, 'any'), path.replaceAll('\\', '/'));
  const result = uri === undefined ? { why: 'missing' as const } : look.text(uri);
  if (result === undefined || uri === undefined) return result && [];
  return 'text' in result && look.kindOf(uri, result.text) === 'fleet' ? [uri] : [];
}

/** The fleets in the nearest folder up the tree that has any. */
function fleetsAbove(runbook: string, look: Look): readonly string[] | undefined {
  for (const folder of foldersAbove(runbook)) {
    const fleets = fleetsIn(folder, look);
    if (fleets === undefined || fleets.length > 0) return fleets;
  }
  return [];
}

/** The fleet in the nearest folder that has any, if it has exactly one. */
function nearestFleet(runbook: string, look: Look): FoundFleets | undefined {
  const fleets = fleetsAbove(runbook, look);
  if (fleets === undefined) return undefined;
  if (fleets.length === 1) return { uris: fleets, lookup: { unreadable: [], nearby: undefined } };
  return { uris: [], lookup: { unreadable: [], nearby: fleets.map((uri) => relativePath(runbook, uri)) } };
}

/** The fleets of a folder, by name; a bare `fleet.yaml` belongs to other tools too, so there its content decides. */
function fleetsIn(folder: string, look: Look): readonly string[] | undefined {
  const names = look.names(folder);
  if (names === undefined) return undefined;
  const candidates = names
    .filter((name) => /\.ya?ml$/i.test(name))
    .toSorted()
    .map((name) => childOf(folder, name))
    .filter((uri) => /[./]fleet\.ya?ml$/i.test(uri) || look.kindOf(uri, '') === 'fleet');
  const verdicts = allOf(candidates.map((uri) => isFleet(uri, look)));
  return verdicts && candidates.filter((_, i) => verdicts[i]);
}

function isFleet(uri: string, look: Look): boolean | undefined {
  if (look.kindOf(uri, '') === 'fleet') return true;
  const result = look.text(uri);
  return result && 'text' in result && look.kindOf(uri, result.text) === 'fleet';
}
