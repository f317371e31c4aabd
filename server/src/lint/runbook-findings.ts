import type { Finding } from '../rules/finding.ts';
import { rules } from '../rules/index.ts';
import type { RunbookContext } from '../rules/rule.ts';
import { shift } from '../syntax/span.ts';
import type { FleetAnalysis } from './analysis.ts';
import { checkReading } from './check-step.ts';
import { runRule, sorted } from './run-rule.ts';
import type { RunbookDocument } from './runbook-document.ts';
import type { RunbookInputs, RunWork } from './runbook-work.ts';
import { settledAfter } from './settled.ts';
import { runbookSuppressions } from './suppression/in-runbook.ts';
import { suppress } from './suppression/suppress.ts';

const wholeRules = rules.filter((rule) => rule.checkRunbook !== undefined);
const stepsRules = rules.filter((rule) => rule.checkSteps !== undefined);

/** Everything that is said of a runbook, with places that count from the start of the file. */
export function allFindings(
  document: RunbookDocument,
  inputs: RunbookInputs,
  runs: readonly RunWork[],
): readonly Finding[] {
  const { severities } = inputs;
  const { facts, source } = document;
  const { steps } = source;
  const findings: Finding[] = [...checkReading(document.problems, severities, undefined)];
  for (const [i, { problems }] of facts) {
    for (const finding of checkReading(problems, severities, ''))
      findings.push(placed(finding, steps[i]?.offset ?? 0, `${i}`));
  }
  for (const run of runs) {
    for (const [i, { findings: own }] of run.notable) {
      for (const finding of own) findings.push(placed(finding, steps[i]?.offset ?? 0, `${i}${finding.step ?? ''}`));
    }
  }
  for (const run of runs) {
    for (const finding of onAllSteps(document, inputs, run)) {
      const offset = steps[Number.parseInt(finding.step ?? '', 10)]?.offset ?? 0;
      findings.push(placed(finding, offset, finding.step ?? ''));
    }
  }
  const fleets = inputs.fleets.length > 0 ? inputs.fleets : [undefined];
  for (const [i, fleet] of fleets.entries()) findings.push(...wholeRunbook(document, inputs, fleet, runs[i]));
  const said = runs.length > 1 ? distinct(findings) : findings;
  return sorted(suppress(said, runbookSuppressions(document, inputs.fleets.length > 0), severities, document.text));
}

/** What one step cannot know of the others. Spans count from the block of the step that a finding is on. */
function onAllSteps({ head }: RunbookDocument, { severities }: RunbookInputs, run: RunWork): readonly Finding[] {
  const { capacity, fleet, fleetUri } = run.around;
  const settled = () => (run.walk === undefined ? [] : settledAfter(run.walk));
  const context = { steps: run.steps, notable: run.notable, head, capacity, fleet, fleetUri, settled };
  return stepsRules.flatMap((rule) => runRule(rule, rule.checkSteps, context, severities, undefined));
}

function placed(finding: Finding, offset: number, step: string): Finding {
  return { ...finding, span: shift(finding.span, offset), step };
}

function wholeRunbook(
  document: RunbookDocument,
  inputs: RunbookInputs,
  fleet: FleetAnalysis | undefined,
  run: RunWork | undefined,
): readonly Finding[] {
  const context: RunbookContext = {
    head: document.head,
    fleet: fleet?.fleet,
    capacity: fleet?.capacity,
    fleetUri: fleet?.uri,
    lookup: inputs.lookup,
    tried: run?.parameters?.tried ?? [],
  };
  return wholeRules.flatMap((rule) => runRule(rule, rule.checkRunbook, context, inputs.severities, undefined));
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
