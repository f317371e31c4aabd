import type { StepReading } from '../../commands/reading/read-step.ts';
import type { RunbookAnalysis } from '../../lint/analysis.ts';
import { innerStep, type StepHere } from './walk-steps.ts';

export type { StepHere } from './walk-steps.ts';

/** The innermost step around an offset of the file; between two steps, the one before. */
export function stepAt(analysis: RunbookAnalysis, offset: number): StepHere | undefined {
  let low = 0;
  let high = analysis.steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((analysis.steps[middle]?.offset ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const index = low - 1;
  const place = analysis.steps[index];
  if (place === undefined) return undefined;
  const outcomes = analysis.runs.map((run) => run.outcomes[index]);
  return innermost({ place, reading: place.reading, path: [index], outcomes }, offset - place.offset);
}

function innermost(here: StepHere, offset: number): StepHere {
  for (const [i, reading] of here.reading.inner.entries()) {
    const { start, end } = reading.step.span;
    if (start <= offset && offset <= end) {
      return innermost(innerStep(here, reading, i), offset);
    }
  }
  return here;
}

/** A reading and all those inside it. */
export function withInner(reading: StepReading): readonly StepReading[] {
  return reading.inner.length === 0 ? [reading] : [reading, ...reading.inner.flatMap(withInner)];
}
