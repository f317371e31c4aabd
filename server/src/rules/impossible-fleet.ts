import type { Fleet } from '../model/fleet.ts';
import { nearest } from '../model/nearest.ts';
import { keyDocs } from '../model/schema/docs.ts';
import type { SubsystemCapacity } from '../simulation/fleet/capacity.ts';
import { entryOf } from '../syntax/tree.ts';
import { hasKnownSize } from './fleet/doubts.ts';
import { impossibleHosts } from './fleet/hosts.ts';
import { impossibleZones } from './fleet/zones.ts';
import type { FleetContext, Report, Rule } from './rule.ts';
import { minimumPlace } from './telling/places.ts';
import { counted, list } from './telling/words.ts';

/** A fleet that contradicts itself makes every verdict on its runbooks worthless. */
export const impossibleFleet: Rule = {
  id: 'impossible-fleet',
  severity: 'error',
  title: 'The fleet contradicts itself',
  summary:
    'A minimum is above the capacity, a host or a name stands twice, a group serves what is not declared, or the like.',
  details: [
    'No runbook can be judged against a fleet that cannot exist.',
    'The message says which two places contradict one another.',
  ].join('\n'),
  bad: { 'x.fleet.yaml': 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 14 }\n' },
  good: { 'x.fleet.yaml': 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 10 }\n' },
  checkFleet: (context) => [
    ...minimums(context),
    ...undeclared(context.fleet),
    ...cycle(context.fleet),
    ...impossibleHosts(context),
    ...names(context.fleet),
    ...sizes(context),
    ...limits(context),
    ...impossibleZones(context),
  ],
  mendsSpelling: true,
  fixes(report) {
    const suggestion = report.data as ReturnType<typeof nearest>;
    if (suggestion === undefined) return [];
    const edits = [{ span: report.span, newText: suggestion.name }];
    return [{ title: `Did you mean \`${suggestion.name}\`?`, preferred: true, spelling: suggestion.certain, edits }];
  },
};

function minimums({ capacity, fleet: declared }: FleetContext): readonly Report[] {
  const isRead = declared.namesAreRead && declared.groups.every((group) => servesKnown(group, capacity));
  return capacity.subsystems.flatMap((subsystem) => {
    const { name, full, minimum, declared, servedBy } = subsystem;
    const subsystems = [name];
    const explicit = declared.capacity?.value;
    if (servedBy.length === 0) {
      if (!isRead || mayHaveCapacity(subsystem)) return [];
      const message = `No group serves ${name}, and it has no \`capacity\`, so it has nothing to keep. Add one of the two.`;
      return [{ message, span: declared.name.span, subsystems }];
    }
    if (!servedBy.every(({ group }) => hasKnownSize(group))) return [];
    if (declared.capacity !== undefined && explicit !== undefined && explicit !== full) {
      const message = `${name} says a capacity of ${counted(explicit, 'unit')}, and the groups that serve it bring ${full}. Leave \`capacity\` out where groups serve a subsystem.`;
      return [{ message, span: declared.capacity.span, subsystems }];
    }
    if (minimum <= full) return [];
    const message = `${name} must keep ${counted(minimum, 'unit')}, and all its servers together bring ${full}. Lower the minimum, or add servers.`;
    return [{ message, span: minimumPlace(subsystem), subsystems }];
  });
}

/** Where another finding says already that the capacity cannot be read, or that a key is none, nothing more is said. */
function mayHaveCapacity({ declared: { capacity, node } }: FleetContext['capacity']['subsystems'][number]): boolean {
  if (node === undefined || (capacity !== undefined && capacity.value !== 0)) return true;
  const known = keyDocs('fleet', ['subsystems', '']).map(({ key }) => key);
  return node.entries.some(
    ({ key }) => !known.includes(key.value) || (key.value === 'capacity' && capacity === undefined),
  );
}

/** Where another finding says already that it serves nothing, or what nobody knows, it may be meant for any subsystem. */
function servesKnown(
  { serves, node }: Fleet['groups'][number],
  { subsystemByName }: FleetContext['capacity'],
): boolean {
  const written = entryOf(node, 'serves')?.value;
  const isEmpty =
    (written?.kind === 'sequence' && written.items.length === 0) ||
    (written?.kind === 'mapping' && written.entries.length === 0);
  return (serves.length > 0 || isEmpty) && serves.every(({ subsystem }) => subsystemByName.has(subsystem.value ?? ''));
}

function undeclared(fleet: Fleet): readonly Report[] {
  const known = fleet.subsystems.flatMap(({ name }) => name.value ?? []);
  const served = fleet.groups.flatMap((group) => group.serves.map(({ subsystem }) => subsystem));
  const needed = fleet.subsystems.flatMap(({ dependsOn }) => dependsOn);
  return [...served, ...needed].flatMap((leaf) => {
    if (leaf.value === undefined || known.includes(leaf.value)) return [];
    const suggestion = nearest(leaf.value, known);
    const advice = suggestion === undefined ? 'Declare it under `subsystems`.' : `Did you mean \`${suggestion.name}\`?`;
    return [
      {
        message: `There is no subsystem \`${leaf.value}\` in this fleet. ${advice}`,
        span: leaf.span,
        data: suggestion,
      },
    ];
  });
}

/** One report a cycle, on its first subsystem in the file. */
function cycle({ subsystems }: Fleet): readonly Report[] {
  const needs = new Map(
    subsystems.map((one) => [one.name.value ?? '', one.dependsOn.flatMap(({ value }) => value ?? [])]),
  );
  const reported = new Set<string>();
  return subsystems.flatMap(({ name }) => {
    const start = name.value ?? '';
    const round = reported.has(start) ? undefined : wayBack(start, needs);
    if (round === undefined) return [];
    for (const one of round) reported.add(one);
    const message = `${[...round, start].join(' depends on ')}: none of them can be started first. Remove one of the dependencies.`;
    return [{ message, span: name.span, subsystems: round }];
  });
}

/** The shortest way from a subsystem over its dependencies back to itself. */
function wayBack(start: string, needs: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const at of queue) {
    for (const next of needs.get(at) ?? []) {
      if (next === start) {
        const way: string[] = [];
        for (let one: string | undefined = at; one !== undefined; one = cameFrom.get(one)) way.unshift(one);
        return way;
      }
      if (cameFrom.has(next) || next === start) continue;
      cameFrom.set(next, at);
      queue.push(next);
    }
  }
  return undefined;
}

/** Names by which commands may mean two groups. */
function names({ groups }: Fleet): readonly Report[] {
  const seen = new Map<string, string>(groups.map(({ name }) => [name.value ?? '', name.value ?? '']));
  return groups.flatMap((group) =>
    group.aliases.flatMap((alias) => {
      const other = seen.get(alias.value ?? '');
      if (other === undefined) seen.set(alias.value ?? '', group.name.value ?? '');
      if (other === undefined || alias.value === undefined || other === group.name.value) return [];
      return [
        {
          message: `The alias \`${alias.value}\` already stands for the group ${other}. Give each group names of its own.`,
          span: alias.span,
        },
      ];
    }),
  );
}

function sizes({ fleet, capacity }: FleetContext): readonly Report[] {
  return fleet.groups.flatMap((group, index): readonly Report[] => {
    const compiled = capacity.groups[index];
    const name = group.name.value ?? 'this group';
    if (group.count === undefined && group.hosts === undefined) return [];
    const count = group.count?.value;
    const listed = compiled?.hosts?.size;
    if (group.count !== undefined && count !== undefined && listed !== undefined && count !== listed) {
      return [
        {
          message: `${name} says ${count} servers and names ${listed} hosts. Keep one of the two.`,
          span: group.count.span,
        },
      ];
    }
    const out = group.unavailable?.count;
    if (out?.value !== undefined && compiled !== undefined && out.value > compiled.size) {
      return [
        {
          message: `${out.value} servers of ${name} are unavailable, and it has only ${compiled.size}.`,
          span: out.span,
        },
      ];
    }
    return [];
  });
}

/** Each limit that is less than one unit of what it holds for, once. */
function limits({ fleet, capacity }: FleetContext): readonly Report[] {
  const limitOf = ({ declared }: SubsystemCapacity) => declared.removal?.limit ?? fleet.removal?.limit;
  const tooLow = capacity.subsystems.filter(({ rate, full }) => rate?.limit === 0 && full > 0);
  return [...new Set(tooLow.map(limitOf))].flatMap((limit) => {
    const held = tooLow.filter((one) => limitOf(one) === limit);
    const names = held.map(({ name }) => name);
    const [its, own] =
      held.length > 1 ? ['their', 'them a `removal` of their own'] : ['its', 'it a `removal` of its own'];
    const units = list(held.map(({ full }) => counted(full, 'unit')));
    const isShared = limit === fleet.removal?.limit && capacity.subsystems.length > held.length;
    const remedy = isShared ? `Raise it, or give ${own}.` : 'Raise it.';
    const message = `This limit allows nothing of ${list(names)} to go: of ${its} ${units} it is less than one. ${remedy}`;
    return limit === undefined ? [] : [{ message, span: limit.span, subsystems: names }];
  });
}
