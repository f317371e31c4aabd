import type { Finding } from '../rules/finding.ts';
import { ruleById } from '../rules/index.ts';
import type { Report, Rule, StepReport } from '../rules/rule.ts';
import { type Severities, severityOf } from './severity.ts';

/**
 * Runs one check of one rule, where it has that check, and makes findings of its reports.
 * A check that throws becomes one `internal-error`, and the other rules' findings stand.
 */
export function runRule<Subject>(
  rule: Rule,
  check: ((subject: Subject) => readonly (Report | StepReport)[]) | undefined,
  subject: Subject,
  severities: Severities,
  step: string | undefined,
): readonly Finding[] {
  try {
    const reports = check?.(subject) ?? none;
    return reports.length === 0 ? none : findingsOf(rule, reports, severities, step);
  } catch (problem) {
    return failed(rule, problem, severities, step);
  }
}

/** The `internal-error` of a rule that threw. */
export function failed(
  rule: Rule,
  problem: unknown,
  severities: Severities,
  step: string | undefined,
): readonly Finding[] {
  const internal = ruleById('internal-error');
  const message = `The rule ${rule.id} failed on this file: ${String(problem)}. All other findings stand. Please report it with the file.`;
  return internal === undefined ? [] : findingOf(internal, { message, span: { start: 0, end: 0 } }, severities, step);
}

const none: readonly never[] = [];

function findingsOf(
  rule: Rule,
  reports: readonly (Report | StepReport)[],
  severities: Severities,
  step: string | undefined,
): readonly Finding[] {
  return reports.flatMap((report) => findingOf(rule, report, severities, 'step' in report ? report.step : step));
}

function findingOf(rule: Rule, report: Report, severities: Severities, step: string | undefined): readonly Finding[] {
  const severity = severityOf(rule, report.severity, severities);
  if (severity === 'off') return [];
  const { message, span, related = [], subsystems = [], isLesser, data } = report;
  const finding: Finding = { rule: rule.id, severity, message, span, related, step, subsystems, data };
  return [isLesser === true ? { ...finding, isLesser } : finding];
}

/** Findings in the order of the text, then by rule; the same input gives the same list. */
export function sorted(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) =>
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
