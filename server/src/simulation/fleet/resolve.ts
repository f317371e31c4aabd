import type { ActionTarget, Obstacle, TargetTerm } from '../../commands/action.ts';
import { type HostExpression, hostExpression } from '../../commands/hosts-notation.ts';
import { parseHosts } from '../../model/hosts.ts';
import { oneSlip } from '../../model/nearest.ts';
import { fitsPattern } from '../../model/pattern.ts';
import { parseSelector } from '../../model/selector.ts';
import type { UnknownName } from '../outcome.ts';
import type { Capacity, GroupCapacity } from './capacity.ts';
import { otherName } from './host-names.ts';
import { namesOf } from './names.ts';
import { namesOfParts, narrow, type Part, partsOf, together, wholeFleet, wholeGroups, without } from './parts.ts';
import { hostsMeant } from './resolve-hosts.ts';

/** Servers that a target names: whole groups, or some hosts of a group. At most one part a group. */
export interface Selection {
  readonly parts: readonly Part[];
  /** The names of the fleet that it was said with. */
  readonly names: readonly string[];
  /** Named hosts, so that no count is needed. */
  readonly byHosts: boolean;
  /** The subsystems that it names. */
  readonly subsystems: readonly string[];
  readonly unknown: readonly UnknownName[];
  readonly obstacle: Obstacle | undefined;
  /** All that it names is known not to be of this fleet. */
  readonly isElsewhere: boolean;
}

/** What one word stands for; an empty list of parts is a name that holds no servers. */
interface Meaning {
  readonly parts: readonly Part[];
  readonly names: readonly string[];
  readonly subsystem?: string;
  readonly byHosts?: boolean;
  readonly isElsewhere?: boolean;
}

type Answer = Meaning | { readonly unknown: UnknownName } | { readonly obstacle: Obstacle };

const everything = new Set(['all', '*']);

/**
 * Looks the words of a target up in the fleet (docs/commands.md, "From a word to the fleet").
 * Words of one role add up, roles narrow one another, and labels narrow each other too.
 */
export function resolveTarget(target: ActionTarget, capacity: Capacity, outside: readonly string[]): Selection {
  const unknown: UnknownName[] = [];
  const names: string[] = [];
  const subsystems: string[] = [];
  let obstacle: Obstacle | undefined;
  let byHosts = false;
  let elsewhere = 0;
  const byRole = new Map<string, (readonly Part[])[]>();
  const left: (readonly Part[])[] = [];
  for (const term of target.terms) {
    const answer = lookUp(term, capacity, outside);
    if ('unknown' in answer) unknown.push(answer.unknown);
    else if ('obstacle' in answer) obstacle ??= answer.obstacle;
    else if (term.role === 'except') left.push(answer.parts);
    else {
      const role = term.role === 'selector' ? `selector ${term.text}` : term.role;
      const lists = byRole.get(role);
      if (lists === undefined) byRole.set(role, [answer.parts]);
      else lists.push(answer.parts);
      names.push(...answer.names);
      if (answer.subsystem !== undefined) subsystems.push(answer.subsystem);
      byHosts ||= answer.byHosts === true;
      if (answer.isElsewhere === true) elsewhere += 1;
    }
  }
  let parts: readonly Part[] | undefined;
  for (const lists of byRole.values()) {
    const all = lists.reduce(together);
    parts = parts === undefined ? all : narrow(parts, all);
  }
  if (parts === undefined && target.wholeFleet) parts = wholeFleet(capacity);
  for (const some of left) parts = without(parts ?? [], some);
  const isElsewhere = elsewhere > 0 && elsewhere === target.terms.length;
  // `all` of a group is the group.
  const narrowed = byRole.size > 1 || left.length > 0;
  const typed = target.terms.some(({ notation }) => notation !== undefined);
  const isLabelled = [...byRole.keys()].filter((role) => role.startsWith('selector')).length > 1;
  const kept = narrowed && (typed || isLabelled) ? namesOfParts(parts ?? []) : undefined;
  const said = kept ?? (narrowed ? names.filter((name) => name !== 'all') : names);
  return { parts: parts ?? [], names: [...new Set(said)], byHosts, subsystems, unknown, obstacle, isElsewhere };
}

function lookUp(term: TargetTerm, capacity: Capacity, outside: readonly string[]): Answer {
  switch (term.role) {
    case 'subsystem':
      return (
        byLastPart(term.text, (name) => bySubsystem(name, capacity)) ?? missing(term, 'subsystem', capacity, outside)
      );
    case 'group':
      return byLastPart(term.text, (name) => byGroup(name, capacity)) ?? missing(term, 'group', capacity, outside);
    case 'zone':
      return byZone(term.text, capacity) ?? missing(term, 'zone', capacity, outside);
    case 'selector':
      if (everything.has(term.text)) return { parts: wholeFleet(capacity), names: ['all'] };
      return byLabels(term.text, capacity) ?? byOwnName(term.text, capacity) ?? missingLabels(term, capacity, outside);
    case 'hosts':
      return byHosts(term, capacity, outside);
    case 'except':
    case 'target':
      return byAnyName(term, capacity, outside);
  }
}

function byAnyName(term: TargetTerm, capacity: Capacity, outside: readonly string[]): Answer {
  if (everything.has(term.text)) return { parts: wholeFleet(capacity), names: ['all'] };
  const found = byLastPart(term.text, (name) => anyName(name, capacity));
  if (found !== undefined) return found;
  if (term.oneOf !== undefined) {
    const { value: text, span } = term.oneOf;
    return byGroup(text, capacity) ?? missing({ ...term, text, span }, 'name', capacity, outside, term.text);
  }
  const other = otherName(term.text, capacity, (name) => hostsNamed(name, capacity) !== undefined);
  const host = term.notation === undefined || other === undefined ? undefined : hostsNamed(other, capacity);
  if (host !== undefined) return host;
  if (term.notation !== undefined && !plainName.test(term.text)) return byHosts(term, capacity, outside);
  return missing(term, 'name', capacity, outside);
}

const labelElsewhere =
  'Where a group of the fleet has this label, add it to its `labels`; where it is not part of the fleet, list it under `outside`.';
const namesElsewhere =
  'Where the fleet has it under another name, add this one to its `aliases`; where it is not part of the fleet, list it under `outside`.';

/** `type/name` and `namespace/name` are looked for by their last part, where they are no names themselves. */
function byLastPart(text: string, find: (name: string) => Meaning | undefined): Meaning | undefined {
  const found = find(text);
  return found !== undefined || !text.includes('/') ? found : find(text.slice(text.lastIndexOf('/') + 1));
}

/** A name that no notation reads as anything else. */
const plainName = /^[\w.:/-]*$/;

function anyName(name: string, capacity: Capacity): Meaning | undefined {
  return byGroup(name, capacity) ?? bySubsystem(name, capacity) ?? hostsNamed(name, capacity) ?? byZone(name, capacity);
}

/** Whether the word is a name of the fleet: of a group, a subsystem, a host or a zone. */
export function isNameOf(text: string, capacity: Capacity): boolean {
  return anyName(text, capacity) !== undefined || isHostOf(text, capacity);
}

/** Whether the word names hosts of the fleet, also with a domain that it leaves out, or without one that it has. */
export function isHostOf(text: string, capacity: Capacity): boolean {
  const has = (name: string) => hostsNamed(name, capacity) !== undefined;
  return has(text) || otherName(text, capacity, has) !== undefined;
}

function byGroup(name: string, capacity: Capacity): Meaning | undefined {
  const group = capacity.groupByName.get(name);
  return group && { parts: [{ group, hosts: undefined }], names: [group.name] };
}

function bySubsystem(name: string, capacity: Capacity): Meaning | undefined {
  const subsystem = capacity.subsystemByName.get(name);
  return (
    subsystem && {
      parts: subsystem.servedBy.map(({ group }) => ({ group, hosts: undefined })),
      names: [name],
      subsystem: name,
    }
  );
}

function byZone(name: string, capacity: Capacity): Meaning | undefined {
  if (!capacity.zones.includes(name)) return undefined;
  return { parts: wholeGroups(capacity, (group) => group.zone === name), names: [name] };
}

function byLabels(selector: string, capacity: Capacity): Meaning | undefined {
  const fits = parseSelector(selector);
  const labels = zoneLabels.some((label) => selector.includes(label)) ? labelsWithZone : ownLabels;
  const parts = fits === undefined ? [] : wholeGroups(capacity, (group) => fits(labels(group)));
  return parts.length === 0 ? undefined : { parts, names: parts.map(({ group }) => group.name) };
}

/** Labels by which Kubernetes calls the zone of a node. */
const zoneLabels = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'];

function ownLabels({ labels }: GroupCapacity): GroupCapacity['labels'] {
  return labels;
}

/** What a group says of itself goes before what its zone says. */
function labelsWithZone({ labels, zone }: GroupCapacity): GroupCapacity['labels'] {
  return zone === undefined ? labels : new Map([...zoneLabels.map((label) => [label, zone] as const), ...labels]);
}

/** Labels by which a platform calls a host by its name: `kubernetes.io/hostname=web01`, `name:web01` of Chef. */
const ownName = /^(?:name|Name|fqdn|hostname|kubernetes\.io\/hostname)(?:==?|:)([\w.-]+)$/;

function byOwnName(selector: string, capacity: Capacity): Meaning | undefined {
  const name = ownName.exec(selector)?.[1];
  if (name === undefined) return undefined;
  const other = otherName(name, capacity, (one) => hostsNamed(one, capacity) !== undefined);
  return hostsNamed(name, capacity) ?? (other === undefined ? undefined : hostsNamed(other, capacity));
}

/** Of several labels, the first that no group has; where each is there, it is their combination that matches nothing. */
function missingLabels(term: TargetTerm, capacity: Capacity, outside: readonly string[]): Answer {
  const { text, span } = term;
  const isWritten = span.end - span.start === text.length;
  if (!text.includes(',') || text.includes('(')) return missing(term, 'label', capacity, outside);
  let start = span.start;
  for (const label of text.split(',')) {
    if (byLabels(label, capacity) === undefined) {
      const own = isWritten ? { start, end: start + label.length } : span;
      return missing({ ...term, text: label, span: own }, 'label', capacity, outside, text);
    }
    start += label.length + 1;
  }
  return { parts: [], names: [text] };
}

function byHosts(term: TargetTerm, capacity: Capacity, outside: readonly string[]): Answer {
  if (everything.has(term.text)) return { parts: wholeFleet(capacity), names: ['all'], byHosts: true };
  const { text, notation } = term;
  const plain: HostExpression = [{ how: 'add', operand: { kind: 'nodes', text, exact: true } }];
  const expression = notation === undefined ? plain : hostExpression(text, notation);
  const found = hostsMeant(expression, capacity, (name) => anyName(name, capacity)?.parts);
  if ('why' in found) return { obstacle: { span: term.span, why: found.why } };
  if ('missing' in found) {
    const answer = missing({ ...term, text: found.missing }, found.kind, capacity, outside);
    return 'unknown' in answer ? { unknown: { ...answer.unknown, others: found.others ?? 0 } } : answer;
  }
  const own = isList(expression) ? nameInFleet(text, capacity) : undefined;
  const names = own === undefined ? (namesOfParts(found.parts) ?? [text]) : [own];
  return { parts: found.parts, names, byHosts: true };
}

/** Hosts written out, rather than a pattern or a group that stands for them. */
function isList(expression: HostExpression): boolean {
  return 'length' in expression && expression.length === 1 && expression[0]?.operand.kind === 'nodes';
}

/** `node/web1` and `root@web1` are web1 in the fleet; undefined where the hosts have other names there. */
function nameInFleet(text: string, capacity: Capacity): string | undefined {
  const bare = /^[\w.-]+[/@]([^/@]+)$/.exec(text)?.[1];
  return [bare, text].find((name) => name !== undefined && hostsNamed(name, capacity) !== undefined);
}

function hostsNamed(text: string, capacity: Capacity): Meaning | undefined {
  const { set, problem } = parseHosts([text]);
  if (problem !== undefined || set.size === 0) return undefined;
  const parts = partsOf(set, capacity);
  const found = parts.reduce((sum, part) => sum + (part.hosts?.size ?? 0), 0);
  return found === set.size ? { parts, names: [text], byHosts: true } : undefined;
}

/** A name that is not there: a mistake where the author meant a name of the fleet, else something that cannot be judged. */
function missing(
  term: TargetTerm,
  kind: UnknownName['kind'],
  capacity: Capacity,
  outside: readonly string[],
  written = term.text,
): Answer {
  if (outside.some((pattern) => [term.text, written].some((text) => fitsPattern(pattern, text)))) {
    return { parts: [], names: [], isElsewhere: true };
  }
  const pod = term.oneOf && podOf(term.text, term.oneOf.value, capacity);
  if (pod !== undefined) return pod;
  const among = namesOf(kind, capacity);
  if (term.strict || isSlip(term.text, among)) {
    return { unknown: { kind, name: term.text, span: term.span, among } };
  }
  // What is not there needs no leaving out.
  if (term.role === 'except') return { parts: [], names: [] };
  const advice = kind === 'label' ? labelElsewhere : namesElsewhere;
  return { obstacle: { span: term.span, why: `\`${term.text}\` is not in this fleet`, advice } };
}

/**
 * The pod of a stateful set, which counts them from 0: one server of a group that gives its servers no names.
 * Of a group that goes by several names it is not known whose pods are which.
 */
function podOf(pod: string, workload: string, capacity: Capacity): Meaning | undefined {
  const group = capacity.groupByName.get(workload);
  const name = pod.slice(pod.lastIndexOf('/') + 1);
  const [, stem, ordinal] = /^(.*)-(\d+)$/.exec(name) ?? [];
  if (group === undefined || group.hosts !== undefined || Number(ordinal) >= group.size) return undefined;
  if (!group.aliases.every((alias) => `/${alias}`.endsWith(`/${stem}`))) return undefined;
  return { parts: [{ group, hosts: parseHosts([name]).set }], names: [name], byHosts: true };
}

/** What all hosts of a range begin with is what another tool calls the group of them, and no slip. */
function isSlip(text: string, among: readonly string[]): boolean {
  const near = among.filter((name) => oneSlip(name, text));
  const isStem = near.length > 1 && near.every((name) => name.startsWith(text) && /^\d$/.test(name.slice(text.length)));
  return near.length > 0 && !isStem;
}
