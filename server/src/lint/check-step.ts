import type { StepReading } from '../commands/read-step.ts';
import type { Finding } from '../rules/finding.ts';
import { rules } from '../rules/index.ts';
import type { ReadingProblem, Rule, StepContext } from '../rules/rule.ts';
import { type TypedCount, typedCounts } from '../rules/typed-counts.ts';
import type { StepOutcome, Verdict } from '../simulation/outcome.ts';
import { runRule } from './run-rule.ts';
import type { Severities } from './severity.ts';

const stepRules = rules.filter((rule) => rule.checkStep !== undefined);
const readingRules = new Map(rules.filter((rule) => rule.checkReading !== undefined).map((rule) => [rule.id, rule]));

/** What is the same for every step of a runbook against one fleet. */
export type StepSurroundings = Omit<StepContext, 'step' | 'actions' | 'commands' | 'outcome'> & {
  readonly severities: Severities;
};

/** What was found out about one step, as long as it and what surrounds it stay the same. */
export interface StepWork {
  readonly reading: StepReading;
  readonly outcome: StepOutcome | undefined;
  /** The counts that somebody typed into it. */
  readonly counts: readonly TypedCount[];
  /** Spans count from the step's block. */
  readonly findings: readonly Finding[];
  /** Of the step, or of the steps in it. */
  readonly verdicts: readonly Verdict[];
}

/** Checks every step; with the work on an earlier version, only those that are not what they were. */
export function checkSteps(
  readings: readonly StepReading[],
  outcomes: readonly StepOutcome[] | undefined,
  around: StepSurroundings,
  before: { readonly around: StepSurroundings; readonly steps: readonly StepWork[] } | undefined,
): { readonly around: StepSurroundings; readonly steps: readonly StepWork[] } {
  const known = before !== undefined && sameSurroundings(before.around, around) ? before : undefined;
  const late = (known?.steps.length ?? 0) - readings.length;
  const steps: StepWork[] = [];
  for (const [i, reading] of readings.entries()) {
    const outcome = outcomes?.[i];
    const early = known?.steps[i];
    const same = early?.reading === reading ? early : known?.steps[i + late];
    const work = same?.reading === reading ? same : undefined;
    steps.push(
      work !== undefined && work.outcome === outcome ? work : stepWork(reading, outcome, around, work?.counts),
    );
  }
  return { around: known?.around ?? around, steps };
}

function stepWork(
  reading: StepReading,
  outcome: StepOutcome | undefined,
  around: StepSurroundings,
  counts = typedCounts(reading),
): StepWork {
  const findings = checkStep(reading, outcome, around);
  return { reading, outcome, counts, findings, verdicts: verdictsIn(reading, outcome) };
}

function sameSurroundings(a: StepSurroundings, b: StepSurroundings): boolean {
  return (
    a.capacity === b.capacity &&
    a.fleet === b.fleet &&
    a.head === b.head &&
    a.ids === b.ids &&
    a.severities === b.severities
  );
}

function verdictsIn(reading: StepReading, outcome: StepOutcome | undefined): readonly Verdict[] {
  if (reading.inner.length > 0) return reading.inner.flatMap((inner, i) => verdictsIn(inner, outcome?.steps[i]));
  if (outcome !== undefined) return [outcome.verdict];
  return [reading.actions.length === 0 && reading.step.kind !== 'broken' ? 'safe' : 'unknown'];
}

/** Findings on one step and the steps in it. Spans count from the step's block; `step` is relative, '' for the step itself. */
function checkStep(
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
