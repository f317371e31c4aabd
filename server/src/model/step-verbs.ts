import type { Entry, Mapping } from '../syntax/tree.ts';
import type { StepKind } from './runbook.ts';

/** The eleven verbs; each step is exactly one of them (docs/runbook.md). */
export const stepVerbs: readonly StepKind[] = [
  ...(['run', 'remove', 'restore', 'restart', 'replace', 'scale', 'wait'] as const),
  ...(['check', 'manual', 'parallel', 'repeat'] as const),
];

const none: readonly Entry[] = [];
const verbs: ReadonlySet<string> = new Set(stepVerbs);

/** Whether a key says what a step does. */
export function isVerb(key: string): key is StepKind {
  return verbs.has(key);
}

/** The verbs of a step, in the order written; a key that stands there twice counts once. */
export function verbsOf(step: Mapping): readonly Entry[] {
  let found = none;
  for (let i = 0; i < step.entries.length; i++) {
    const entry = step.entries[i];
    if (entry !== undefined && isVerb(entry.key.value) && !isAmong(found, entry.key.value))
      found = found.length === 0 ? [entry] : [...found, entry];
  }
  return found;
}

function isAmong(entries: readonly Entry[], verb: string): boolean {
  for (let i = 0; i < entries.length; i++) if (entries[i]?.key.value === verb) return true;
  return false;
}
