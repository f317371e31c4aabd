import type { Action } from '../commands/action.ts';
import type { StepReading } from '../commands/read-step.ts';
import type { Finding, Fix } from '../rules/finding.ts';
import { ruleById } from '../rules/index.ts';
import type { FixContext, WhatIf } from '../rules/rule.ts';
import { shift } from '../syntax/span.ts';
import type { Analysis, RunbookAnalysis, StepPlace } from './analysis.ts';
import { workOf } from './check-runbook.ts';
import { whatIf } from './what-if.ts';

/** The fixes of one of the analysis's own findings, worked out now. Spans count from the start of the file. */
export function fixesOf(analysis: Analysis, finding: Finding): readonly Fix[] {
  const rule = ruleById(finding.rule);
  if (rule?.fixes === undefined) return [];
  const place = analysis.kind === 'runbook' ? placeOf(analysis, finding) : undefined;
  const offset = place?.offset ?? 0;
  const report = { ...finding, span: shift(finding.span, -offset) };
  try {
    return rule.fixes(report, contextOf(analysis, finding, place)).map((fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => ({ ...edit, span: shift(edit.span, offset) })),
    }));
  } catch {
    return [];
  }
}

function placeOf(analysis: RunbookAnalysis, finding: Finding): StepPlace | undefined {
  return finding.step === undefined ? undefined : analysis.steps[pathOf(finding.step)[0] ?? -1];
}

function pathOf(step: string): readonly number[] {
  return step.split('.').map(Number);
}

function contextOf(analysis: Analysis, finding: Finding, place: StepPlace | undefined): FixContext {
  if (analysis.kind !== 'runbook') return { ...noContext, text: analysis.text };
  if (place === undefined || finding.step === undefined)
    return { ...noContext, head: analysis.head, text: analysis.text };
  const path = pathOf(finding.step);
  const [index = 0, ...inside] = path;
  const reading = inside.reduce((outer, i) => outer.inner[i] ?? outer, place.reading);
  const [run] = analysis.runs;
  return {
    whatIf: whatIfOf(analysis, path),
    step: reading.step,
    actions: reading.actions,
    outcome: inside.reduce((outer, i) => outer?.steps[i], run?.outcomes[index]),
    siblings: analysis.steps.map((other) => other.reading.step),
    otherActions: analysis.steps.flatMap((other) => (other === place ? [] : actionsIn(other.reading))),
    head: analysis.head,
    capacity: run?.capacity,
    text: analysis.text.slice(place.offset, place.span.end),
  };
}

function actionsIn({ actions, inner }: StepReading): readonly Action[] {
  return inner.length === 0 ? actions : [...actions, ...inner.flatMap(actionsIn)];
}

const noContext: FixContext = {
  whatIf: { clears: () => false, lowest: () => [] },
  step: undefined,
  actions: [],
  outcome: undefined,
  siblings: [],
  otherActions: [],
  head: undefined,
  capacity: undefined,
  text: '',
};

const known = new WeakMap<RunbookAnalysis, Map<string, WhatIf>>();

/** What-if on one step of a runbook; with several fleets an amount has to clear on each. What was tried is remembered. */
export function whatIfOf(analysis: RunbookAnalysis, path: readonly number[]): WhatIf {
  const ofAnalysis = known.get(analysis) ?? new Map<string, WhatIf>();
  known.set(analysis, ofAnalysis);
  const key = path.join('.');
  const found = ofAnalysis.get(key) ?? onEveryFleet(analysis, path);
  ofAnalysis.set(key, found);
  return found;
}

function onEveryFleet(analysis: RunbookAnalysis, path: readonly number[]): WhatIf {
  const walks = workOf(analysis)?.runs.flatMap(({ walk }) => walk ?? []) ?? [];
  const tries = walks.map((walk) => whatIf(walk, path));
  return {
    clears: (...figure) => tries.length > 0 && tries.every((one) => one.clears(...figure)),
    lowest: (...figure) => tries.flatMap((one) => one.lowest(...figure)),
  };
}
