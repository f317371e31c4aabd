import type { CommandsAnalysis, FleetAnalysis } from '../../lint/analysis.ts';
import type { CommandTool, CommandUsage } from '../../model/commands.ts';
import type { Leaf } from '../../model/leaf.ts';
import type { Capacity } from '../../simulation/fleet/capacity.ts';
import { sourceSpan } from '../../syntax/scalar-source.ts';
import { entryOf, type Node } from '../../syntax/tree.ts';
import { none, type Occurrence, occurrence } from './occurrence.ts';
import { labelsOf } from './step-names.ts';
import { targetNames } from './target-names.ts';

/** Every name in a fleet, in the order of the walk. */
export function fleetNames({ fleet, capacity, root, text }: FleetAnalysis): readonly Occurrence[] {
  const hosts = (words: readonly Leaf<string>[] | undefined, declares: boolean) =>
    (words ?? []).flatMap(({ value, span }) =>
      value === undefined
        ? none
        : targetNames({ role: 'hosts', text: value, span }, [capacity], text).map((name) => ({ ...name, declares })),
    );
  return [
    ...fleet.subsystems.flatMap(({ name, dependsOn }) => [
      ...occurrence('subsystem', name, true),
      ...dependsOn.flatMap((leaf) => occurrence('subsystem', leaf, false)),
    ]),
    ...fleet.groups.flatMap((group) => [
      ...occurrence('group', group.name, true),
      ...group.aliases.flatMap((alias) =>
        occurrence('group', alias, true).map((one) => ({ ...one, name: group.name.value ?? one.name })),
      ),
      ...group.serves.flatMap(({ subsystem }) => occurrence('subsystem', subsystem, false)),
      ...hosts(group.hosts, true),
      ...hosts(group.unavailable?.hosts, false),
      ...occurrence('zone', group.zone, true),
      ...labelsOf(group, true),
    ]),
    ...toolNames(fleet.commands, entryOf(root, 'commands')?.value, [capacity], text),
    ...fleet.commandFiles.flatMap((leaf) => occurrence('file', leaf, false)),
  ];
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
      ...occurrence('tool', tool.tool, true),
      ...tool.aliases.flatMap((alias) => occurrence('tool', alias, true)),
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
