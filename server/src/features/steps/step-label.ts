import type { RunbookAnalysis, StepPlace } from '../../lint/analysis.ts';
import type { Step } from '../../model/runbook.ts';

const longest = 60;

/** What a step is called where there is little room: its name, else what it says, on one line. */
export function stepLabel({ text }: RunbookAnalysis, place: StepPlace, step: Step): string {
  const name = step.name?.value ?? step.name?.scalar.value;
  if (name !== undefined && name.trim() !== '') return shortened(name);
  if (step.kind === 'parallel') return `${step.steps.length} steps in parallel`;
  if (step.kind === 'repeat') return `repeat ${step.times?.value ?? '?'} times`;
  const written = verbIn(
    text,
    place.offset + step.span.start,
    place.offset + step.key.start,
    place.offset + step.span.end,
  );
  const said = written.replace(commentsFirst, '$1').replace(/^([\w-]+)\s*:\s*(?:[|>][-+\d]*(?=\s))?/, '$1 ');
  return shortened(said) || 'step';
}

/** Comments above the first command of a script. */
const commentsFirst = /^(run\s*:\s*\|[-+\d]*[ \t]*\r?\n)(?:[ \t]*(?:#.*)?\r?\n)+(?=[ \t]*[^\s#])/;

/** What a step says of its verb: its key and its value, without the other keys of the step. */
function verbIn(text: string, start: number, from: number, to: number): string {
  const isFlow = text[start] === '{';
  // What stands behind the first line or two would not be shown anyway.
  const isQuoted = text[to] === '"' || text[to] === "'";
  const end = isFlow && text[to - 1] === '}' ? to - 1 : isQuoted ? to + 1 : to;
  const written = text.slice(from, Math.min(end, from + 4 * longest));
  if (isFlow) return written;
  const column = from - (text.lastIndexOf('\n', from - 1) + 1);
  const next = new RegExp(`\\n {0,${column}}(?![ \\r\\n])`).exec(written);
  return next === null ? written : written.slice(0, next.index);
}

/** The kind of a step; of one that cannot be read, what it was meant to be. */
export function stepKind(step: Step): string {
  return step.kind === 'broken' ? (step.tried ?? 'step') : step.kind;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}
