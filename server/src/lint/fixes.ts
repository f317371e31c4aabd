import type { Action } from '../commands/action.ts';
import type { StepReading } from '../commands/reading/read-step.ts';
import type { Edit, Finding, Fix } from '../rules/finding.ts';
import { ruleById } from '../rules/index.ts';
import type { FixContext, WhatIf } from '../rules/rule.ts';
import { lineBreakOf } from '../syntax/line-start.ts';
import { type Span, shift } from '../syntax/span.ts';
import type { Analysis, RunbookAnalysis, StepPlace } from './analysis.ts';
import { checkRunbook, workOf } from './check-runbook.ts';
import { readRunbook } from './runbook-document.ts';
import { everyWhatIf, whatIf } from './what-if.ts';
import { withEdits } from './with-edits.ts';

/** Is told, in sentences, of fixes that could not be worked out because of a mistake in Runbook Lint. */
export type OnFailure = (why: string) => void;

/**
 * The fixes of one of the analysis's own findings, worked out now. Spans count from the start of the file.
 * Where the rule fails there are none, and the finding and all others stand; where nobody is told of that, it throws.
 */
export function fixesOf(analysis: Analysis, finding: Finding, onFailure?: OnFailure): readonly Fix[] {
  const rule = ruleById(finding.rule);
  if (rule?.fixes === undefined) return [];
  const place = analysis.kind === 'runbook' ? placeOf(analysis, finding) : undefined;
  const offset = place?.offset ?? 0;
  const report = { ...finding, span: shift(finding.span, -offset) };
  const lineBreak = lineBreakOf(analysis.text);
  const withLineBreaks = (text: string) => text.replaceAll(/\r?\n/g, lineBreak);
  try {
    return rule.fixes(report, contextOf(analysis, finding, place)).map((fix) => ({
      ...fix,
      edits: fix.edits.map(({ span, newText }) => ({ span: shift(span, offset), newText: withLineBreaks(newText) })),
    }));
  } catch (problem) {
    if (onFailure === undefined) throw problem;
    const said = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
    onFailure(
      `The fixes of ${finding.rule} failed on ${analysis.uri}. All findings stand. Please report it with the file. ${said}`,
    );
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
    commands: reading.commands,
    outcome: inside.reduce((outer, i) => outer?.steps[i], run?.outcomes[index]),
    siblings: analysis.steps.map((other) => other.reading.step),
    otherActions: analysis.steps.flatMap((other) => (other === place ? [] : actionsIn(other.reading))),
    head: analysis.head,
    capacity: run?.capacity,
    text: analysis.text.slice(place.offset, place.span.end),
    ...listOf(analysis, path, place),
    offset: place.offset,
    source: (from, to) => analysis.text.slice(Math.max(0, place.offset + from), Math.max(0, place.offset + to)),
    mends: (edits, despite) => mends(analysis, finding, edits, place, despite),
  };
}

/** The steps among which a step stands; branches have no order. */
function listOf(
  analysis: RunbookAnalysis,
  path: readonly number[],
  { reading, offset }: StepPlace,
): Pick<FixContext, 'list' | 'at'> {
  const at = path.at(-1) ?? 0;
  if (path.length === 1) {
    const list = analysis.steps.map(({ reading: { step, actions }, span, offset: own }) => ({
      step,
      actions,
      span: shift(span, -offset),
      base: own - offset,
    }));
    return { list, at };
  }
  const outer = path.slice(1, -1).reduce((step, i) => step.inner[i] ?? step, reading);
  if (outer.step.kind === 'parallel') return { list: [], at: 0 };
  return { list: outer.inner.map(({ step, actions }) => ({ step, actions, span: step.span, base: 0 })), at };
}

/** Rules whose findings count although they are no more than information: they say that something is not proven, or does nothing. */
const telling = new Set(['cannot-tell', 'no-effect']);

function mends(
  analysis: RunbookAnalysis,
  finding: Finding,
  local: readonly Edit[],
  place: StepPlace,
  despite?: string,
): boolean {
  const work = workOf(analysis);
  if (work === undefined) return false;
  const edits = local.map(({ span, newText }) => ({ span: shift(span, place.offset), newText }));
  const document = readRunbook(analysis.uri, withEdits(analysis.text, edits), work.document);
  const { findings } = checkRunbook(document, { ...work.inputs, terse: true }, analysis);
  const [before, after] = [countRules(analysis.findings), countRules(findings)];
  const { rule: wanted } = finding;
  // Neither cleared elsewhere and left here, nor cleared here and brought to another step.
  const isGone =
    (after.get(wanted) ?? 0) < (before.get(wanted) ?? 0) &&
    countIn(findings, wanted, moved(place.span, edits)) < countIn(analysis.findings, wanted, place.span);
  return isGone && [...after].every(([rule, count]) => rule === despite || count <= (before.get(rule) ?? 0));
}

/** How often a rule speaks in a part of the text. */
function countIn(findings: readonly Finding[], wanted: string, { start, end }: Span): number {
  return findings.filter(({ rule, span }) => rule === wanted && start <= span.start && span.start <= end).length;
}

/** Where a part of the text is after edits, with all that was put in its place or into it. */
function moved({ start, end }: Span, edits: readonly Edit[]): Span {
  const from = Math.min(
    start,
    ...edits.filter(({ span }) => span.end > start && span.start < end).map(({ span }) => span.start),
  );
  const grown = (until: number) =>
    edits.reduce(
      (sum, { span, newText }) => (span.end <= until ? sum + newText.length - (span.end - span.start) : sum),
      0,
    );
  const to = Math.max(end, ...edits.filter(({ span }) => span.start < end).map(({ span }) => span.end));
  return { start: from + grown(from), end: to + grown(to) };
}

function countRules(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of findings) {
    if (severity !== 'error' && severity !== 'warning' && !telling.has(rule)) continue;
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return counts;
}

function actionsIn({ actions, inner }: StepReading): readonly Action[] {
  return inner.length === 0 ? actions : [...actions, ...inner.flatMap(actionsIn)];
}

const noContext: FixContext = {
  whatIf: {
    clears: () => false,
    breaksHere: () => false,
    why: () => undefined,
    lowest: () => [],
    clearsLater: () => false,
  },
  step: undefined,
  actions: [],
  commands: [],
  outcome: undefined,
  siblings: [],
  otherActions: [],
  head: undefined,
  capacity: undefined,
  text: '',
  list: [],
  at: 0,
  offset: 0,
  source: () => '',
  mends: () => false,
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
  return everyWhatIf(walks.map((walk) => whatIf(walk, path)));
}
