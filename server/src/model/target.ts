import type { Mapping } from '../syntax/tree.ts';
import { parseHosts } from './hosts.ts';
import { oneOrMore, type Reader, textLeaf, textPairs, valueAt } from './read-leaf.ts';
import type { Target } from './runbook.ts';

/** The keys by which a target is told (SPEC §4). */
export const targetKeys = ['subsystem', 'group', 'hosts', 'zone', 'labels'] as const;

/** Reads the target of a step; hosts that cannot be read as such are malformed. */
export function readTarget(mapping: Mapping, read: Reader): Target {
  const hosts = oneOrMore(valueAt(mapping, 'hosts', read), read);
  const own = (hosts ?? []).filter(({ value, uses }) => value !== '*' && uses.length === 0);
  const words = own.flatMap(({ value }) => value ?? []);
  if (parseHosts(words).problem !== undefined || hosts?.length === 0) read.malformed = true;
  return {
    subsystem: textLeaf(valueAt(mapping, 'subsystem', read), read),
    group: textLeaf(valueAt(mapping, 'group', read), read),
    hosts,
    zone: textLeaf(valueAt(mapping, 'zone', read), read),
    labels: textPairs(valueAt(mapping, 'labels', read), read),
    span: mapping.span,
  };
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
