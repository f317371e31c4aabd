import type { RunbookAnalysis } from '../../lint/analysis.ts';
import { checkRunbook, workOf } from '../../lint/check-runbook.ts';
import { readRunbook } from '../../lint/runbook-document.ts';
import type { Span } from '../../syntax/span.ts';

/** What would be known of a runbook with other words at a place; costs what an edit costs. */
export function supposed(analysis: RunbookAnalysis, span: Span, words: string): RunbookAnalysis | undefined {
  const work = workOf(analysis);
  if (work === undefined) return undefined;
  const text = analysis.text.slice(0, span.start) + words + analysis.text.slice(span.end);
  return checkRunbook(readRunbook(analysis.uri, text, work.document), work.inputs, analysis);
}
