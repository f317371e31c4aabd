import { changedRange } from '../simulation/changed-range.ts';
import type { Verdict } from '../simulation/outcome.ts';
import { gravest } from '../simulation/simulate-step.ts';
import type { FleetAnalysis, Run, RunbookAnalysis, StepPlace } from './analysis.ts';
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
  const change = before && changedRange(before.document.steps, document.steps, (a, b) => a === b);
  const fleets = inputs.fleets.length > 0 ? inputs.fleets : [undefined];
  const version = { document, inputs, change };
  const runs = fleets.map((fleet, i) => runOnFleet(fleet, version, before?.runs[i]));
  const analysis: RunbookAnalysis = {
    kind: 'runbook',
    uri: document.uri,
    text: document.text,
    findings: allFindings(document, inputs, runs),
    head: document.head,
    root: document.source.root,
    steps: placesOf(document, runs[0], previous),
    runs: inputs.fleets.map((fleet, i) => runOf(fleet, runs[i])),
    verdicts: countVerdicts(runs),
  };
  works.set(analysis, { document, inputs, runs });
  return analysis;
}

/** Where the steps stand; a step that stands where it stood is the same object. */
function placesOf(
  { source }: RunbookDocument,
  run: RunWork | undefined,
  previous: RunbookAnalysis | undefined,
): readonly StepPlace[] {
  const places: StepPlace[] = [];
  for (let i = 0; i < source.steps.length; i++) {
    const step = source.steps[i];
    const reading = run?.readings[i];
    if (step === undefined || reading === undefined) continue;
    const known = previous?.steps[i];
    const isKnown = known?.reading === reading && known.offset === step.offset;
    places.push(isKnown ? known : { offset: step.offset, span: step.span, node: step.block.node, reading });
  }
  return places;
}

function runOf(fleet: FleetAnalysis, run: RunWork | undefined): Run {
  const outcomes = run?.outcomes ?? [];
  return {
    fleet,
    capacity: run?.around.capacity ?? fleet.capacity,
    outcomes,
    verdicts: outcomes.map(({ verdict }) => verdict),
  };
}

/** Steps that hold no others, by the worst verdict over all fleets. */
function countVerdicts(runs: readonly RunWork[]): Readonly<Record<Verdict, number>> {
  const counts = { safe: 0, unsafe: 0, unknown: 0 };
  const [first, ...others] = runs;
  const steps = first?.steps ?? [];
  if (others.length === 0) {
    for (const { verdicts } of steps) for (const verdict of verdicts) counts[verdict] += 1;
    return counts;
  }
  for (const [i, { verdicts }] of steps.entries()) {
    for (const [j, verdict] of verdicts.entries()) {
      counts[gravest([verdict, ...others.map((run) => run.steps[i]?.verdicts[j] ?? 'unknown')])] += 1;
    }
  }
  return counts;
}
