import type { SubsystemCapacity } from '../simulation/fleet/capacity.ts';
import { hasWrongUnavailable } from './fleet/hosts.ts';
import { unitsInZone } from './fleet/zones.ts';
import type { Report, Rule } from './rule.ts';
import { minimumPlace } from './telling/places.ts';
import { counted, list } from './telling/words.ts';

/** A fleet that is in trouble before anybody touches it. */
export const alreadyBelowMinimum: Rule = {
  id: 'already-below-minimum',
  severity: 'error',
  title: 'Below its minimum before the first step',
  summary: 'With the servers that are unavailable, the fleet is below a minimum before any runbook starts.',
  details: [
    'Every removal of such a subsystem makes it worse, whatever its size.',
    'Bring servers back first, or correct `unavailable` or `minimum`.',
  ].join('\n'),
  bad: {
    'x.fleet.yaml':
      'fleet: demo\nsubsystems:\n  web: { minimum: 10 }\ngroups:\n  web: { count: 12, serves: [web], unavailable: 4 }\n',
  },
  good: {
    'x.fleet.yaml':
      'fleet: demo\nsubsystems:\n  web: { minimum: 8 }\ngroups:\n  web: { count: 12, serves: [web], unavailable: 4 }\n',
  },
  checkFleet: ({ capacity }) =>
    capacity.subsystems.flatMap((subsystem) => {
      // It rests on a figure that is told to be wrong.
      if (subsystem.servedBy.some(({ group }) => hasWrongUnavailable(group))) return [];
      const whole = asWhole(subsystem);
      return whole.length > 0 ? whole : inZones(subsystem);
    }),
};

function asWhole(subsystem: SubsystemCapacity): readonly Report[] {
  const { name, full, minimum, servedBy } = subsystem;
  const serving = servedBy.reduce((sum, { group, units }) => sum + (group.size - group.unavailable) * units, 0);
  if (serving >= minimum || full < minimum) return [];
  const message = `${name} has ${serving} of ${full} units in service before any step, below its minimum of ${minimum}. Bring servers back first, or correct \`unavailable\` or \`minimum\`.`;
  return [{ message, span: minimumPlace(subsystem), subsystems: [name] }];
}

function inZones(subsystem: SubsystemCapacity): readonly Report[] {
  const { name, zoneMinimums, declared } = subsystem;
  const below = zoneMinimums.filter(({ zone, minimum }) => {
    return unitsInZone(subsystem, zone, 'available') < minimum && unitsInZone(subsystem, zone, 'all') >= minimum;
  });
  const [first] = below;
  if (first === undefined || declared.minimumPerZone === undefined) return [];
  const zones = below.map(({ zone }) => `${unitsInZone(subsystem, zone, 'available')} in ${zone}`);
  const message = `${name} has only ${list(zones)} in service before any step, below its minimum of ${counted(first.minimum, 'unit')} in each zone. Bring servers back first, or correct \`unavailable\` or \`minimumPerZone\`.`;
  return [{ message, span: declared.minimumPerZone.span, subsystems: [name] }];
}
