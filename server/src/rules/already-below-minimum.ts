import type { Capacity, SubsystemCapacity } from '../simulation/capacity.ts';
import { minimumPlace } from './places.ts';
import type { Rule } from './rule.ts';

/** A fleet that is in trouble before anybody touches it (SPEC §6). */
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
      const serving = inServiceAtStart(subsystem);
      if (serving >= subsystem.minimum || subsystem.full < subsystem.minimum) return [];
      const message = `${subsystem.name} has ${serving} of ${subsystem.full} units in service before any step, below its minimum of ${subsystem.minimum}. Bring servers back first, or correct \`unavailable\` or \`minimum\`.`;
      return [{ message, span: minimumPlace(subsystem), subsystems: [subsystem.name] }];
    }),
};

function inServiceAtStart({ servedBy }: Capacity['subsystems'][number]): SubsystemCapacity['full'] {
  return servedBy.reduce((sum, { group, units }) => sum + (group.size - group.unavailable) * units, 0);
}
