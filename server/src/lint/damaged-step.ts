import type { Leaf } from '../model/leaf.ts';
import type { ParameterValues } from '../model/parameters.ts';
import type { Step } from '../model/runbook.ts';
import { readStep } from '../model/step.ts';
import { asWritten } from '../syntax/scalars.ts';
import type { StepBlock } from '../syntax/steps/source-document.ts';

/**
 * The step of a block. Where a part of it may have been misread, what is missing from a target may be there:
 * such a step is not judged, and its id is taken from the text, so that the steps that restore it stay as they were.
 */
export function stepOf({ node, problems, doubtful, text }: StepBlock, values: ParameterValues): Step {
  const step = readStep(node, values);
  if (doubtful !== true && problems.every(({ misled }) => misled === undefined)) return step;
  const { key, span, name, description, takes, permanent, when, intent, uses } = step;
  const id = step.id ?? idIn(text);
  if (!('target' in step)) return { ...step, id };
  const { kind, target } = step;
  const tried = kind === 'broken' ? step.tried : kind;
  return { kind: 'broken', tried, target, key, span, name, id, description, takes, permanent, when, intent, uses };
}

function idIn(text: string): Leaf<string> | undefined {
  const [whole = '', value] = /^[ \t]*(?:-[ \t]+)?id:[ \t]+([^\s#"'{[]+)[ \t]*$/m.exec(text) ?? [];
  if (value === undefined) return undefined;
  const start = text.indexOf(whole) + whole.lastIndexOf(value);
  const span = { start, end: start + value.length };
  return { value, span, scalar: asWritten(text, span.start, span.end), uses: [] };
}
