import type { Entry, Mapping } from '../syntax/tree.ts';
import type { StepKind } from './runbook.ts';

/** The eleven verbs; each step is exactly one of them (SPEC §4). */
export const stepVerbs: readonly StepKind[] = [
  ...(['run', 'remove', 'restore', 'restart', 'replace', 'scale', 'wait'] as const),
  ...(['check', 'manual', 'parallel', 'repeat'] as const),
];

const verbs: ReadonlySet<string> = new Set(stepVerbs);

export function isVerb(key: string): key is StepKind {
  return verbs.has(key);
}

function isOfVerb({ key }: Entry): boolean {
  return verbs.has(key.value);
}

/** The verbs of a step, in the order written; a key that stands there twice counts once. */
export function verbsOf(step: Mapping): readonly Entry[] {
  const found = step.entries.filter(isOfVerb);
  return found.length < 2
    ? found
    : found.filter((entry, i) => found.findIndex((other) => other.key.value === entry.key.value) === i);
}
