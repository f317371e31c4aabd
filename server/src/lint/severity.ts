import type { Severity } from '../rules/finding.ts';

/** What the user wants of each rule, by its id; a rule that is not here keeps its default. */
export type Severities = ReadonlyMap<string, Severity | 'off'>;

const order: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** The graver comes first. */
function bySeverity(a: Severity, b: Severity): number {
  return order.indexOf(a) - order.indexOf(b);
}

/**
 * The severity of a report: the user's, if there is one, but never graver than what the report says of itself where that is less than the rule's own.
 * A breach that is merely possible stays at most a warning when the rule is an error (docs/simulation.md §3).
 */
export function severityOf(
  rule: { readonly id: string; readonly severity: Severity },
  reported: Severity | undefined,
  wanted: Severities,
): Severity | 'off' {
  const chosen = wanted.get(rule.id) ?? rule.severity;
  if (chosen === 'off' || reported === undefined) return chosen;
  return bySeverity(reported, chosen) > 0 ? reported : chosen;
}
