import type { Mapping } from '../syntax/tree.ts';
import { parseHosts } from './hosts.ts';
import type { Leaf } from './leaf.ts';
import { oneOrMore, type Reader, textLeaf, textPairs, valueAt } from './read-leaf.ts';
import type { Target } from './runbook.ts';

/** The keys by which a target is told (docs/runbook.md). */
export const targetKeys = ['subsystem', 'group', 'hosts', 'zone', 'labels'] as const;

/** Reads the target of a step; hosts that cannot be read as such are malformed. */
export function readTarget(mapping: Mapping, read: Reader): Target {
  const hosts = oneOrMore(valueAt(mapping, 'hosts', read), read);
  if (hosts !== undefined && !isReadable(hosts)) read.malformed = true;
  return {
    subsystem: textLeaf(valueAt(mapping, 'subsystem', read), read),
    group: textLeaf(valueAt(mapping, 'group', read), read),
    hosts,
    zone: textLeaf(valueAt(mapping, 'zone', read), read),
    labels: textPairs(valueAt(mapping, 'labels', read), read),
    span: mapping.span,
  };
}

/** `*` is every host; what parameters make of a list is seen when it is looked up. */
function isReadable(hosts: readonly Leaf<string>[]): boolean {
  const own = hosts.filter(({ value, uses }) => value !== '*' && uses.length === 0);
  return hosts.length > 0 && parseHosts(own.flatMap(({ value }) => value ?? [])).problem === undefined;
}

/** Whether the target says anything at all. */
export function isTold({ subsystem, group, hosts, zone, labels }: Target): boolean {
  return (
    subsystem !== undefined ||
    group !== undefined ||
    (hosts?.length ?? 0) > 0 ||
    zone !== undefined ||
    labels.length > 0
  );
}
