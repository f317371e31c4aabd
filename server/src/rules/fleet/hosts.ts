import type { Group } from '../../model/fleet.ts';
import { difference, parseHosts } from '../../model/hosts.ts';
import type { Leaf } from '../../model/leaf.ts';
import type { GroupCapacity } from '../../simulation/fleet/capacity.ts';
import type { FleetContext, Report } from '../rule.ts';
import { hasKnownSize } from './doubts.ts';

/** Some hosts with consecutive numbers, and the word that names them. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly word: Leaf<string>;
  readonly group: Group;
  /** The place of the word among all of the fleet. */
  readonly order: number;
}

/** Hosts that stand in two groups, or twice in one; and unavailable hosts that are not there. */
export function impossibleHosts({ fleet, capacity }: FleetContext): readonly Report[] {
  return [...twice(fleet.groups), ...fleet.groups.flatMap((group, i) => missing(group, capacity.groups[i]))];
}

/** Sets of hosts are kept as ranges, so that a fleet of a million hosts costs no more than the words that name them. */
function twice(groups: readonly Group[]): readonly Report[] {
  const byShape = new Map<string, { name: (number: number) => string; stretches: Stretch[] }>();
  let order = 0;
  for (const group of groups) {
    for (const word of group.hosts ?? []) {
      order += 1;
      for (const [key, { shape, ranges }] of hostsOf(word).shapes) {
        const name = (number: number) =>
          `${shape.before}${shape.digits === 0 ? '' : `${number}`.padStart(shape.digits, '0')}${shape.after}`;
        const known = byShape.get(key) ?? { name, stretches: [] };
        byShape.set(key, known);
        for (const { from, to } of ranges) known.stretches.push({ from, to, word, group, order });
      }
    }
  }
  const reports = new Map<Leaf<string>, Report>();
  for (const { name, stretches } of byShape.values()) {
    for (const [later, earlier, number] of overlaps(stretches)) {
      if (reports.has(later.word)) continue;
      const message = `The host \`${name(number)}\` stands twice: here and in ${earlier.group.name.value ?? 'another group'}. A server belongs to one group.`;
      reports.set(later.word, { message, span: later.word.span });
    }
  }
  return [...reports.values()];
}

/** Pairs of stretches with a number in common: the later word, the earlier one, and the number. */
function overlaps(stretches: readonly Stretch[]): readonly (readonly [Stretch, Stretch, number])[] {
  const pairs: (readonly [Stretch, Stretch, number])[] = [];
  let reaching: Stretch | undefined;
  for (const stretch of stretches.toSorted((a, b) => a.from - b.from || a.order - b.order)) {
    if (reaching !== undefined && stretch.from <= reaching.to) {
      const laterFirst = stretch.order > reaching.order;
      pairs.push(laterFirst ? [stretch, reaching, stretch.from] : [reaching, stretch, stretch.from]);
    }
    if (reaching === undefined || stretch.to > reaching.to) reaching = stretch;
  }
  return pairs;
}

/** More are unavailable than there are, or others; that is told where it is written. */
export function hasWrongUnavailable({ declared, size, hosts }: GroupCapacity): boolean {
  const { count, hosts: words = [] } = declared?.unavailable ?? {};
  const isThere = (word: Leaf<string>) => hosts !== undefined && difference(hostsOf(word), hosts).size === 0;
  return (count?.value ?? 0) > size || !words.every(isThere);
}

function missing(group: Group, compiled: GroupCapacity | undefined): readonly Report[] {
  if (compiled !== undefined && compiled.hosts !== undefined && !hasKnownSize(compiled)) return [];
  return (group.unavailable?.hosts ?? []).flatMap((word) => {
    const unknown = compiled?.hosts === undefined ? hostsOf(word) : difference(hostsOf(word), compiled.hosts);
    const [first] = unknown.names();
    if (first === undefined) return [];
    const name = group.name.value ?? 'this group';
    if (/^[-+]?\d+(?:\.\d+)?\s*%?$/.test(first)) {
      const message = `\`unavailable\` must be a whole number of servers or names of hosts; \`${first}\` is neither.`;
      return [{ message, span: word.span }];
    }
    const why = compiled?.hosts === undefined ? `${name} names no hosts` : `it is not one of the hosts of ${name}`;
    return [{ message: `The host \`${first}\` cannot be unavailable: ${why}.`, span: word.span }];
  });
}

function hostsOf(word: Leaf<string>): ReturnType<typeof parseHosts>['set'] {
  return parseHosts(word.value === undefined ? [] : [word.value]).set;
}
