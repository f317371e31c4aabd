import type { StepReading } from '../commands/reading/read-step.ts';
import type { Finding } from '../rules/finding.ts';
import { rules } from '../rules/index.ts';
import { type NotedStep, notedStep } from '../rules/noted-step.ts';
import type { ReadingProblem, Rule, StepContext } from '../rules/rule.ts';
import type { StepOutcome } from '../simulation/outcome.ts';
import {
  type ChangedRange,
  changedRange,
  type Sparse,
  sparse,
  spliced,
  splicedSparse,
} from '../syntax/changed-range.ts';
import { runRule } from './run-rule.ts';
import type { Severities } from './severity.ts';

const none: readonly Finding[] = [];
const stepRules = rules.filter((rule) => rule.checkStep !== undefined);
const rulesOfSafeSteps = stepRules.filter((rule) => rule.passesSafe !== true);
const readingRules = new Map(rules.filter((rule) => rule.checkReading !== undefined).map((rule) => [rule.id, rule]));

/** What is the same for every step of a runbook against one fleet. */
export type StepSurroundings = Omit<StepContext, 'step' | 'actions' | 'commands' | 'outcome'> & {
  readonly severities: Severities;
};

/** What was found out about one step, as long as it and what surrounds it stay the same. */
interface StepWork extends NotedStep {
  /** Spans count from the step's block. */
  readonly findings: readonly Finding[];
}

/** What was found out about all steps. */
export interface StepsWork {
  readonly around: StepSurroundings;
  readonly readings: readonly StepReading[];
  readonly outcomes: readonly StepOutcome[];
  readonly steps: readonly StepWork[];
  /** Those of which there is something to say. */
  readonly notable: Sparse<StepWork>;
}

/** Checks every step; with the work on an earlier version, only those that are not what they were. */
export function checkSteps(
  readings: readonly StepReading[],
  outcomes: readonly StepOutcome[],
  around: StepSurroundings,
  before: StepsWork | undefined,
): StepsWork {
  const known = before !== undefined && sameSurroundings(before.around, around) ? before : undefined;
  const change = changeSince(known, readings, outcomes);
  const late = change.oldTo - change.to;
  const made = readings.slice(change.from, change.to).map((reading, n) => {
    const i = change.from + n;
    const early = known?.steps[i];
    const moved = known?.steps[i + late];
    const same = early?.reading === reading ? early : moved?.reading === reading ? moved : undefined;
    return same !== undefined && same.outcome === outcomes[i] ? same : stepWork(reading, outcomes[i], around, same);
  });
  const few = sparse(made, change.from, isNotable);
  return {
    around: known?.around ?? around,
    readings,
    outcomes,
    steps: known === undefined ? made : spliced(known.steps, change, made),
    notable: known === undefined ? few : splicedSparse(known.notable, change, few),
  };
}

/** Steps whose reading or outcome is another. */
function changeSince(
  known: StepsWork | undefined,
  readings: readonly StepReading[],
  outcomes: readonly StepOutcome[],
): ChangedRange {
  if (known === undefined || known.outcomes.length !== known.readings.length || outcomes.length !== readings.length)
    return { from: 0, to: readings.length, oldTo: known?.readings.length ?? 0 };
  const [read, done] = [changedRange(known.readings, readings), changedRange(known.outcomes, outcomes)];
  const [from, to] = [Math.min(read.from, done.from), Math.max(read.to, done.to)];
  return { from, to, oldTo: to + known.readings.length - readings.length };
}

function isNotable({ findings, emptyRestores, blocked, isUnclear }: StepWork): boolean {
  return isUnclear || emptyRestores.length > 0 || blocked.length > 0 || findings.length > 0;
}

function stepWork(
  reading: StepReading,
  outcome: StepOutcome | undefined,
  around: StepSurroundings,
  same: StepWork | undefined,
): StepWork {
  return Object.assign(notedStep(reading, outcome, same?.counts), { findings: checkStep(reading, outcome, around) });
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

/** Findings on one step and the steps in it. Spans count from the step's block; `step` is relative, '' for the step itself. */
function checkStep(
  reading: StepReading,
  outcome: StepOutcome | undefined,
  around: StepSurroundings,
  path = '',
): readonly Finding[] {
  const { step, actions, commands } = reading;
  const { capacity, fleet, fleetUri, head, ids, severities } = around;
  const context: StepContext = { step, actions, commands, outcome, capacity, fleet, fleetUri, head, ids };
  const findings: Finding[] = [];
  const asked = outcome?.verdict === 'safe' ? rulesOfSafeSteps : stepRules;
  for (let i = 0; i < asked.length; i++) {
    const rule = asked[i];
    const own = rule === undefined ? none : runRule(rule, rule.checkStep, context, severities, path);
    if (own.length > 0) findings.push(...own);
  }
  if (reading.inner.length === 0) return findings.length === 0 ? none : findings;
  reading.inner.forEach((inner, i) => {
    findings.push(...checkStep(inner, outcome?.steps[i], around, `${path}.${i}`));
  });
  return findings;
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
    if (rule === undefined) continue;
    const own = byRule.get(rule);
    if (own === undefined) byRule.set(rule, [problem]);
    else own.push(problem);
  }
  return [...byRule].flatMap(([rule, own]) => runRule(rule, rule.checkReading, own, severities, step));
}
