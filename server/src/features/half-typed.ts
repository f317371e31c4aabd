import type { Analysis } from '../lint/analysis.ts';
import type { Finding } from '../rules/finding.ts';
import { namesOf } from '../simulation/fleet/names.ts';
import { fleetsOf } from './names/family.ts';
import { withInner } from './steps/steps.ts';

/**
 * Whether a finding is about a word that is still being typed: a name that nobody knows yet,
 * in which the last edit ended, and that is the beginning of one that is known.
 */
export function isHalfTyped(analysis: Analysis, { rule, span }: Finding, editEnd: number): boolean {
  if (rule !== 'unknown-name' || editEnd < span.start || editEnd > span.end) return false;
  const typed = analysis.text.slice(span.start, span.end);
  // A dash or two begin an option.
  return /^--?$/.test(typed) || (typed !== '' && knownNames(analysis).some((name) => name.startsWith(typed)));
}

function knownNames(analysis: Analysis): readonly string[] {
  const ofFleets = fleetsOf(analysis).flatMap(({ capacity }) => [
    ...namesOf('name', capacity),
    ...namesOf('label', capacity),
    ...capacity.groups.flatMap(({ labels }) => [...labels.values()]),
  ]);
  if (analysis.kind !== 'runbook') return ofFleets;
  const readings = analysis.steps.flatMap(({ reading }) => withInner(reading));
  const ids = readings.flatMap(({ step }) => step.id?.value ?? []);
  const words = readings.flatMap(({ actions }) => actions.flatMap(({ obstacle }) => obstacle?.slip?.among ?? []));
  return [...ofFleets, ...ids, ...words, ...analysis.head.parameters.flatMap(({ name }) => name.value ?? [])];
}
