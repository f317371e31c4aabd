import { type ChangedRange, changedRange, spliced } from '../simulation/changed-range.ts';
import type { Verdict } from '../simulation/outcome.ts';
import { gravest } from '../simulation/simulate-step.ts';
import type { FleetAnalysis, Run, RunbookAnalysis, StepPlace } from './analysis.ts';
import { runOnFleet } from './run-on-fleet.ts';
import { type BlockFacts, blockFacts, type RunbookDocument } from './runbook-document.ts';
import { allFindings } from './runbook-findings.ts';
import type { RunbookInputs, RunbookWork, RunWork } from './runbook-work.ts';
import { idsIn, sameIds } from './step-ids.ts';

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
  const change = changeSince(before, document);
  const ids = sameIds(before?.ids, idsIn(document, before, change));
  const fleets = inputs.fleets.length > 0 ? inputs.fleets : [undefined];
  const version = { document, inputs, ids, change };
  const runs = fleets.map((fleet, i) => runOnFleet(fleet, version, before?.runs[i]));
  const facts = factsOf(document, before, change);
  const analysis: RunbookAnalysis = {
    kind: 'runbook',
    uri: document.uri,
    text: document.text,
    findings: allFindings(document, inputs, facts, runs),
    head: document.head,
    root: document.source.root,
    steps: placesOf(document, runs[0], previous),
    runs: inputs.fleets.map((fleet, i) => runOf(fleet, runs[i])),
    verdicts: countVerdicts(runs),
  };
  works.set(analysis, { document, inputs, ids, facts, runs });
  return analysis;
}

/** Which steps have another text than before; undefined where they are to be read anew, because a parameter changed. */
function changeSince(before: RunbookWork | undefined, document: RunbookDocument): ChangedRange | undefined {
  if (before === undefined || before.document.values !== document.values) return undefined;
  return changedRange(before.document.source.steps, document.source.steps, (a, b) => a.block === b.block);
}

function factsOf(
  { source: { steps } }: RunbookDocument,
  before: RunbookWork | undefined,
  change: ChangedRange | undefined,
): readonly BlockFacts[] {
  if (before === undefined || change === undefined) return steps.map(({ block }) => blockFacts(block));
  const changed = steps.slice(change.from, change.to).map(({ block }) => blockFacts(block));
  return spliced(before.facts, change, changed);
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
