import type { Finding } from '../rules/finding.ts';
import { rules } from '../rules/index.ts';
import type { RunbookContext } from '../rules/rule.ts';
import { shift } from '../syntax/span.ts';
import type { FleetAnalysis } from './analysis.ts';
import { checkReading } from './check-step.ts';
import { runRule, sorted } from './run-rule.ts';
import type { RunbookDocument } from './runbook-document.ts';
import { runbookSuppressions } from './runbook-suppressions.ts';
import type { RunbookInputs, RunWork } from './runbook-work.ts';
import { settledAfter } from './settled.ts';
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
  const findings: Finding[] = [...checkReading(document.problems, severities, undefined)];
  for (const [i, { problems }] of facts) {
    for (const finding of checkReading(problems, severities, ''))
      findings.push(placed(finding, source.starts[i] ?? 0, `${i}`));
  }
  const fleets = inputs.fleets.length > 0 ? inputs.fleets : [undefined];
  const onEach = runs.map((run, i) => onFleet(document, inputs, run, fleets[i]));
  findings.push(...(onEach.length > 1 ? withFleets(onEach, fleets) : onEach.flat()));
  const said = suppress(findings, runbookSuppressions(document, areSound(inputs.fleets)), severities, document.text);
  return sorted(gravest(said)).filter((finding, i, all) => !isEcho(finding, all[i - 1]));
}

/** A rule speaks once a step, at the gravest that is not suppressed. */
function gravest(findings: readonly Finding[]): readonly Finding[] {
  if (!findings.some(({ isLesser }) => isLesser)) return findings;
  const said = new Set<string>();
  const keyOf = ({ rule, step }: Finding) => `${rule} ${step}`;
  for (const finding of findings) if (finding.isLesser !== true) said.add(keyOf(finding));
  return findings.filter((finding) => {
    if (finding.isLesser !== true) return true;
    const key = keyOf(finding);
    return !said.has(key) && said.add(key);
  });
}

/** A step that an alias repeats (`- *roll`) says the same on the same word. */
function isEcho({ rule, span, message }: Finding, before: Finding | undefined): boolean {
  return (
    before !== undefined &&
    span.start === before.span.start &&
    span.end === before.span.end &&
    rule === before.rule &&
    message === before.message
  );
}

/** Everything that is said of it against one fleet, or against none. */
function onFleet(
  document: RunbookDocument,
  inputs: RunbookInputs,
  run: RunWork,
  fleet: FleetAnalysis | undefined,
): readonly Finding[] {
  const { starts } = document.source;
  const findings: Finding[] = [];
  for (const [i, { findings: own }] of run.notable) {
    for (const finding of own) findings.push(placed(finding, starts[i] ?? 0, `${i}${finding.step ?? ''}`));
  }
  for (const finding of onAllSteps(document, inputs, run)) {
    const offset = starts[Number.parseInt(finding.step ?? '', 10)] ?? 0;
    findings.push(placed(finding, offset, finding.step ?? ''));
  }
  return [...findings, ...wholeRunbook(document, inputs, fleet, run)];
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

/** What all fleets say is said once; what only some of them say, with the name of the fleet. */
function withFleets(
  onEach: readonly (readonly Finding[])[],
  fleets: readonly (FleetAnalysis | undefined)[],
): readonly Finding[] {
  const keyOf = ({ rule, span, message }: Finding) => `${rule} ${span.start} ${span.end} ${message}`;
  const times = new Map<string, number>();
  for (const findings of onEach)
    for (const key of new Set(findings.map(keyOf))) times.set(key, (times.get(key) ?? 0) + 1);
  return onEach.flatMap((findings, i) =>
    findings.flatMap((finding) => {
      if (times.get(keyOf(finding)) === onEach.length) return i === 0 ? [finding] : [];
      const name = fleets[i]?.fleet.name?.value;
      return [name === undefined ? finding : { ...finding, message: `On ${name}: ${finding.message}` }];
    }),
  );
}

/** Whether there are fleets, and nothing in them that has to be mended before all is checked against them. */
function areSound(fleets: RunbookInputs['fleets']): boolean {
  const files = fleets.flatMap((fleet) => [fleet, ...fleet.commandFiles]);
  return files.length > 0 && files.every(({ findings }) => findings.every(({ severity }) => severity !== 'error'));
}
