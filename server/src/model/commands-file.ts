import { entryOf, type Mapping, type Node } from '../syntax/tree.ts';
import type {
  CommandInside,
  CommandsFile,
  CommandTool,
  CommandUsage,
  CommandVariant,
  Effect,
  HostsNotation,
  Lasts,
} from './commands.ts';
import type { Leaf } from './leaf.ts';
import { type Reader, reader, textLeaf, textLeaves, textPairs, wordLeaf } from './read-leaf.ts';

/** The effects that a command can have, as they are written. */
export const effects: readonly Effect[] = [
  ...(['remove', 'restore', 'restart', 'replace', 'scale-to', 'add', 'block', 'unblock'] as const),
  ...(['guard-off', 'guard-on', 'carry', 'opaque', 'none'] as const),
];

const absents = ['all', 'one', 'error'] as const;
const durations: readonly Lasts[] = ['until-reversed', 'permanent', 'self-healing'];
const notations: readonly HostsNotation[] = ['nodeset', 'ansible', 'glob', 'regex', 'comma', 'space'];

/** Reads a commands file (docs/commands.md). Never throws; what is malformed is left out. */
export function readCommandsFile(root: Node | undefined): CommandsFile {
  return { tools: readCommandTools(entryOf(root, 'commands')?.value) };
}

/** Reads the list of tools of a commands file or of a fleet. A tool without a name is left out, as is a usage without a line. */
export function readCommandTools(node: Node | undefined): readonly CommandTool[] {
  if (node?.kind !== 'sequence') return [];
  return node.items.flatMap((item) => (item.kind === 'mapping' ? readTool(item) : []));
}

function readTool(node: Mapping): readonly CommandTool[] {
  const read = reader();
  const value = (key: string) => entryOf(node, key)?.value;
  const tool = textLeaf(value('tool'), read);
  if (tool === undefined) return [];
  const usages = value('usages');
  const items = usages?.kind === 'sequence' ? usages.items : [];
  return [
    {
      tool,
      aliases: textLeaves(value('aliases'), read),
      globals: textLeaves(value('globals'), read),
      hostsNotation: wordLeaf(value('hostsNotation'), read, notations),
      map: textMap(value('map'), read),
      usages: items.flatMap((item) => (item.kind === 'mapping' ? readUsage(item, read) : [])),
    },
  ];
}

function readUsage(node: Mapping, read: Reader): readonly CommandUsage[] {
  const value = (key: string) => entryOf(node, key)?.value;
  const usage = textLeaf(value('usage'), read);
  if (usage === undefined) return [];
  const variants = value('variants');
  const items = variants?.kind === 'sequence' ? variants.items : [];
  const own = reader();
  const effect = wordLeaf(value('effect'), own, effects);
  const all = items.flatMap((item) => (item.kind === 'mapping' ? [readVariant(item, own)] : []));
  const isWhole = all.length === items.length && (variants === undefined || variants.kind === 'sequence');
  const says = (one: CommandVariant) => one.when.length > 0 && (one.effect ?? one.lasts ?? one.speed) !== undefined;
  return [
    {
      usage,
      effect,
      isRead: effect !== undefined && isWhole && all.every(says) && !own.malformed,
      absent: wordLeaf(value('absent'), read, absents),
      variants: all,
      allIf: textLeaves(value('allIf'), read),
      dryRunIf: textLeaves(value('dryRunIf'), read),
      unguardedIf: textLeaves(value('unguardedIf'), read),
      speed: readSpeed(value('speed'), read),
      lasts: wordLeaf(value('lasts'), read, durations),
      guards: textLeaves(value('guards'), read),
      hostsNotation: wordLeaf(value('hostsNotation'), read, notations),
      map: textMap(value('map'), read),
      environments: textMap(value('environments'), read),
      undo: textLeaf(value('undo'), read),
      inside: readInside(value('in'), read),
      span: node.span,
    },
  ];
}

function readVariant(node: Mapping, read: Reader): CommandVariant {
  return {
    // A single word that lacks its brackets is read all the same.
    when: textLeaves(entryOf(node, 'if')?.value, reader()),
    effect: wordLeaf(entryOf(node, 'effect')?.value, read, effects),
    lasts: wordLeaf(entryOf(node, 'lasts')?.value, read, durations),
    speed: textLeaf(entryOf(node, 'speed')?.value, read),
    goesOn: wordLeaf(entryOf(node, 'continue')?.value, read, ['true', 'false'])?.value === 'true',
  };
}

function readSpeed(node: Node | undefined, read: Reader): CommandUsage['speed'] {
  if (node?.kind !== 'mapping') return textLeaf(node, read);
  const batch: Leaf<string> | undefined = textLeaf(entryOf(node, 'batch')?.value, read);
  return batch && { batch, absent: textLeaf(entryOf(node, 'absent')?.value, read) };
}

function readInside(node: Node | undefined, read: Reader): readonly CommandInside[] {
  if (node?.kind === 'sequence') {
    return node.items.flatMap((item) => (item.kind === 'mapping' ? readInside(item, read) : []));
  }
  const format = entryOf(node, 'json') === undefined ? 'yaml' : 'json';
  const role = textLeaf(entryOf(node, format)?.value, read);
  if (role === undefined) return [];
  const path = textLeaf(entryOf(node, 'path')?.value, read);
  return [{ format, role, path, option: textLeaf(entryOf(node, 'option')?.value, read) }];
}

function textMap(node: Node | undefined, read: Reader): ReadonlyMap<string, string> {
  return new Map(textPairs(node, read).map(({ key, value }) => [key.value ?? '', value.value ?? '']));
}
