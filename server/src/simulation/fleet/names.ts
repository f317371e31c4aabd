import type { UnknownName } from '../outcome.ts';
import type { Capacity } from './capacity.ts';

/** Names of one kind, in the fleet's order; hosts only as far as a person could list them. */
export function namesOf(kind: UnknownName['kind'], capacity: Capacity): readonly string[] {
  const known = namesBy.get(capacity)?.get(kind);
  if (known !== undefined) return known;
  const names = namesAmong(kind, capacity);
  namesBy.set(capacity, new Map([...(namesBy.get(capacity) ?? []), [kind, names]]));
  return names;
}

// A command may name thousands of hosts that are not there.
const namesBy = new WeakMap<Capacity, ReadonlyMap<UnknownName['kind'], readonly string[]>>();

function namesAmong(kind: UnknownName['kind'], capacity: Capacity): readonly string[] {
  const groups = capacity.groups.flatMap((group) => [group.name, ...group.aliases]);
  const subsystems = capacity.subsystems.map((subsystem) => subsystem.name);
  switch (kind) {
    case 'subsystem':
      return subsystems;
    case 'group':
      return groups;
    case 'zone':
      return capacity.zones;
    case 'label':
      return [
        ...new Set(capacity.groups.flatMap((group) => [...group.labels].map(([key, value]) => `${key}=${value}`))),
      ];
    case 'host':
      return hostNames(capacity);
    case 'name':
      return [...new Set([...groups, ...subsystems, ...capacity.zones, ...hostNames(capacity)])];
    case 'step':
      return [];
  }
}

const listed = 2000;

function hostNames(capacity: Capacity): readonly string[] {
  const names: string[] = [];
  for (const group of capacity.groups) {
    if (group.hosts === undefined || group.hosts.size > listed - names.length) continue;
    names.push(...group.hosts.names());
  }
  return names;
}
