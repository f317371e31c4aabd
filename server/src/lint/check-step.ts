import type { StepReading } from '../commands/read-step.ts';
import type { Finding } from '../rules/finding.ts';
import { rules } from '../rules/index.ts';
import type { ReadingProblem, Rule, StepContext } from '../rules/rule.ts';
import type { StepOutcome } from '../simulation/outcome.ts';
import { runRule } from './run-rule.ts';
import type { Severities } from './severity.ts';

const stepRules = rules.filter((rule) => rule.checkStep !== undefined);
const readingRules = new Map(rules.filter((rule) => rule.checkReading !== undefined).map((rule) => [rule.id, rule]));

/** What is the same for every step of a runbook against one fleet. */
export type StepSurroundings = Omit<StepContext, 'step' | 'actions' | 'commands' | 'outcome'> & {
  readonly severities: Severities;
};

/** Findings on one step and the steps in it. Spans count from the step's block; `step` is relative, '' for the step itself. */
export function checkStep(
  reading: StepReading,
  outcome: StepOutcome | undefined,
  around: StepSurroundings,
  path = '',
): readonly Finding[] {
  const context: StepContext = { ...around, ...reading, outcome };
  const own = stepRules.flatMap((rule) =>
    runRule(rule, () => rule.checkStep?.(context) ?? [], around.severities, path),
  );
  const inner = reading.inner.flatMap((step, i) => checkStep(step, outcome?.steps[i], around, `${path}.${i}`));
  return inner.length === 0 ? own : [...own, ...inner];
}

/** Findings on mistakes that reading a text found. */
export function checkReading(
  problems: readonly ReadingProblem[],
  severities: Severities,
  step: string | undefined,
): readonly Finding[] {
  const byRule = new Map<Rule, ReadingProblem[]>();
  for (const problem of problems) {
    const rule = readingRules.get(problem.rule);
    if (rule !== undefined) byRule.set(rule, [...(byRule.get(rule) ?? []), problem]);
  }
  return [...byRule].flatMap(([rule, own]) => runRule(rule, () => rule.checkReading?.(own) ?? [], severities, step));
}
