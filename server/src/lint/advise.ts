import type { StepReading } from '../commands/reading/read-step.ts';
import type { Finding } from '../rules/finding.ts';
import { ruleById } from '../rules/index.ts';
import type { Rule, WhatIf } from '../rules/rule.ts';
import type { StepOutcome } from '../simulation/outcome.ts';
import type { Purse } from '../simulation/simulate.ts';
import { failed, sorted } from './run-rule.ts';
import type { RunWork } from './runbook-work.ts';
import type { Severities } from './severity.ts';
import { everyWhatIf, whatIf } from './what-if.ts';

/** What all advice on one version of a runbook may cost, in changes that are followed: some milliseconds. */
const allowed = 500;

/**
 * Adds to each finding the advice that its rule has: what takes trials on the whole runbook, such as the largest safe count.
 * The work is bounded, by what is followed and not by a clock: beyond it the findings are as they were, and the fixes know all the same.
 * Advice that throws becomes one `internal-error`, and every finding stands without it.
 */
export function advise(
  findings: readonly Finding[],
  runs: readonly RunWork[],
  severities: Severities,
): readonly Finding[] {
  if (!findings.some(({ rule }) => ruleById(rule)?.advice !== undefined)) return findings;
  const purse: Purse = { left: allowed };
  const known = new Map<string, WhatIf>();
  const failures = new Map<string, readonly Finding[]>();
  const advised = findings.map((finding) => {
    const rule = ruleById(finding.rule);
    if (rule === undefined || failures.has(rule.id)) return finding;
    try {
      const message = withAdvice(finding, rule, runs, purse, known);
      return message === finding.message ? finding : { ...finding, message };
    } catch (problem) {
      failures.set(rule.id, failed(rule, problem, severities, undefined));
      return finding;
    }
  });
  return failures.size === 0 ? advised : sorted([...advised, ...[...failures.values()].flat()]);
}

function withAdvice(
  finding: Finding,
  rule: Rule,
  runs: readonly RunWork[],
  purse: Purse,
  known: Map<string, WhatIf>,
): string {
  const [run] = runs;
  if (rule.advice === undefined || finding.step === undefined || run === undefined || purse.left < 0)
    return finding.message;
  const path = finding.step.split('.').map(Number);
  const [index = 0, ...inside] = path;
  let reading: StepReading | undefined = run.readings[index];
  let outcome: StepOutcome | undefined = run.outcomes[index];
  for (const i of inside) [reading, outcome] = [reading?.inner[i], outcome?.steps[i]];
  if (reading === undefined) return finding.message;
  const tries =
    known.get(finding.step) ?? everyWhatIf(runs.flatMap(({ walk }) => (walk ? [whatIf(walk, path, purse)] : [])));
  known.set(finding.step, tries);
  const { capacity } = run.around;
  const message = rule.advice(finding, { whatIf: tries, actions: reading.actions, outcome, capacity });
  // What was tried with an empty purse is worth nothing.
  return purse.left < 0 ? finding.message : message;
}
