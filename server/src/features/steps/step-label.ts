import type { RunbookAnalysis, StepPlace } from '../../lint/analysis.ts';
import type { Step } from '../../model/runbook.ts';

const longest = 60;

/** What a step is called where there is little room: its name, else what it says, on one line. */
export function stepLabel({ text }: RunbookAnalysis, place: StepPlace, step: Step): string {
  const name = step.name?.value ?? step.name?.scalar.value;
  if (name !== undefined && name.trim() !== '') return shortened(name);
  if (step.kind === 'parallel') return `${step.steps.length} steps in parallel`;
  if (step.kind === 'repeat') return `repeat ${step.times?.value ?? '?'} times`;
  const from = place.offset + step.key.start;
  const to = place.offset + step.span.end;
  // What stands behind the first line or two would not be shown anyway.
  const written = text.slice(from, Math.min(to, from + 4 * longest));
  return shortened(written.replace(/^([\w-]+)\s*:\s*(?:[|>][-+\d]*(?=\s))?/, '$1 ')) || 'step';
}

/** The kind of a step; of one that cannot be read, what it was meant to be. */
export function stepKind(step: Step): string {
  return step.kind === 'broken' ? (step.tried ?? 'step') : step.kind;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}
