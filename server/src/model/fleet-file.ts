import { entryOf, type Node } from '../syntax/tree.ts';
import { readCommandTools } from './commands-file.ts';
import type { Fleet, Group, Minimum, RemovalLimit, Serving, Subsystem } from './fleet.ts';
import { parseCount, parseDuration, parsePositive, parseUnits } from './quantity.ts';
import {
  keyLeaf,
  leafOf,
  namedEntries,
  oneOrMore,
  type Reader,
  reader,
  textLeaf,
  textLeaves,
  textPairs,
} from './read-leaf.ts';
import { isCount } from './schema/hosts-check.ts';
import { straysAfter } from './schema/strays.ts';

/** Reads a fleet (docs/fleet.md). Never throws; what is malformed is left out. */
export function readFleet(root: Node | undefined): Fleet {
  const read = reader();
  const value = (key: string) => entryOf(root, key)?.value;
  return {
    name: textLeaf(value('fleet'), read),
    description: textLeaf(value('description'), read),
    environment: textLeaf(value('environment'), read),
    subsystems: namedEntries(value('subsystems'), read).map(({ key, value: node }) =>
      readSubsystem(keyLeaf(key), node, read),
    ),
    groups: namedEntries(value('groups'), read).map(({ key, value: node }) => readGroup(keyLeaf(key), node, read)),
    namesAreRead: ['subsystems', 'groups'].every((key) => ['mapping', undefined].includes(value(key)?.kind)),
    removal: readRemoval(value('removal'), read),
    commands: readCommandTools(value('commands')),
    commandFiles: textLeaves(value('commandFiles'), read),
    outside: textLeaves(value('outside'), read),
  };
}

function readSubsystem(name: Subsystem['name'], node: Node | undefined, read: Reader): Subsystem {
  const value = (key: string) => entryOf(node, key)?.value;
  return {
    name,
    capacity: leafOf(value('capacity'), read, parseCount),
    minimums: readMinimums(value('minimum'), read),
    minimumPerZone: leafOf(value('minimumPerZone'), read, parseUnits),
    survives: readSurvives(value('survives'), read),
    recovery: leafOf(value('recovery'), read, parseDuration),
    dependsOn: textLeaves(value('dependsOn'), read),
    removal: readRemoval(value('removal'), read),
    node: node?.kind === 'mapping' ? node : undefined,
  };
}

function readMinimums(node: Node | undefined, read: Reader): readonly Minimum[] {
  const list = node?.kind === 'sequence' ? node.items : [undefined];
  return list.flatMap((item) => {
    const leaf = leafOf(item === undefined ? node : entryOf(item, 'value')?.value, read, parseUnits);
    if (leaf === undefined) return [];
    const during = textLeaf(entryOf(item, 'during')?.value, read);
    const timezone = textLeaf(entryOf(item, 'timezone')?.value, read);
    return [{ value: leaf, during, timezone }];
  });
}

function readSurvives(node: Node | undefined, read: Reader): Subsystem['survives'] {
  if (node?.kind !== 'mapping') return undefined;
  const zones = leafOf(entryOf(node, 'zones')?.value, read, parsePositive);
  const hosts = leafOf(entryOf(node, 'hosts')?.value, read, parsePositive);
  return { ...(zones && { zones }), ...(hosts && { hosts }), span: node.span };
}

function readRemoval(node: Node | undefined, read: Reader): RemovalLimit | undefined {
  if (node?.kind !== 'mapping') return undefined;
  const limit = leafOf(entryOf(node, 'limit')?.value, read, parseUnits);
  const window = leafOf(entryOf(node, 'window')?.value, read, parseDuration);
  const zonesAtOnce = leafOf(entryOf(node, 'zonesAtOnce')?.value, read, parsePositive);
  const known = [limit, window, zonesAtOnce].filter((leaf) => leaf !== undefined);
  const isWhole = known.length === node.entries.length && (limit === undefined) === (window === undefined);
  return { limit, window, zonesAtOnce, isWhole, span: node.span };
}

function readGroup(name: Group['name'], node: Node | undefined, read: Reader): Group {
  const value = (key: string) => entryOf(node, key)?.value;
  const hosts = oneOrMore(value('hosts'), read);
  const strays = node?.kind === 'mapping' ? straysAfter(node, 'hosts') : [];
  return {
    name,
    count: leafOf(value('count'), read, parseCount),
    hosts: isCount(value('hosts')) ? undefined : hosts && [...hosts, ...strays.map(({ key }) => keyLeaf(key))],
    serves: readServes(value('serves'), read),
    zone: textLeaf(value('zone'), read),
    unavailable: readUnavailable(value('unavailable'), read),
    warmup: leafOf(value('warmup'), read, parseDuration),
    labels: textPairs(value('labels'), read),
    aliases: textLeaves(value('aliases'), read),
    node: node?.kind === 'mapping' ? node : undefined,
  };
}

/** A subsystem whose units are malformed is served by one unit a server: it is not the servers' absence that is declared. */
function readServes(node: Node | undefined, read: Reader): readonly Serving[] {
  if (node?.kind !== 'mapping') {
    return textLeaves(node, read).map((subsystem) => ({ subsystem, units: undefined }));
  }
  return namedEntries(node, read).map(({ key, value }) => ({
    subsystem: keyLeaf(key),
    units: leafOf(value, read, parsePositive),
  }));
}

/** A whole number is a count; anything else names hosts. */
function readUnavailable(node: Node | undefined, read: Reader): Group['unavailable'] {
  const count = node?.kind === 'scalar' ? leafOf(node, read, parseCount) : undefined;
  if (count !== undefined) return { count };
  const hosts = node?.kind === 'mapping' ? undefined : oneOrMore(node, read);
  return hosts && { hosts };
}
