import { readCommandTools } from '../model/commands-file.ts';
import type { Node, Scalar } from '../syntax/tree.ts';
import { aliases, tools } from './generated/builtin.js';
import { type CommandTable, type CompiledUsage, compileTool, verbOf } from './table.ts';

/**
 * The table with the tools that every fleet knows, which are declared in the format that users have for their own
 * (`builtin/*.yaml`). What a user declares for the same tool and verb wins, under each of the tool's names.
 * A built-in tool is read when a command first names it.
 */
export function withBuiltinTools(declared: CommandTable): CommandTable {
  const merged = new Map<string, readonly CompiledUsage[] | undefined>();
  const usagesOf = (name: string) => {
    if (!merged.has(name)) merged.set(name, merge(name, declared));
    return merged.get(name);
  };
  return {
    names: [...new Set([...declared.names, ...tools.keys(), ...aliases.keys()])],
    declares: (name) => declared.declares(name) || tools.has(name) || aliases.has(name),
    usagesOf,
    ownUsagesOf: declared.ownUsagesOf,
  };
}

function merge(name: string, declared: CommandTable): readonly CompiledUsage[] | undefined {
  const tool = aliases.get(name) ?? name;
  const known = builtinUsages(tool);
  const own = [name, tool].flatMap((each, i, both) => (both.indexOf(each) === i && declared.usagesOf(each)) || []);
  if (known === undefined || own.length === 0) return known ?? (declared.declares(name) ? own : undefined);
  const verbs = new Set(own.map(verbOf));
  return [...own, ...known.filter((usage) => !verbs.has(verbOf(usage)))];
}

const compiled = new Map<string, readonly CompiledUsage[]>();

function builtinUsages(name: string): readonly CompiledUsage[] | undefined {
  const known = compiled.get(name);
  const data = tools.get(name);
  if (known !== undefined || data === undefined) return known;
  const usages = readCommandTools(nodeOf([JSON.parse(data)])).flatMap((tool) => compileTool(tool, false, []));
  compiled.set(name, usages);
  return usages;
}

const nowhere = { start: 0, end: 0 };

/** Plain data as the tree that it was written as; it stands in no file, so its places mean nothing. */
function nodeOf(data: unknown): Node {
  if (Array.isArray(data)) return { kind: 'sequence', items: data.map(nodeOf), flow: false, span: nowhere };
  if (typeof data !== 'object' || data === null) return scalar(String(data));
  const entries = Object.entries(data).map(([key, value]) => ({
    key: scalar(key),
    value: nodeOf(value),
    span: nowhere,
  }));
  return { kind: 'mapping', entries, flow: false, span: nowhere };
}

function scalar(value: string): Scalar {
  return { kind: 'scalar', value, style: 'plain', span: nowhere, outer: nowhere, source: value, damaged: false };
}
