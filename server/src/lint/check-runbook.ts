import { builtinTools } from '../commands/builtin.ts';
import type { StepReading } from '../commands/read-step.ts';
import { type CommandTable, compileTools } from '../commands/table.ts';
import type { Step } from '../model/runbook.ts';
import type { Finding } from '../rules/finding.ts';
import { rules } from '../rules/index.ts';
import type { FleetLookup, RunbookContext } from '../rules/rule.ts';
import type { StepOutcome, Verdict } from '../simulation/outcome.ts';
import { simulate, type Walk } from '../simulation/simulate.ts';
import { gravest } from '../simulation/simulate-step.ts';
import { shift } from '../syntax/span.ts';
import type { FleetAnalysis, Run, RunbookAnalysis, StepPlace } from './analysis.ts';
import { checkReading, checkStep, type StepSurroundings } from './check-step.ts';
import { runRule, sorted } from './run-rule.ts';
import { blockProblems, type RunbookDocument, stepIn, stepReading } from './runbook-document.ts';
import type { Severities } from './severity.ts';

/** What a runbook is checked against. */
export interface RunbookInputs {
  readonly fleets: readonly FleetAnalysis[];
  readonly lookup: FleetLookup;
  readonly severities: Severities;
}

/** What a check keeps for the next version of the runbook and for fixes. */
export interface RunbookWork {
  readonly document: RunbookDocument;
  readonly inputs: RunbookInputs;
  /** One a fleet; one without a walk where there is no fleet. */
  readonly runs: readonly RunWork[];
}

interface RunWork {
  readonly walk: Walk | undefined;
  readonly around: StepSurroundings;
  readonly steps: readonly StepWork[];
}

interface StepWork {
  readonly reading: StepReading;
  readonly outcome: StepOutcome | undefined;
  /** Spans count from the step's block. */
  readonly findings: readonly Finding[];
}

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
  const ids = sameIds(document, before?.runs[0]?.around.ids);
  const fleets = inputs.fleets.length > 0 ? inputs.fleets : [undefined];
  const runs = fleets.map((fleet, i) => runOn(fleet, document, inputs, ids, before?.runs[i]));
  const steps: StepPlace[] = document.source.steps.map(({ block, offset, span }, i) => ({
    offset,
    span,
    node: block.node,
    reading: runs[0]?.steps[i]?.reading ?? stepReading(block, document.values, noTools),
  }));
  const analysis: RunbookAnalysis = {
    kind: 'runbook',
    uri: document.uri,
    text: document.text,
    findings: allFindings(document, inputs, runs),
    head: document.head,
    root: document.source.root,
    steps,
    runs: inputs.fleets.map((fleet, i) => runOf(fleet, runs[i])),
    verdicts: countVerdicts(runs),
  };
  works.set(analysis, { document, inputs, runs });
  return analysis;
}

const noTools: CommandTable = compileTools(builtinTools).table;

function sameIds(document: RunbookDocument, known: readonly string[] | undefined): readonly string[] {
  const ids = document.source.steps.flatMap(({ block }) => idsIn(stepIn(block, document.values)));
  return known !== undefined && known.length === ids.length && known.every((id, i) => id === ids[i]) ? known : ids;
}

function idsIn(step: Step): readonly string[] {
  const own = step.id?.value === undefined ? noIds : [step.id.value];
  return 'steps' in step ? [...own, ...step.steps.flatMap(idsIn)] : own;
}

const noIds: readonly string[] = [];

function runOn(
  fleet: FleetAnalysis | undefined,
  document: RunbookDocument,
  inputs: RunbookInputs,
  ids: readonly string[],
  before: RunWork | undefined,
): RunWork {
  const table = fleet?.table ?? noTools;
  const readings = document.source.steps.map(({ block }) => stepReading(block, document.values, table));
  const walk =
    fleet && simulate(readings, fleet.capacity, { outside: fleet.outside, open: document.open }, before?.walk);
  const around: StepSurroundings = {
    capacity: fleet?.capacity,
    fleet: fleet?.fleet,
    fleetUri: fleet?.uri,
    head: document.head,
    ids,
    severities: inputs.severities,
  };
  const known = before !== undefined && sameSurroundings(before.around, around) ? before : undefined;
  const late = (known?.steps.length ?? 0) - readings.length;
  const steps = readings.map((reading, i): StepWork => {
    const outcome = walk?.outcomes[i];
    const same = (work: StepWork | undefined) => work?.reading === reading && work.outcome === outcome;
    const kept = [known?.steps[i], known?.steps[i + late]].find(same);
    return kept ?? { reading, outcome, findings: checkStep(reading, outcome, around) };
  });
  return { walk, around: known?.around ?? around, steps };
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

function allFindings(document: RunbookDocument, inputs: RunbookInputs, runs: readonly RunWork[]): readonly Finding[] {
  const findings: Finding[] = [...checkReading(document.problems, inputs.severities, undefined)];
  for (const [i, { block, offset }] of document.source.steps.entries()) {
    for (const finding of checkReadingOf(block, inputs.severities)) findings.push(placed(finding, offset, `${i}`));
    for (const { steps } of runs) {
      for (const finding of steps[i]?.findings ?? [])
        findings.push(placed(finding, offset, `${i}${finding.step ?? ''}`));
    }
  }
  const contexts = inputs.fleets.length > 0 ? inputs.fleets : [undefined];
  for (const fleet of contexts) findings.push(...wholeRunbook(document, inputs, fleet));
  return sorted(runs.length > 1 ? distinct(findings) : findings);
}

const none: readonly Finding[] = [];

function checkReadingOf(block: Parameters<typeof blockProblems>[0], severities: Severities): readonly Finding[] {
  const problems = blockProblems(block);
  return problems.length === 0 ? none : checkReading(problems, severities, '');
}

function placed(finding: Finding, offset: number, step: string): Finding {
  const span = shift(finding.span, offset);
  const related = finding.related.map((place) =>
    place.uri === '' ? { ...place, span: shift(place.span, offset) } : place,
  );
  return { ...finding, span, related, step };
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
  return rules.flatMap((rule) =>
    rule.checkRunbook === undefined
      ? []
      : runRule(rule, () => rule.checkRunbook?.(context) ?? [], inputs.severities, undefined),
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

function runOf(fleet: FleetAnalysis, run: RunWork | undefined): Run {
  const outcomes = run?.walk?.outcomes ?? [];
  return { fleet, outcomes, verdicts: outcomes.map(({ verdict }) => verdict) };
}

/** Steps that hold no others, by the worst verdict over all fleets. */
function countVerdicts(runs: readonly RunWork[]): Readonly<Record<Verdict, number>> {
  const counts = { safe: 0, unsafe: 0, unknown: 0 };
  const leaves = runs.map(({ steps }) => steps.flatMap(({ reading, outcome }) => verdictsIn(reading, outcome)));
  for (const [i] of (leaves[0] ?? []).entries()) {
    counts[gravest(leaves.map((verdicts) => verdicts[i] ?? 'unknown'))] += 1;
  }
  return counts;
}

function verdictsIn(reading: StepReading, outcome: StepOutcome | undefined): readonly Verdict[] {
  if (reading.inner.length > 0) return reading.inner.flatMap((inner, i) => verdictsIn(inner, outcome?.steps[i]));
  if (outcome !== undefined) return [outcome.verdict];
  return [reading.actions.length === 0 && reading.step.kind !== 'broken' ? 'safe' : 'unknown'];
}
