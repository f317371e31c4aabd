import type { Finding } from '../rules/finding.ts';
import { rules } from '../rules/index.ts';
import type { RunbookContext } from '../rules/rule.ts';
import type { StepBlock } from '../syntax/source-document.ts';
import { shift } from '../syntax/span.ts';
import type { FleetAnalysis } from './analysis.ts';
import { checkReading } from './check-step.ts';
import { runRule, sorted } from './run-rule.ts';
import { blockProblems, type RunbookDocument } from './runbook-document.ts';
import type { RunbookInputs, RunWork } from './runbook-work.ts';
import type { Severities } from './severity.ts';

const wholeRules = rules.filter((rule) => rule.checkRunbook !== undefined);
const none: readonly Finding[] = [];

/** Everything that is said of a runbook, with places that count from the start of the file. */
export function allFindings(
  document: RunbookDocument,
  inputs: RunbookInputs,
  runs: readonly RunWork[],
): readonly Finding[] {
  const findings: Finding[] = [...checkReading(document.problems, inputs.severities, undefined)];
  for (const [i, { block, offset }] of document.source.steps.entries()) {
    for (const finding of readingFindings(block, inputs.severities)) findings.push(placed(finding, offset, `${i}`));
    for (const { steps } of runs) {
      for (const finding of steps[i]?.findings ?? none)
        findings.push(placed(finding, offset, `${i}${finding.step ?? ''}`));
    }
  }
  const fleets = inputs.fleets.length > 0 ? inputs.fleets : [undefined];
  for (const fleet of fleets) findings.push(...wholeRunbook(document, inputs, fleet));
  return sorted(runs.length > 1 ? distinct(findings) : findings);
}

function readingFindings(block: StepBlock, severities: Severities): readonly Finding[] {
  const problems = blockProblems(block);
  return problems.length === 0 ? none : checkReading(problems, severities, '');
}

function placed(finding: Finding, offset: number, step: string): Finding {
  return { ...finding, span: shift(finding.span, offset), step };
}

function wholeRunbook(
  document: RunbookDocument,
  inputs: RunbookInputs,
  fleet: FleetAnalysis | undefined,
): readonly Finding[] {
  const context: RunbookContext = {
    head: document.head,
    fleet: fleet?.fleet,
    capacity: fleet?.capacity,
    fleetUri: fleet?.uri,
    lookup: inputs.lookup,
  };
  return wholeRules.flatMap((rule) =>
    runRule(rule, () => rule.checkRunbook?.(context) ?? [], inputs.severities, undefined),
  );
}

/** Several fleets say some things twice. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, span, message }) => {
    const key = `${rule} ${span.start} ${span.end} ${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
