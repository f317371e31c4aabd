import type { RunbookAnalysis } from '../../lint/analysis.ts';
import type { Figures } from '../../simulation/outcome.ts';
import { changes } from './figures.ts';
import { allSteps, type StepHere } from './walk-steps.ts';

/** The point of a runbook at which a subsystem comes closest to its minimum, at worst. */
export interface Tightest {
  readonly subsystem: string;
  /** Units in service at that point. */
  readonly lowest: Figures;
  readonly minimum: number;
  /** Units above the minimum at worst; below 0 it is broken. */
  readonly margin: number;
  readonly here: StepHere;
}

const known = new WeakMap<RunbookAnalysis, readonly (readonly (Tightest | undefined)[])[]>();

/** For each fleet and each of its subsystems, in the fleet's order; undefined for a subsystem that the runbook never changes. */
export function tightestPoints(analysis: RunbookAnalysis): readonly (readonly (Tightest | undefined)[])[] {
  const before = known.get(analysis);
  if (before !== undefined) return before;
  const found = analysis.runs.map(({ fleet }) => fleet.capacity.subsystems.map((): Tightest | undefined => undefined));
  for (const here of allSteps(analysis)) {
    for (const [run, points] of found.entries()) {
      const names = analysis.runs[run]?.fleet.capacity.subsystems ?? [];
      for (const [i, figure] of (here.outcomes[run]?.figures ?? []).entries()) {
        if (!changes(figure)) continue;
        const { lowest, minimum } = figure;
        const margin = lowest.worst - minimum;
        const best = points[i];
        if (best !== undefined && !(margin < best.margin || (margin === best.margin && isInside(here, best.here))))
          continue;
        points[i] = { subsystem: names[i]?.name ?? '', lowest, minimum, margin, here };
      }
    }
  }
  known.set(analysis, found);
  return found;
}

/** The tightest of all, over every fleet; undefined where no capacity changes. */
export function tightestPoint(analysis: RunbookAnalysis): Tightest | undefined {
  let best: Tightest | undefined;
  for (const points of tightestPoints(analysis)) {
    for (const point of points) {
      if (point !== undefined && (best === undefined || point.margin < best.margin)) best = point;
    }
  }
  return best;
}

/** The inner step says more precisely what its outer step says too. */
function isInside(inner: StepHere, outer: StepHere): boolean {
  return inner.path.length > outer.path.length && outer.path.every((index, i) => inner.path[i] === index);
}
