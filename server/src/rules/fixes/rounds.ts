import type { Action } from '../../commands/action.ts';
import { shift } from '../../syntax/span.ts';
import type { Edit, Fix } from '../finding.ts';
import type { FixContext, ListedStep } from '../rule.ts';
import { typedServers } from '../telling/typed-figure.ts';
import { largestSafe } from './safe-count.ts';
import { linesOf } from './step-lines.ts';
import { undoes } from './undoing.ts';

/** *Roll in 10 rounds of 4*: where a later step restores what this one removes, the stretch between is repeated with the largest safe part. */
export function roundsFix(index: number, action: Action, context: FixContext): readonly Fix[] {
  const { step, list, at } = context;
  const count = step && typedServers(step, action, action.amount);
  const figure = action.amount;
  if (step === undefined || count === undefined || figure === undefined || action.effect !== 'remove') return [];
  const last = list.findIndex((one, i) => i > at && one.actions.some((other) => undoes(other, action, step.id?.value)));
  if (last < 0 || list.slice(at + 1, last).some(disturbs)) return [];
  const safe = largestSafe(count, (servers) => context.whatIf.clears(index, servers));
  let tried = 0;
  for (let part = Math.min(safe, Math.floor(count / 2)); part >= 1 && tried < mostTried; part--) {
    if (count % part !== 0 || count / part > mostRounds) continue;
    tried += 1;
    const edits = repeated(context, last, count / part, [
      { span: figure.span, newText: `${part}` },
      ...sameCount(context, last, count, part),
    ]);
    if (edits === undefined) return [];
    if (context.mends(edits))
      return [{ title: `Roll in ${count / part} rounds of ${part}`, preferred: false, spelling: false, edits }];
  }
  return [];
}

const mostTried = 3;
const mostRounds = 100;

/** Whether a step between would take out or bring back something else in every round. */
function disturbs({ actions, step }: ListedStep): boolean {
  const isNested = step.kind === 'parallel' || step.kind === 'repeat';
  return isNested || actions.some(({ effect }) => changes.has(effect));
}

const changes: ReadonlySet<Action['effect']> = new Set(['remove', 'restore', 'scale-to', 'add']);

/** The count of the restore, where it says the same as the removal. */
function sameCount({ list }: FixContext, last: number, count: number, part: number): readonly Edit[] {
  const { step, actions = [], base = 0 } = list[last] ?? {};
  return actions.flatMap((action) => {
    const { amount } = action;
    if (step === undefined || amount === undefined || typedServers(step, action, amount) !== count) return [];
    return [{ span: shift(amount.span, base), newText: `${part}` }];
  });
}

/** The lines from this step to the last one as the steps of a `repeat`, with some edits in them. */
function repeated(
  context: FixContext,
  last: number,
  times: number,
  inside: readonly Edit[],
): readonly Edit[] | undefined {
  const [first, end] = [linesOf(context, context.at), linesOf(context, last)];
  if (first === undefined || end === undefined) return undefined;
  let text = context.source(first.start, end.end);
  for (const { span, newText } of inside.toSorted((a, b) => b.span.start - a.span.start))
    text = text.slice(0, span.start - first.start) + newText + text.slice(span.end - first.start);
  const deeper = text.split('\n').map((line) => (line.trim() === '' ? line : `      ${line}`));
  const { indent } = first;
  const head = [`${indent}- repeat:`, `${indent}    times: ${times}`, `${indent}    steps:`];
  return [{ span: { start: first.start, end: end.end }, newText: [...head, ...deeper].join('\n') }];
}
