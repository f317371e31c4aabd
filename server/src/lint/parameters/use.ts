import type { Step } from '../../model/runbook.ts';
import type { Span } from '../../syntax/span.ts';

/** Where a step uses a parameter otherwise than in words for people; undefined where it does not. */
export function useOf(step: Step, name: string): Span | undefined {
  const use = step.uses.find((one) => one.name === name && !isProse(step, one.span));
  if (use !== undefined) return use.span;
  const isVariable = step.kind === 'run' && new RegExp(`\\$\\{?${name}\\b`).test(step.script.value);
  return isVariable ? step.key : undefined;
}

/** Whether the place is in words for people, which change nothing. */
function isProse(step: Step, { start, end }: Span): boolean {
  const texts = [step.name, step.description, step.intent, 'text' in step ? step.text : undefined];
  return texts.some((text) => text !== undefined && text.span.start <= start && end <= text.span.end);
}
