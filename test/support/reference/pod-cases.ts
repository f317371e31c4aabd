import fc from 'fast-check';
import { type Case, type Change, hostsOf, type PlainGroup, type PlainStep } from './case.ts';
import { cases } from './cases.ts';

/** Cases of every kind in which some groups count the pods of a stateful set, and commands name them. */
export const podCases: fc.Arbitrary<Case> = fc.tuple(cases, fc.constantFrom(1, 2, 3, 3, 3)).map(([one, which]) => {
  const { fleet, steps } = one;
  const counted = fleet.groups.filter((group, i) => hostsOf(group).length > 0 && (which >> (i % 2)) % 2 > 0);
  const pods = counted.flatMap((group) => hostsOf(group).map((host, i) => [host, `${group.name}-${i}`] as const));
  const names = new Map([...pods, ...counted.map(({ name, alias }) => [alias ?? name, name] as const)]);
  const groups = fleet.groups.map((group) => (counted.includes(group) ? countedAs(group, names) : group));
  return { ...one, fleet: { ...fleet, groups }, steps: steps.map((step) => named(step, names)) };
});

/** It goes by its name alone, since of several names it is not known whose pods are which. */
function countedAs({ alias, unavailable, ...group }: PlainGroup, names: ReadonlyMap<string, string>): PlainGroup {
  const out = typeof unavailable === 'object' ? unavailable.length : unavailable;
  const servers = hostsOf(group).map((host) => names.get(host) ?? host);
  return { ...group, servers, isCounted: true, ...(out === undefined ? {} : { unavailable: out }) };
}

/** The step with the names of pods, which stand in commands alone. */
function named(step: PlainStep, names: ReadonlyMap<string, string>): PlainStep {
  const { does } = step;
  if (does.kind !== 'leaf')
    return { ...step, does: { ...does, steps: does.steps.map((inner) => named(inner, names)) } };
  const hosts = does.changes.flatMap((change) => ('target' in change ? (change.target.hosts ?? []) : []));
  const changes = does.changes.map((change) => renamed(change, names));
  const leaf = { ...does, changes };
  return {
    ...step,
    does: hosts.some((host) => names.has(host)) ? { ...leaf, typed: true, changes: changes.map(typable) } : leaf,
  };
}

function renamed(change: Change, names: ReadonlyMap<string, string>): Change {
  if (!('target' in change)) return change;
  const { target } = change;
  const hosts = target.hosts?.map((name) => names.get(name) ?? name);
  const isPods = target.hosts?.some((name) => names.has(name));
  const group = target.group === undefined ? undefined : (names.get(target.group) ?? target.group);
  return { ...change, target: { ...target, hosts, isPods, group } };
}

function typable(change: Change): Change {
  if (change.effect === 'replace' && change.target.isPods)
    return { effect: 'replace', target: { hosts: change.target.hosts, isPods: true } };
  return change.effect === 'surge' ? { ...change, effect: 'restart' } : change;
}
