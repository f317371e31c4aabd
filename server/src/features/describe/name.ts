import type { Analysis } from '../../lint/analysis.ts';
import { intersection, parseHosts } from '../../model/hosts.ts';
import { counted, duration, list } from '../../rules/telling/words.ts';
import type { Capacity, GroupCapacity, SubsystemCapacity } from '../../simulation/fleet/capacity.ts';
import { fleetsOf } from '../names/family.ts';
import type { Name, NameKind } from '../names/occurrence.ts';

/** The declaration of a name in short; undefined where it says nothing. */
export function describeName(analysis: Analysis, { kind, name }: Name): string | undefined {
  if (kind === 'parameter') return analysis.kind === 'runbook' ? describeParameter(analysis, name) : undefined;
  const parts = fleetsOf(analysis).flatMap(({ capacity }) => describe(kind, name, capacity) ?? []);
  return parts.length === 0 ? undefined : [...new Set(parts)].join('\n\n---\n\n');
}

function describe(kind: NameKind, name: string, capacity: Capacity): string | undefined {
  switch (kind) {
    case 'subsystem': {
      const subsystem = capacity.subsystemByName.get(name);
      return subsystem && describeSubsystem(subsystem);
    }
    case 'group': {
      const group = capacity.groupByName.get(name);
      return group && describeGroup(group, capacity);
    }
    case 'zone':
      return describeGroups(
        `**Zone ${name}**`,
        capacity.groups.filter(({ zone }) => zone === name),
      );
    case 'label':
      return describeGroups(
        `**Label ${name}**`,
        capacity.groups.filter(({ labels }) => [...labels].some(([key, value]) => `${key}=${value}` === name)),
      );
    case 'host': {
      const { set } = parseHosts([name]);
      const groups = capacity.groups.filter(({ hosts }) => hosts !== undefined && intersection(hosts, set).size > 0);
      return describeGroups(`**${set.size === 1 ? 'Host' : `${set.size} hosts:`} ${name}**`, groups);
    }
    default:
      return undefined;
  }
}

function describeSubsystem(subsystem: SubsystemCapacity): string {
  const { name, full, minimum, servedBy, dependents, recovery, rate, zoneMinimums, survives, zonesAtOnce } = subsystem;
  const out = servedBy.reduce((sum, { group, units }) => sum + group.unavailable * units, 0);
  const lines = [
    `**Subsystem ${name}**`,
    `Full strength ${counted(full, 'unit')}${out > 0 ? `, ${out} of them unavailable` : ''}; minimum ${minimum}; headroom ${full - out - minimum}.`,
  ];
  const groups = servedBy.map(({ group, units }) => `${group.name} (${group.size}${units > 1 ? ` × ${units}` : ''})`);
  if (groups.length > 0) lines.push(`Served by ${groups.join(', ')}.`);
  if (dependents.length > 0) lines.push(`Needed by ${dependents.join(', ')}.`);
  const inZones = zoneMinimums.map((own) => `${own.minimum} in zone ${own.zone}`);
  if (inZones.length > 0) lines.push(`Must keep ${list(inZones)}.`);
  const losses = [counted(survives.zones, 'zone'), counted(survives.hosts, 'host')].filter((loss) => loss[0] !== '0');
  if (losses.length > 0) lines.push(`Must survive the loss of ${list(losses)}.`);
  if (zonesAtOnce !== undefined) lines.push(`May be out in ${counted(zonesAtOnce, 'zone')} at once.`);
  if (rate !== undefined) lines.push(`At most ${counted(rate.limit, 'unit')} may go within ${duration(rate.window)}.`);
  if (recovery !== undefined) lines.push(`A full restart takes ${duration(recovery)}.`);
  return lines.join('\n\n');
}

function describeGroup(group: GroupCapacity, capacity: Capacity): string {
  const serves = capacity.subsystems.flatMap(({ name, index }) => {
    const units = group.units[index] ?? 0;
    return units === 0 ? [] : [units === 1 ? name : `${name} (${units} units each)`];
  });
  const lines = [
    `**Group ${group.name}**`,
    `${counted(group.size, 'server')}${group.unavailable > 0 ? `, ${group.unavailable} unavailable` : ''}.`,
  ];
  if (serves.length > 0) lines.push(`Serves ${serves.join(', ')}.`);
  if (group.zone !== undefined) lines.push(`In zone ${group.zone}.`);
  if (group.warmup > 0) lines.push(`Counts ${duration(group.warmup)} after its return.`);
  const labels = [...group.labels].map(([key, value]) => `${key}=${value}`);
  if (labels.length > 0) lines.push(`Labelled ${labels.join(', ')}.`);
  if (group.aliases.length > 0) lines.push(`Also called ${group.aliases.join(', ')}.`);
  return lines.join('\n\n');
}

function describeGroups(title: string, groups: readonly GroupCapacity[]): string | undefined {
  if (groups.length === 0) return undefined;
  return `${title}\n\nIn ${groups.map(({ name, size }) => `${name} (${counted(size, 'server')})`).join(', ')}.`;
}

function describeParameter({ head }: Extract<Analysis, { kind: 'runbook' }>, name: string): string | undefined {
  const parameter = head.parameters.find((one) => one.name.value === name);
  if (parameter === undefined) return undefined;
  const facts = [
    parameter.default?.value === undefined ? 'no default' : `default ${parameter.default.value}`,
    ...(parameter.minimum?.value === undefined ? [] : [`at least ${parameter.minimum.value}`]),
    ...(parameter.maximum?.value === undefined ? [] : [`at most ${parameter.maximum.value}`]),
    ...(parameter.allowed === undefined ? [] : [`one of ${parameter.allowed.map(({ value }) => value).join(', ')}`]),
  ];
  const description = parameter.description?.value;
  return [`**Parameter ${name}**: ${facts.join(', ')}.`, ...(description === undefined ? [] : [description])].join(
    '\n\n',
  );
}
