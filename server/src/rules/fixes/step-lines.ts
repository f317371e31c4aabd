import type { Edit } from '../finding.ts';
import type { FixContext } from '../rule.ts';

/** The lines of a step in a list that is written with dashes. Places as in the finding's span. */
interface StepLines {
  /** The beginning of the line with the dash. */
  readonly start: number;
  /** The beginning of the comments that stand right above it. */
  readonly above: number;
  /** The end of the step's last line, without its line break. */
  readonly end: number;
  /** Spaces before the dash. */
  readonly indent: string;
}

/** Where a step's lines are; undefined where it does not begin with a dash on a line of its own. */
export function linesOf({ list, source }: FixContext, index: number): StepLines | undefined {
  const span = list[index]?.span;
  if (span === undefined) return undefined;
  const start = lineStart(source, span.start);
  const [, indent] = /^( *)- +$/.exec(source(start, span.start)) ?? [];
  if (indent === undefined) return undefined;
  let above = start;
  for (let line = previousLine(source, above); line !== undefined; line = previousLine(source, above)) {
    if (!/^ *#/.test(line.text)) break;
    above = line.start;
  }
  const rest = source(span.end, span.end + 1000);
  const tail = /^[^\n]*/.exec(rest)?.[0] ?? '';
  return { start, above, end: span.end + tail.trimEnd().length, indent };
}

type Source = FixContext['source'];

const far = 100_000;

function lineStart(source: Source, at: number): number {
  const before = source(at - far, at);
  return at - (before.length - (before.lastIndexOf('\n') + 1));
}

function previousLine(source: Source, start: number): { readonly start: number; readonly text: string } | undefined {
  const before = source(start - far, start);
  if (before === '') return undefined;
  const text = before.slice(before.lastIndexOf('\n', before.length - 2) + 1);
  return { start: start - text.length, text };
}

/** The edit that puts a step of these lines before another, above the comments on it and with as much space as there is. */
export function insertedBefore(context: FixContext, index: number, step: readonly string[]): Edit | undefined {
  const lines = linesOf(context, index);
  if (lines === undefined) return undefined;
  const { above, indent } = lines;
  const isSpaced = previousLine(context.source, above)?.text.trim() === '';
  const text = step.map((line, i) => `${indent}${i === 0 ? '- ' : '  '}${line}\n`).join('');
  return { span: { start: above, end: above }, newText: isSpaced ? `${text}\n` : text };
}
