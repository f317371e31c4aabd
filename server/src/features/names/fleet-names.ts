import type { CommandsAnalysis, FleetAnalysis } from '../../lint/analysis.ts';
import type { CommandTool, CommandUsage } from '../../model/commands.ts';
import type { Leaf } from '../../model/leaf.ts';
import type { Capacity } from '../../simulation/fleet/capacity.ts';
import { sourceSpan } from '../../syntax/decoding/scalar-source.ts';
import { entryOf, type Node } from '../../syntax/tree.ts';
import { declared, none, type Occurrence, used } from './occurrence.ts';
import { labelsOf } from './step-names.ts';
import { targetNames } from './target-names.ts';

/** Every name in a fleet, in the order of the walk. */
export function fleetNames({ fleet, capacity, root, text }: FleetAnalysis): readonly Occurrence[] {
  const hosts = (words: readonly Leaf<string>[] | undefined) =>
    (words ?? []).flatMap(({ value, span }) =>
      value === undefined ? none : targetNames({ role: 'hosts', text: value, span }, [capacity], text),
    );
  return [
    ...fleet.subsystems.flatMap(({ name, dependsOn }) => [
      ...declared('subsystem', name),
      ...dependsOn.flatMap((leaf) => used('subsystem', leaf)),
    ]),
    ...fleet.groups.flatMap((group) => [
      ...declared('group', group.name),
      ...group.aliases.flatMap((alias) =>
        declared('group', alias).map((one) => ({ ...one, name: group.name.value ?? one.name })),
      ),
      ...group.serves.flatMap(({ subsystem }) => used('subsystem', subsystem)),
      ...hosts(group.hosts).map(asDeclared),
      ...hosts(group.unavailable?.hosts),
      ...declared('zone', group.zone),
      ...labelsOf(group).map(asDeclared),
    ]),
    ...toolNames(fleet.commands, entryOf(root, 'commands')?.value, [capacity], text),
    ...fleet.commandFiles.flatMap((leaf) => used('file', leaf)),
  ];
}

function asDeclared(name: Occurrence): Occurrence {
  return { ...name, declares: true };
}

/** Every name in a commands file; those of a fleet only where it is known which fleet it belongs to. */
export function commandsNames(
  { tools, root, text }: CommandsAnalysis,
  capacities: readonly Capacity[],
): readonly Occurrence[] {
  return toolNames(tools, entryOf(root, 'commands')?.value, capacities, text);
}

function toolNames(
  tools: readonly CommandTool[],
  node: Node | undefined,
  capacities: readonly Capacity[],
  text: string,
): readonly Occurrence[] {
  return [
    ...tools.flatMap((tool) => [
      ...declared('tool', tool.tool),
      ...tool.aliases.flatMap((alias) => declared('tool', alias)),
      ...tool.usages.flatMap((usage) => undoTool(usage, tool)),
    ]),
    ...(capacities.length === 0 ? none : mappedNames(node, capacities, text)),
  ];
}

/** The tool with which an `undo` begins, where it is the same. */
function undoTool({ undo }: CommandUsage, { tool }: CommandTool): readonly Occurrence[] {
  const name = tool.value;
  if (undo?.value === undefined || name === undefined) return none;
  const from = undo.value.search(/\S/);
  if (!new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:\\s|$)`).test(undo.value.slice(Math.max(0, from))))
    return none;
  return [
    { kind: 'tool', name, written: name, span: sourceSpan(undo.scalar, from, from + name.length), declares: false },
  ];
}

/** The values of `map`, of a tool and of its usages, are names of the fleet. */
function mappedNames(node: Node | undefined, capacities: readonly Capacity[], text: string): readonly Occurrence[] {
  if (node?.kind === 'sequence') return node.items.flatMap((item) => mappedNames(item, capacities, text));
  if (node?.kind !== 'mapping') return none;
  const map = entryOf(node, 'map')?.value;
  const own = map?.kind === 'mapping' ? map.entries : [];
  return [
    ...own.flatMap(({ value }) =>
      value?.kind === 'scalar' && value.style !== 'empty'
        ? targetNames({ role: 'target', text: value.value, span: value.span }, capacities, text)
        : none,
    ),
    ...mappedNames(entryOf(node, 'usages')?.value, capacities, text),
  ];
}
