import { replacementFix, reportProblems } from './reading.ts';
import type { Report, Rule, StepContext } from './rule.ts';

/** A key of a mapping, or the id of a step, stands twice. */
export const duplicateKey: Rule = {
  id: 'duplicate-key',
  severity: 'error',
  title: 'A key or an id stands twice',
  summary: 'A key stands twice in one mapping, and only the first counts; or two steps have the same id.',
  details: [
    'Which of two equal keys counts differs from one reader of YAML to the next.',
    'Where two steps have the same id, a `restore` of it returns what both took out, which is hardly meant.',
    'Remove one of them, or give it another name.',
  ].join('\n'),
  bad: { 'x.fleet.yaml': 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8, minimum: 6 }\n' },
  good: { 'x.fleet.yaml': 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\n' },
  checkStep: repeatedId,
  checkReading: reportProblems,
  fixes: replacementFix,
};

const repeatedIn = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Each of the steps is told, as neither is more wrong than the other. */
function repeatedId({ step, ids }: StepContext): readonly Report[] {
  if (step.id?.value === undefined) return [];
  const repeated = repeatedIn.get(ids) ?? repeatsOf(ids);
  repeatedIn.set(ids, repeated);
  if (!repeated.has(step.id.value)) return [];
  const message = `Another step has the id \`${step.id.value}\` too, so a restore of it means both. Give each step an id of its own.`;
  return [{ message, span: step.id.span }];
}

function repeatsOf(ids: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(ids.filter((id) => seen.has(id) || !seen.add(id)));
}
