import type { Fleet, Group, RemovalLimit, Subsystem } from '../../model/fleet.ts';
import type { HostSet } from '../../model/hosts.ts';
import { parseHosts } from '../../model/hosts.ts';
import type { Amount, Leaf } from '../../model/leaf.ts';
import type { RunbookHead } from '../../model/runbook.ts';
import type { Capacity, GroupCapacity, SubsystemCapacity } from './capacity.ts';
import { strictestMinimum, unitsOf, windowHours } from './minimum.ts';
import { rateOf } from './rate.ts';

/**
 * The fleet with every name resolved and every figure a whole number (docs/fleet.md).
 * Never fails: a name that is not declared counts for nothing, and a missing figure for 0; the rule `impossible-fleet` reports them.
 */
export function compileFleet(fleet: Fleet): Capacity {
  const declared = firstOfEachName(fleet.subsystems);
  const indexOf = new Map(declared.map((subsystem, index) => [subsystem.name.value ?? '', index]));
  const groups = [...fleet.groups.map((group, index) => compileGroup(group, index, indexOf))];
  const served = new Set(fleet.groups.flatMap((group) => group.serves.map((serving) => serving.subsystem.value)));
  for (const subsystem of declared) {
    if (subsystem.capacity !== undefined && !served.has(subsystem.name.value)) {
      groups.push(
        implicitGroup(subsystem, groups.length, declared.length, indexOf.get(subsystem.name.value ?? '') ?? 0),
      );
    }
  }
  const dependents = dependentsOf(declared);
  const subsystems = declared.map((subsystem, index) =>
    compileSubsystem(subsystem, index, groups, dependents, fleet.removal),
  );
  return {
    subsystems,
    groups,
    subsystemByName: byName(subsystems),
    groupByName: namesOf(groups),
    zones: [...new Set(groups.flatMap((group) => group.zone ?? []))],
    environment: fleet.environment?.value,
  };
}

const within = new WeakMap<Capacity, Map<string, Capacity>>();

/**
 * The fleet as it is in the hours of a runbook: of each subsystem, the strictest minimum that these hours may touch.
 * The same object where no minimum depends on the hour, and for every runbook with the same window.
 */
export function capacityWithin(capacity: Capacity, window: RunbookHead['window']): Capacity {
  const hours = windowHours(window);
  if (hours === undefined || !capacity.subsystems.some(dependsOnHour)) return capacity;
  const ofCapacity = within.get(capacity) ?? new Map<string, Capacity>();
  within.set(capacity, ofCapacity);
  const key = `${window?.timezone?.value ?? ''} ${window?.during?.value ?? ''}`;
  const known = ofCapacity.get(key);
  if (known !== undefined) return known;
  const subsystems = capacity.subsystems.map((subsystem) => {
    if (!dependsOnHour(subsystem)) return subsystem;
    const { units: minimum, setBy } = strictestMinimum(subsystem.declared.minimums, hours, subsystem.full);
    return { ...subsystem, minimum, setBy };
  });
  const made = { ...capacity, subsystems, subsystemByName: byName(subsystems) };
  ofCapacity.set(key, made);
  return made;
}

function dependsOnHour({ declared }: SubsystemCapacity): boolean {
  return declared.minimums.some(({ during }) => during !== undefined);
}

function byName(subsystems: readonly SubsystemCapacity[]): Capacity['subsystemByName'] {
  return new Map(subsystems.map((subsystem) => [subsystem.name, subsystem]));
}

function firstOfEachName(subsystems: readonly Subsystem[]): readonly Subsystem[] {
  const seen = new Set<string>();
  return subsystems.filter((subsystem) => {
    const name = subsystem.name.value;
    if (name === undefined || seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

function compileGroup(group: Group, index: number, indexOf: ReadonlyMap<string, number>): GroupCapacity {
  const hosts = hostSet(group.hosts);
  const size = hosts?.size ?? group.count?.value ?? 0;
  const unavailableHosts = hostSet(group.unavailable?.hosts);
  const units: number[] = new Array<number>(indexOf.size).fill(0);
  for (const serving of group.serves) {
    const at = indexOf.get(serving.subsystem.value ?? '');
    if (at !== undefined) units[at] = serving.units === undefined ? 1 : (serving.units.value ?? 0);
  }
  return {
    index,
    name: group.name.value ?? '',
    size,
    unavailable: Math.min(size, unavailableHosts?.size ?? group.unavailable?.count?.value ?? 0),
    units,
    zone: group.zone?.value,
    labels: new Map(group.labels.map((label) => [label.key.value ?? '', label.value.value ?? ''])),
    aliases: group.aliases.flatMap((alias) => alias.value ?? []),
    hosts,
    unavailableHosts: hosts && unavailableHosts,
    warmup: group.warmup?.value ?? 0,
    declared: group,
  };
}

function implicitGroup(subsystem: Subsystem, index: number, subsystems: number, serves: number): GroupCapacity {
  const units: number[] = new Array<number>(subsystems).fill(0);
  units[serves] = 1;
  return {
    index,
    name: subsystem.name.value ?? '',
    size: subsystem.capacity?.value ?? 0,
    unavailable: 0,
    units,
    zone: undefined,
    labels: new Map(),
    aliases: [],
    hosts: undefined,
    unavailableHosts: undefined,
    warmup: 0,
    declared: undefined,
  };
}

function hostSet(words: readonly Leaf<string>[] | undefined): HostSet | undefined {
  return words === undefined ? undefined : parseHosts(words.flatMap((word) => word.value ?? [])).set;
}

function compileSubsystem(
  declared: Subsystem,
  index: number,
  groups: readonly GroupCapacity[],
  dependents: ReadonlyMap<string, readonly string[]>,
  removal: RemovalLimit | undefined,
): SubsystemCapacity {
  const name = declared.name.value ?? '';
  const servedBy = groups.flatMap((group) => {
    const units = group.units[index] ?? 0;
    return units > 0 ? [{ group, units }] : [];
  });
  const full = servedBy.reduce((sum, { group, units }) => sum + group.size * units, 0);
  const { units: minimum, setBy } = strictestMinimum(declared.minimums, undefined, full);
  return {
    index,
    name,
    full,
    minimum,
    setBy,
    servedBy,
    dependents: dependents.get(name) ?? [],
    recovery: declared.recovery?.value,
    zoneMinimums: zoneMinimums(declared.minimumPerZone?.value, servedBy),
    survives: { zones: declared.survives?.zones?.value ?? 0, hosts: declared.survives?.hosts?.value ?? 0 },
    zonesAtOnce: (declared.removal?.zonesAtOnce ?? removal?.zonesAtOnce)?.value,
    rate: rateOf(declared.removal, removal, full),
    declared,
  };
}

/** A server without a zone is left out (docs/simulation.md §7). */
function zoneMinimums(
  amount: Amount | undefined,
  servedBy: SubsystemCapacity['servedBy'],
): SubsystemCapacity['zoneMinimums'] {
  if (amount === undefined) return [];
  const strength = new Map<string, number>();
  for (const { group, units } of servedBy) {
    if (group.zone === undefined || group.size === 0) continue;
    strength.set(group.zone, (strength.get(group.zone) ?? 0) + group.size * units);
  }
  return [...strength].map(([zone, full]) => ({ zone, minimum: unitsOf(amount, full) }));
}

/** Names and aliases; a group's own name goes before another's alias. */
function namesOf(groups: readonly GroupCapacity[]): ReadonlyMap<string, GroupCapacity> {
  const names = new Map<string, GroupCapacity>();
  for (const group of groups) if (!names.has(group.name)) names.set(group.name, group);
  for (const group of groups) for (const alias of group.aliases) if (!names.has(alias)) names.set(alias, group);
  return names;
}

/** For each subsystem, everything that depends on it, directly or not, each after what it needs itself. */
function dependentsOf(subsystems: readonly Subsystem[]): ReadonlyMap<string, readonly string[]> {
  const direct = new Map<string, string[]>();
  for (const subsystem of subsystems) {
    for (const needed of subsystem.dependsOn) {
      const list = direct.get(needed.value ?? '') ?? [];
      list.push(subsystem.name.value ?? '');
      direct.set(needed.value ?? '', list);
    }
  }
  return new Map(subsystems.map(({ name }) => [name.value ?? '', restartOrder(name.value ?? '', direct)]));
}

/** A topological order by depth-first search, without recursion so that a long chain does not exhaust the stack. */
function restartOrder(start: string, direct: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done: string[] = [];
  const seen = new Set([start]);
  const path = [{ name: start, next: 0 }];
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const child = direct.get(top.name)?.[top.next];
    top.next += 1;
    if (child === undefined) {
      done.push(top.name);
      path.pop();
    } else if (!seen.has(child)) {
      seen.add(child);
      path.push({ name: child, next: 0 });
    }
  }
  return done.reverse().slice(1);
}
