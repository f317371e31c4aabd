import { difference, folded, type HostSet, intersection, union } from '../../model/hosts.ts';
import type { Capacity, GroupCapacity } from './capacity.ts';

/** Servers of one group: all of it, or some of its hosts. In a list at most one part a group. */
export interface Part {
  readonly group: GroupCapacity;
  /** Undefined: the whole group. */
  readonly hosts: HostSet | undefined;
}

export function wholeFleet(capacity: Capacity): readonly Part[] {
  return wholeGroups(capacity, () => true);
}

export function wholeGroups(capacity: Capacity, wanted: (group: GroupCapacity) => boolean): readonly Part[] {
  return capacity.groups.filter(wanted).map((group) => ({ group, hosts: undefined }));
}

/** The hosts of a set that the fleet has. */
export function partsOf(set: HostSet, capacity: Capacity): readonly Part[] {
  return capacity.groups.flatMap((group) => {
    const hosts = group.hosts && intersection(group.hosts, set);
    return hosts !== undefined && hosts.size > 0 ? [{ group, hosts }] : [];
  });
}

/** Servers of either. */
export function together(a: readonly Part[], b: readonly Part[]): readonly Part[] {
  const parts = new Map(a.map((part) => [part.group, part]));
  for (const part of b) {
    const other = parts.get(part.group);
    const hosts = other?.hosts && part.hosts && union(other.hosts, part.hosts);
    parts.set(part.group, other === undefined ? part : { group: part.group, hosts });
  }
  return [...parts.values()];
}

/** Servers of both. */
export function narrow(a: readonly Part[], b: readonly Part[]): readonly Part[] {
  const others = new Map(b.map((part) => [part.group, part]));
  return a.flatMap((part) => {
    const other = others.get(part.group);
    if (other === undefined) return [];
    if (part.hosts === undefined) return [other];
    if (other.hosts === undefined) return [part];
    const hosts = intersection(part.hosts, other.hosts);
    return hosts.size === 0 ? [] : [{ group: part.group, hosts }];
  });
}

/** Servers of the first that are not of the second. Hosts of a group that names none cannot be in the second. */
export function without(a: readonly Part[], b: readonly Part[]): readonly Part[] {
  const others = new Map(b.map((part) => [part.group, part]));
  return a.flatMap((part) => {
    const other = others.get(part.group);
    if (other === undefined) return [part];
    const own = part.hosts ?? part.group.hosts;
    if (other.hosts === undefined || own === undefined) return [];
    const hosts = difference(own, other.hosts);
    return hosts.size === 0 ? [] : [{ group: part.group, hosts }];
  });
}

/** Names that would take too much room in a message. */
const longNames = 200;

/** The parts in names of the fleet, hosts in node-set notation; undefined where that is long. */
export function namesOfParts(parts: readonly Part[]): readonly string[] | undefined {
  const names = parts.flatMap(({ group, hosts }) =>
    hosts === undefined || hosts.size === group.hosts?.size ? [group.name] : folded(hosts),
  );
  return names.join().length > longNames ? undefined : names;
}
