import type { RunbookAnalysis } from '../lint/analysis.ts';
import type { Finding } from '../rules/finding.ts';
import type { Figures, SubsystemFigures, Verdict } from '../simulation/outcome.ts';
import { type Span, shift } from '../syntax/span.ts';
import { stepKind, stepLabel } from './steps/step-label.ts';
import { tightestPoints } from './steps/tightest.ts';
import { allSteps, type StepHere, verdictOf } from './steps/walk-steps.ts';

/** The capacity of every subsystem over the steps, as far as it can be drawn. */
export interface Timeline {
  readonly title: string;
  /** In the order of the text, each step before those inside it. */
  readonly steps: readonly TimelineStep[];
  /** One for each fleet that the runbook is checked against. */
  readonly fleets: readonly TimelineFleet[];
}

export interface TimelineStep {
  /** `4.1` is the second step inside the fifth. */
  readonly path: string;
  /** The whole step in the file. */
  readonly span: Span;
  readonly name: string;
  readonly kind: string;
  readonly verdict: Verdict;
  readonly findings: readonly TimelineFinding[];
}

export type TimelineFinding = Pick<Finding, 'rule' | 'severity' | 'message'>;

export interface TimelineFleet {
  readonly name: string;
  readonly uri: string;
  readonly subsystems: readonly TimelineSubsystem[];
}

export interface TimelineSubsystem {
  readonly name: string;
  readonly minimum: number;
  /** Units at full strength. */
  readonly full: number;
  /** Indices into `steps` for which `figures` holds six numbers each; every other step leaves what the step before it left. */
  readonly at: readonly number[];
  /** For each index of `at`: before (worst, best), lowest (worst, best), after (worst, best). */
  readonly figures: readonly number[];
  /** Where the worst comes closest to the minimum; undefined where the runbook never changes it. */
  readonly tightest: { readonly step: number; readonly margin: number } | undefined;
}

/** Everything that a chart of the runbook needs. */
export function timelineOf(analysis: RunbookAnalysis): Timeline {
  const here = [...allSteps(analysis)];
  const byStep = findingsByStep(analysis.findings);
  const tightest = tightestPoints(analysis);
  const indices = new Map(here.map(({ path }, i) => [path.join('.'), i]));
  return {
    title: analysis.head.title?.value ?? '',
    steps: here.map((step) => timelineStep(analysis, step, byStep)),
    fleets: analysis.runs.map(({ fleet }, run) => ({
      name: fleet.fleet.name?.value ?? '',
      uri: fleet.uri,
      subsystems: fleet.capacity.subsystems.map(({ name, minimum, full }, i) => {
        const all = here.map(({ outcomes }) => outcomes[run]?.figures[i]);
        const point = tightest[run]?.[i];
        return {
          name,
          minimum: all.find((figure) => figure !== undefined)?.minimum ?? minimum,
          full,
          ...packed(all),
          tightest: point && { step: indices.get(point.here.path.join('.')) ?? 0, margin: point.margin },
        };
      }),
    })),
  };
}

function timelineStep(
  analysis: RunbookAnalysis,
  here: StepHere,
  byStep: ReadonlyMap<string, readonly TimelineFinding[]>,
): TimelineStep {
  const { place, reading, path } = here;
  const key = path.join('.');
  return {
    path: key,
    span: path.length === 1 ? place.span : shift(reading.step.span, place.offset),
    name: stepLabel(analysis, place, reading.step),
    kind: stepKind(reading.step),
    verdict: verdictOf(here),
    findings: byStep.get(key) ?? [],
  };
}

function findingsByStep(findings: readonly Finding[]): ReadonlyMap<string, readonly TimelineFinding[]> {
  const byStep = new Map<string, TimelineFinding[]>();
  for (const { step, rule, severity, message } of findings) {
    if (step === undefined) continue;
    const own = byStep.get(step) ?? [];
    byStep.set(step, own);
    own.push({ rule, severity, message });
  }
  return byStep;
}

/** Only what cannot be told from the step before: a long runbook of many subsystems stays small on the wire. */
function packed(all: readonly (SubsystemFigures | undefined)[]): Pick<TimelineSubsystem, 'at' | 'figures'> {
  const at: number[] = [];
  const figures: number[] = [];
  let left: Figures | undefined;
  for (const [i, figure] of all.entries()) {
    if (figure === undefined) continue;
    const { before, lowest, after } = figure;
    if (left === undefined || ![before, lowest, after].every((one) => same(one, left))) {
      at.push(i);
      figures.push(before.worst, before.best, lowest.worst, lowest.best, after.worst, after.best);
    }
    left = after;
  }
  return { at, figures };
}

function same(a: Figures, b: Figures | undefined): boolean {
  return a.worst === b?.worst && a.best === b.best;
}
