import { parseHosts } from '../../model/hosts.ts';
import type { Capacity, GroupCapacity, SubsystemCapacity } from '../../simulation/fleet/capacity.ts';
import { entryOf } from '../../syntax/tree.ts';

const known = new WeakMap<Capacity, ReadonlySet<string>>();

/** Subsystems and groups of which the fleet does not say, or not so that it can be read, how many there are or have to stay. */
export function doubtsOf(capacity: Capacity): ReadonlySet<string> {
  const before = known.get(capacity);
  if (before !== undefined) return before;
  const groups = capacity.groups.filter((group) => !hasKnownSize(group));
  const subsystems = capacity.subsystems.filter(
    (subsystem) =>
      !hasKnownMinimum(subsystem) || !servedBySome(subsystem) || groups.some((group) => serves(group, subsystem)),
  );
  const doubts = new Set([...groups, ...subsystems].map(({ name }) => name));
  known.set(capacity, doubts);
  return doubts;
}

/** Where another finding says already that the size of a group is missing or cannot be read, nothing is judged by it. */
export function hasKnownSize({ declared, hosts }: GroupCapacity): boolean {
  if (declared === undefined) return true;
  if (hosts === undefined) return declared.count?.value !== undefined;
  return parseHosts(declared.hosts?.flatMap(({ value }) => value ?? []) ?? []).problem === undefined;
}

function hasKnownMinimum({ declared: { minimums, node } }: SubsystemCapacity): boolean {
  const written = entryOf(node, 'minimum')?.value;
  return minimums.length > 0 && (written?.kind !== 'sequence' || written.items.length === minimums.length);
}

function servedBySome({ servedBy }: SubsystemCapacity): boolean {
  return servedBy.length > 0;
}

function serves(group: GroupCapacity, { index }: SubsystemCapacity): boolean {
  return (group.units[index] ?? 0) > 0;
}
