import type { SubsystemCapacity } from '../../simulation/fleet/capacity.ts';
import type { FleetContext, Report } from '../rule.ts';
import { counted, list } from '../telling/words.ts';

/** Zones that are too small for their own minimum, and losses that no subsystem of this size can survive. */
export function impossibleZones({ capacity }: FleetContext): readonly Report[] {
  return capacity.subsystems.flatMap((subsystem) => {
    if (subsystem.minimum > subsystem.full) return [];
    return [...tooSmall(subsystem), ...fatal(subsystem, 'zones'), ...fatal(subsystem, 'hosts')];
  });
}

/** Units of the subsystem that stand in a zone; of the servers in service at the beginning, or of all. */
export function unitsInZone({ servedBy }: SubsystemCapacity, zone: string, what: 'all' | 'available'): number {
  return servedBy.reduce((sum, { group, units }) => {
    if (group.zone !== zone) return sum;
    return sum + units * (group.size - (what === 'all' ? 0 : group.unavailable));
  }, 0);
}

function tooSmall(subsystem: SubsystemCapacity): readonly Report[] {
  const { name, zoneMinimums, declared } = subsystem;
  const small = zoneMinimums.filter(({ zone, minimum }) => unitsInZone(subsystem, zone, 'all') < minimum);
  const [first] = small;
  if (first === undefined || declared.minimumPerZone === undefined) return [];
  const zones = small.map(({ zone }) => `${unitsInZone(subsystem, zone, 'all')} in ${zone}`);
  const message = `${name} must keep ${counted(first.minimum, 'unit')} in each zone, and all its servers bring only ${list(zones)}. Lower the minimum, or add servers there.`;
  return [{ message, span: declared.minimumPerZone.span, subsystems: [name] }];
}

function fatal(subsystem: SubsystemCapacity, what: 'zones' | 'hosts'): readonly Report[] {
  const { name, full, minimum, survives, declared } = subsystem;
  const lost = survives[what];
  const said = declared.survives?.[what];
  if (lost === 0 || said === undefined) return [];
  const left = full - (what === 'zones' ? inZones(subsystem, lost) : inHosts(subsystem, lost));
  if (left >= minimum) return [];
  const loss = counted(lost, what === 'zones' ? 'zone' : 'host');
  const message = `${name} cannot survive the loss of ${loss}: at full strength it would keep ${left} of ${full} units, below its minimum of ${minimum}. Lower the minimum, or add servers.`;
  return [{ message, span: said.span, subsystems: [name] }];
}

/** Units in the heaviest zones; a server without a zone is a zone of its own. */
function inZones({ servedBy }: SubsystemCapacity, count: number): number {
  const zones = new Map<string, number>();
  const alone: { units: number; servers: number }[] = [];
  for (const { group, units } of servedBy) {
    if (group.zone === undefined) alone.push({ units, servers: group.size });
    else zones.set(group.zone, (zones.get(group.zone) ?? 0) + units * group.size);
  }
  return heaviest([...alone, ...[...zones.values()].map((units) => ({ units, servers: 1 }))], count);
}

function inHosts({ servedBy }: SubsystemCapacity, count: number): number {
  return heaviest(
    servedBy.map(({ group, units }) => ({ units, servers: group.size })),
    count,
  );
}

function heaviest(parts: readonly { readonly units: number; readonly servers: number }[], count: number): number {
  let left = count;
  let sum = 0;
  for (const { units, servers } of parts.toSorted((a, b) => b.units - a.units)) {
    const some = Math.min(left, servers);
    sum += some * units;
    left -= some;
  }
  return sum;
}
