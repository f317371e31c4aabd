import type { Fleet } from '../../model/fleet.ts';
import { parseHosts } from '../../model/hosts.ts';
import { nearest } from '../../model/nearest.ts';
import type { Capacity, GroupCapacity, SubsystemCapacity } from '../../simulation/fleet/capacity.ts';
import { entryOf, type Mapping } from '../../syntax/tree.ts';

/** What the fleet does not say, or not so that it can be read. */
export interface Doubt {
  /** The subsystem or group that has the mistake, or `removal`. */
  readonly of: string;
  /** It is not a figure but one bound more: what is broken without it is broken with it too. */
  readonly isBound: boolean;
}

const known = new WeakMap<Capacity, ReadonlyMap<string, Doubt>>();

/** Of subsystems and groups by name, why nothing that is done to them can be said to be safe. */
export function doubtsOf(capacity: Capacity, fleet: Fleet | undefined): ReadonlyMap<string, Doubt> {
  const before = known.get(capacity);
  if (before !== undefined) return before;
  const { groups, subsystems } = capacity;
  const sizes = groups.filter((group) => !hasKnownSize(group) || !hasKnownWeight(group));
  const rests = groups.filter((group) => !isRead(group, capacity));
  const served = (by: readonly GroupCapacity[]) =>
    subsystems.filter((subsystem) => by.some((group) => serves(group, subsystem)));
  const unknown = subsystems.filter((subsystem) => !hasKnownMinimum(subsystem) || !servedBySome(subsystem));
  const unbound = subsystems.filter((subsystem) => !isBoundRead(subsystem));
  const doubts = new Map<string, Doubt>();
  if (fleet?.removal?.isWhole === false)
    for (const { name } of subsystems) doubts.set(name, { of: 'removal', isBound: true });
  for (const { name } of [...rests, ...served(rests), ...unbound]) doubts.set(name, { of: name, isBound: true });
  for (const { name } of [...sizes, ...served(sizes), ...unknown]) doubts.set(name, { of: name, isBound: false });
  known.set(capacity, doubts);
  return doubts;
}

/** Where another finding says already that the size of a group is missing or cannot be read, nothing is judged by it. */
export function hasKnownSize({ declared, hosts }: GroupCapacity): boolean {
  if (declared === undefined) return true;
  if (hosts === undefined) return declared.count?.value !== undefined;
  return parseHosts(declared.hosts?.flatMap(({ value }) => value ?? []) ?? []).problem === undefined;
}

/** Whether it is certain how many servers there are where they are counted and named, and what each of them brings. */
function hasKnownWeight({ declared, hosts }: GroupCapacity): boolean {
  const count = declared?.count?.value;
  if (hosts !== undefined && count !== undefined && count !== hosts.size) return false;
  return (
    entryOf(declared?.node, 'serves')?.value?.kind !== 'mapping' ||
    declared?.serves.every(({ units }) => units !== undefined) === true
  );
}

/** Whether all else is read that a group says. */
function isRead({ declared, hosts }: GroupCapacity, { subsystemByName }: Capacity): boolean {
  if (declared === undefined) return true;
  const { node, serves: all, zone, unavailable, warmup } = declared;
  if (
    entryOf(node, 'serves') === undefined ||
    !all.every(({ subsystem }) => subsystemByName.has(subsystem.value ?? ''))
  )
    return false;
  if (hosts === undefined && unavailable?.hosts !== undefined) return false;
  return areRead(node, { count: '', hosts: '', serves: '', zone, unavailable, warmup, labels: '', aliases: '' });
}

/** Whether all is read that a subsystem has to hold besides its minimum. */
function isBoundRead({ declared }: SubsystemCapacity): boolean {
  const { node, capacity, minimums, minimumPerZone, survives, removal } = declared;
  if (removal?.isWhole === false) return false;
  const losses = entryOf(node, 'survives')?.value;
  const lost = [survives?.zones, survives?.hosts].filter((leaf) => leaf !== undefined);
  if (losses?.kind === 'mapping' && losses.entries.length > lost.length) return false;
  return areRead(node, { capacity, minimum: minimums, minimumPerZone, survives, removal, recovery: '', dependsOn: '' });
}

/** Whether what stands under these keys is read, and none of them is misspelt. */
function areRead(node: Mapping | undefined, values: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(values);
  const fails = (key: string) => (keys.includes(key) ? values[key] === undefined : nearest(key, keys) !== undefined);
  return node?.entries.some(({ key }) => fails(key.value)) !== true;
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
