import type { HostExpression, HostOperand, Positions } from '../../commands/hosts-notation.ts';
import { difference, fitting, parseHosts, slice } from '../../model/hosts.ts';
import { type NamePattern, namePattern } from '../../model/name-pattern.ts';
import type { Capacity } from './capacity.ts';
import { otherName } from './host-names.ts';
import { narrow, type Part, partsOf, together, wholeFleet, without } from './parts.ts';

/** What a word that names hosts comes to in a fleet. */
export type HostsMeant =
  | { readonly parts: readonly Part[] }
  /** A name that the fleet does not have, and how many more of those beside it there are that it does not have either. */
  | { readonly missing: string; readonly kind: 'host' | 'group' | 'name'; readonly others?: number }
  /** A clause on why it cannot be told. */
  | { readonly why: string };

/** Looks up a name that may be a group's; undefined where there is none. */
export type LookUp = (name: string) => readonly Part[] | undefined;

/** Carries the steps of a word out on the hosts of the fleet, in ranges. */
export function hostsMeant(expression: HostExpression, capacity: Capacity, lookUp: LookUp): HostsMeant {
  if ('why' in expression) return expression;
  let parts: readonly Part[] = [];
  for (const { how, operand } of expression) {
    const found = meaningOf(
      operand,
      how === 'keep' || how === 'remove' ? parts : wholeFleet(capacity),
      capacity,
      lookUp,
    );
    if ('why' in found) return found;
    if ('missing' in found) {
      // What is not there needs no leaving out.
      if (how === 'remove') continue;
      return found;
    }
    if (how === 'add') parts = together(parts, found.parts);
    else if (how === 'keep') parts = narrow(parts, found.parts);
    else if (how === 'remove') parts = without(parts, found.parts);
    else parts = together(without(parts, found.parts), without(found.parts, parts));
  }
  return { parts };
}

/** `among`: where a pattern is looked for. */
function meaningOf(operand: HostOperand, among: readonly Part[], capacity: Capacity, lookUp: LookUp): HostsMeant {
  switch (operand.kind) {
    case 'everything':
      return { parts: wholeFleet(capacity) };
    case 'nodes':
      return nodes(operand.text, capacity, operand.exact === true);
    case 'group': {
      const parts = lookUp(operand.text);
      return parts === undefined ? { missing: operand.text, kind: 'group' } : { parts };
    }
    case 'name':
      return named(operand.text, operand.positions, capacity, lookUp);
    case 'glob':
      return patterned(operand.text, namePattern(operand.text, 'glob'), operand.groups, among);
    case 'regex':
      return patterned(
        operand.text,
        namePattern(operand.text, operand.anywhere ? 'regex-anywhere' : 'regex'),
        false,
        among,
      );
  }
}

/** A name may stand behind a type, a namespace or a user, `node/web1`, `root@web1`, and have a domain or lack it. */
function nodes(text: string, capacity: Capacity, isExact: boolean): HostsMeant {
  let first: HostsMeant | undefined;
  const bare = new Set([text, text.slice(text.lastIndexOf('/') + 1), text.slice(text.lastIndexOf('@') + 1)]);
  for (const name of bare) {
    const found = listed(name, capacity);
    if ('why' in found) return { why: unreadable(text) };
    if ('parts' in found) return found;
    first ??= found;
  }
  for (const name of isExact ? [] : bare) {
    const other = otherName(name, capacity, (one) => 'parts' in listed(one, capacity));
    if (other !== undefined) return listed(other, capacity);
  }
  return first ?? { missing: text, kind: 'host' };
}

/** `web01-web12` is a range to those who write it, and to few tools. */
function unreadable(text: string): string {
  const [, stem = '', from, to] = /^(\D*)(\d+)-\1(\d+)$/.exec(text) ?? [];
  const instead = from === undefined ? '' : `; a range is written \`${stem}[${from}-${to}]\``;
  return `\`${text}\` cannot be read as a list of hosts${instead}`;
}

/** Hosts that are written as the fleet has them. */
function listed(name: string, capacity: Capacity): HostsMeant {
  const { set, problem } = parseHosts([name]);
  if (problem !== undefined || set.size === 0) return { why: unreadable(name) };
  const parts = partsOf(set, capacity);
  const found = parts.reduce((sum, part) => sum + (part.hosts?.size ?? 0), 0);
  if (found >= set.size) return { parts };
  const rest = parts.reduce((left, part) => (part.hosts ? difference(left, part.hosts) : left), set);
  const [absent = name] = rest.names();
  return { missing: absent, kind: 'host', others: rest.size - 1 };
}

function named(name: string, positions: Positions | undefined, capacity: Capacity, lookUp: LookUp): HostsMeant {
  const parts = lookUp(name);
  if (parts === undefined) {
    const found = nodes(name, capacity, false);
    return 'missing' in found ? { ...found, kind: 'name' } : found;
  }
  if (positions === undefined) return { parts };
  const all = parts.map((part) => part.hosts ?? part.group.hosts);
  if (all.some((hosts) => hosts === undefined)) return { why: `\`${name}\` counts its servers and does not name them` };
  const size = all.reduce((sum, hosts) => sum + (hosts?.size ?? 0), 0);
  const counted = (position: number) => (position < 0 ? size + position : position);
  const [from, to] = [counted(positions.from), counted(positions.to ?? -1)];
  let before = 0;
  return {
    parts: parts.flatMap(({ group }, index) => {
      const hosts = all[index];
      if (hosts === undefined) return [];
      const some = slice(hosts, from - before, to - before);
      before += hosts.size;
      return some.size === 0 ? [] : [{ group, hosts: some }];
    }),
  };
}

/**
 * The hosts that a pattern fits. Servers without names are taken to be named after their group,
 * so that it cannot be told of a pattern whether it fits them where it begins as the group's name does.
 */
function patterned(
  text: string,
  pattern: NamePattern | undefined,
  groups: boolean,
  among: readonly Part[],
): HostsMeant {
  if (pattern === undefined) return { why: `\`${text}\` is a pattern that is not followed` };
  const { prefix } = pattern;
  const parts: Part[] = [];
  for (const { group, hosts: some } of among) {
    const names = [group.name, ...group.aliases];
    const known = some ?? group.hosts;
    if (groups && names.some(pattern.fits)) parts.push({ group, hosts: some });
    else if (known === undefined) {
      if (names.some((name) => name.startsWith(prefix) || prefix.startsWith(name))) {
        return {
          why: `\`${text}\` is a pattern, and the servers of \`${group.name}\` have no names that it could fit`,
        };
      }
    } else {
      const hosts = fitting(known, pattern);
      if (hosts === undefined) return { why: `\`${text}\` is held against more hosts than are looked at` };
      if (hosts.size > 0) parts.push({ group, hosts });
    }
  }
  return parts.length === 0 ? { missing: text, kind: 'host' } : { parts };
}
