import type { Action, Placed } from '../../commands/action.ts';
import type { Amount, Leaf } from '../../model/leaf.ts';
import type { Step } from '../../model/runbook.ts';

/** A number of servers whose digits somebody typed into the step; a parameter, a variable, a word or a percent is none. */
export function typedServers(step: Step, action: Action, figure: Placed<Amount> | undefined): number | undefined {
  if (figure?.value.unit !== 'servers' || action.loop !== undefined) return undefined;
  const { value } = figure.value;
  if (step.kind === 'run') {
    const { source, outer } = step.script;
    const text = source.slice(figure.span.start - outer.start, figure.span.end - outer.start);
    return /^\d+$/.test(text) && Number(text) === value ? value : undefined;
  }
  const leaf = leavesOf(step).find((one) => one?.span.start === figure.span.start);
  return leaf !== undefined && leaf.uses.length === 0 ? value : undefined;
}

/** A whole percentage that somebody typed into a structured step. */
export function typedPercent(step: Step, { loop }: Action, figure: Placed<Amount> | undefined): number | undefined {
  if (figure?.value.unit !== 'percent' || loop !== undefined || figure.value.value % 1000 !== 0) return undefined;
  const leaf = leavesOf(step).find((one) => one?.span.start === figure.span.start);
  return leaf !== undefined && /^\d+%$/.test(leaf.scalar.value) ? figure.value.value / 1000 : undefined;
}

function leavesOf(step: Step): readonly (Leaf<unknown> | undefined)[] {
  switch (step.kind) {
    case 'remove':
    case 'restart':
    case 'replace':
      return [step.count, step.batch];
    case 'restore':
      return [step.count];
    case 'scale':
      return [step.to];
    default:
      return [];
  }
}
