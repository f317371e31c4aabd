import type { Leaf } from '../model/leaf.ts';
import type { ParameterValues } from '../model/parameters.ts';
import type { Step } from '../model/runbook.ts';
import { readStep } from '../model/step.ts';
import { asWritten } from '../syntax/scalars.ts';
import type { StepBlock } from '../syntax/steps/source-document.ts';

/**
 * The step of a block. Where a part of it may have been misread, what is missing from a target or a script may be there:
 * such a step is not judged, and its id is taken from the text, so that the steps that restore it stay as they were.
 */
export function stepOf({ node, problems, doubtful, text }: StepBlock, values: ParameterValues): Step {
  const step = readStep(node, values);
  const mistakes = problems.flatMap(({ misled }) => misled?.start ?? []);
  if (doubtful !== true && mistakes.length === 0) return step;
  return damaged(step, { mistakes, from: doubtful === true ? 0 : Math.min(...mistakes), text }, idIn(text));
}

interface Damage {
  /** Where text was misread. */
  readonly mistakes: readonly number[];
  /** What begins before it, and ends there too, was read as it is. */
  readonly from: number;
  readonly text: string;
}

function damaged(step: Step, damage: Damage, said?: Leaf<string>): Step {
  if ('steps' in step) {
    const first = step.steps.findLastIndex(({ span }) => span.start <= damage.from);
    return { ...step, steps: step.steps.map((inner, i) => (i < first ? inner : damaged(inner, damage))) };
  }
  const { key, span, name, description, takes, permanent, when, intent, uses } = step;
  const id = step.id ?? said;
  if (!('target' in step) && !isCut(step, damage)) return { ...step, id };
  const target = 'target' in step ? step.target : undefined;
  const tried = step.kind === 'broken' ? step.tried : step.kind;
  return { kind: 'broken', tried, target, key, span, name, id, description, takes, permanent, when, intent, uses };
}

/** Whether commands may be missing from the end of a script: nothing else stands between it and a mistake. */
function isCut(step: Step, { mistakes, text }: Damage): boolean {
  if (step.kind !== 'run') return false;
  const { start, end } = step.script.span;
  return mistakes.some((at) => start <= at && !/\S/.test(text.slice(end, at)));
}

function idIn(text: string): Leaf<string> | undefined {
  const [whole = '', value] = /^[ \t]*(?:-[ \t]+)?id:[ \t]+([^\s#"'{[]+)[ \t]*$/m.exec(text) ?? [];
  if (value === undefined) return undefined;
  const start = text.indexOf(whole) + whole.lastIndexOf(value);
  const span = { start, end: start + value.length };
  return { value, span, scalar: asWritten(text, span.start, span.end), uses: [] };
}
