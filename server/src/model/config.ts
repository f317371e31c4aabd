import { entryOf, type Node } from '../syntax/tree.ts';
import { namedEntries, reader, wordLeaf } from './read-leaf.ts';
import { type SeveritySetting, severitySettings } from './severity.ts';

/** A `.runbook-lint.yaml`. */
interface Config {
  /** By the rule's id. */
  readonly rules: ReadonlyMap<string, SeveritySetting>;
}

/** Reads a configuration. Never throws; what is malformed is left out. */
export function readConfig(root: Node | undefined): Config {
  const read = reader();
  const rules = new Map<string, SeveritySetting>();
  for (const { key, value } of namedEntries(entryOf(root, 'rules')?.value, read)) {
    const severity = wordLeaf(value, read, severitySettings)?.value;
    if (severity !== undefined) rules.set(key.value, severity);
  }
  return { rules };
}
