import type { Analysis, RunbookAnalysis } from '../lint/analysis.ts';
import { continues } from '../lint/suppression/script-comments.ts';
import type { Finding } from '../rules/finding.ts';
import { lineBreakOf, lineStart } from '../syntax/line-start.ts';
import { shift, touches } from '../syntax/span.ts';
import { stepAlong } from './steps/walk-steps.ts';

/** A comment that takes a finding back, put on a line of its own. */
interface Suppression {
  readonly title: string;
  readonly reach: 'here' | 'file';
  /** Where the line begins that it is put before. */
  readonly offset: number;
  /** Up to the reason, which the author has to give, and behind it. */
  readonly before: string;
  readonly after: string;
}

/** Rules that tell of what cannot be read: silence would not make it readable. */
const beyond: ReadonlySet<string> = new Set(['syntax', 'internal-error', 'limit-reached', 'unused-suppression']);

/** The comments that would suppress a finding: where it stands, and in the whole file. */
export function suppressionsOf(analysis: Analysis, finding: Finding): readonly Suppression[] {
  if (beyond.has(finding.rule) || analysis.kind === 'config') return [];
  // A file that holds no keys at all has nothing that could be checked in spite of it.
  if (finding.rule === 'schema' && analysis.root?.kind !== 'mapping') return [];
  const { text } = analysis;
  const { line, what } = lineOf(analysis, finding);
  const indent = /^[ \t]*/.exec(text.slice(line))?.[0] ?? '';
  const feed = lineBreakOf(text);
  const top = text.startsWith('\uFEFF') ? 1 : 0;
  return [
    {
      title: `Suppress ${finding.rule} for this ${what}, with a reason`,
      reach: 'here',
      offset: line,
      before: `${indent}# runbook-lint-disable-next-line ${finding.rule}: `,
      after: feed,
    },
    {
      title: `Suppress ${finding.rule} in this file, with a reason`,
      reach: 'file',
      offset: top,
      before: `# runbook-lint-disable-file ${finding.rule}: `,
      after: feed,
    },
  ];
}

/** The line that a comment for the finding belongs before. */
function lineOf(analysis: Analysis, finding: Finding): { readonly line: number; readonly what: string } {
  const { text } = analysis;
  if (analysis.kind === 'runbook' && finding.step !== undefined) return stepLine(analysis, finding, finding.step);
  return { line: lineStart(text, finding.span.start), what: 'line' };
}

function stepLine(analysis: RunbookAnalysis, { span }: Finding, step: string): { line: number; what: string } {
  const { text } = analysis;
  const path = step.split('.').map(Number);
  for (let depth = path.length; depth > 0; depth--) {
    const here = stepAlong(analysis, path.slice(0, depth));
    if (here === undefined) continue;
    const { place, reading } = here;
    const { step: own } = reading;
    if (own.kind === 'run' && own.script.style === 'literal' && !own.script.value.includes('<<')) {
      const block = shift(own.script.span, place.offset);
      if (touches(block, span.start)) return { line: commandLine(text, span.start, block.start), what: 'command' };
    }
    const start = depth === 1 ? place.span.start : place.offset + own.span.start;
    const line = lineStart(text, start);
    // A step that shares its line with what is around it has no line to put a comment before.
    if (/^[ \t]*(?:-[ \t]+)*$/.test(text.slice(line, start))) return { line, what: 'step' };
  }
  return { line: lineStart(text, span.start), what: 'line' };
}

/** The first of the lines that a command goes over. */
function commandLine(text: string, offset: number, from: number): number {
  let line = lineStart(text, offset);
  while (line > from) {
    const before = lineStart(text, line - 1);
    const above = text.slice(before, line).trimEnd();
    if (before < lineStart(text, from) || !continues.test(above) || above.trimStart().startsWith('#')) break;
    line = before;
  }
  return line;
}
