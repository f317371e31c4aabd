import type { StepReading } from '../commands/reading/read-step.ts';
import type { StepOutcome, Verdict } from '../simulation/outcome.ts';
import { gravest } from '../simulation/steps/step-outcome.ts';
import { changedRange } from '../syntax/changed-range.ts';
import { stepSpan } from '../syntax/steps/source.ts';
import { advise } from './advise.ts';
import type { FleetAnalysis, Run, RunbookAnalysis, StepPlace } from './analysis.ts';
import { once } from './once.ts';
import { runOnFleet } from './run-on-fleet.ts';
import type { RunbookDocument } from './runbook-document.ts';
import { allFindings } from './runbook-findings.ts';
import type { RunbookInputs, RunbookWork, RunWork } from './runbook-work.ts';

const works = new WeakMap<RunbookAnalysis, RunbookWork>();

/** The work behind an analysis that `checkRunbook` made. */
export function workOf(analysis: RunbookAnalysis): RunbookWork | undefined {
  return works.get(analysis);
}

/** Checks a runbook. With the analysis of an earlier version, only what the change touches is simulated and checked again. */
export function checkRunbook(
  document: RunbookDocument,
  inputs: RunbookInputs,
  previous?: RunbookAnalysis,
): RunbookAnalysis {
  const before = previous && works.get(previous);
  const change = before && changedRange(before.document.steps, document.steps);
  const fleets = inputs.fleets.length > 0 ? inputs.fleets : [undefined];
  const version = { document, inputs, change };
  const runs = fleets.map((fleet, i) => runOnFleet(fleet, version, before?.runs[i]));
  // While somebody types, the findings are all that is asked for.
  const steps = once(() => placesOf(document, runs[0]));
  const verdicts = once(() => countVerdicts(runs));
  const findings = allFindings(document, inputs, runs);
  const analysis: RunbookAnalysis = {
    kind: 'runbook',
    uri: document.uri,
    text: document.text,
    findings: inputs.terse ? findings : advise(findings, runs, inputs.severities),
    head: document.head,
    root: document.source.root,
    get steps() {
      return steps();
    },
    runs: inputs.fleets.map((fleet, i) => runOf(fleet, runs[i])),
    get verdicts() {
      return verdicts();
    },
  };
  works.set(analysis, { document, inputs, runs });
  return analysis;
}

function placesOf({ source }: RunbookDocument, run: RunWork | undefined): readonly StepPlace[] {
  return source.blocks.flatMap(({ node }, i) => {
    const reading = run?.readings[i];
    const offset = source.starts[i] ?? 0;
    return reading === undefined ? [] : [{ offset, span: stepSpan(source, i), node, reading }];
  });
}

function runOf(fleet: FleetAnalysis, run: RunWork | undefined): Run {
  return { fleet, capacity: run?.around.capacity ?? fleet.capacity, outcomes: run?.outcomes ?? [] };
}

/** Steps that hold no others, by the worst verdict over all fleets. */
function countVerdicts(runs: readonly RunWork[]): Readonly<Record<Verdict, number>> {
  const counts = { safe: 0, unsafe: 0, unknown: 0 };
  const [first, ...others] = runs.map(({ readings, outcomes }) =>
    readings.flatMap((reading, i) => verdictsIn(reading, outcomes[i])),
  );
  for (const [i, verdict] of (first ?? []).entries())
    counts[gravest([verdict, ...others.map((verdicts) => verdicts[i] ?? 'unknown')])] += 1;
  return counts;
}

function verdictsIn(reading: StepReading, outcome: StepOutcome | undefined): readonly Verdict[] {
  if (reading.inner.length > 0) return reading.inner.flatMap((inner, i) => verdictsIn(inner, outcome?.steps[i]));
  if (outcome !== undefined) return [outcome.verdict];
  return [reading.actions.length === 0 && reading.step.kind !== 'broken' ? 'safe' : 'unknown'];
}
