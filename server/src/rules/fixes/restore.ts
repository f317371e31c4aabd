import type { Edit, Fix } from '../finding.ts';
import type { FixContext, ListedStep } from '../rule.ts';
import { insertedBefore, linesOf } from './step-lines.ts';
import { undoes, undoingOf } from './undoing.ts';

/** *Restore take-out first*: of what earlier steps took out, the latest whose return makes room; a later step that restores it alone moves up. */
export function restoreFix(context: FixContext): readonly Fix[] {
  const earlier = context.list.slice(0, context.at).filter(({ actions }) => actions.some(takes));
  for (const removal of earlier.toReversed().slice(0, mostTried)) {
    const { name, line } = undoingOf(removal);
    const later = context.list.findIndex((one, at) => at > context.at && restores(one, removal));
    const isShared = later >= 0 && bringsBackToo(context, later);
    const edits = later < 0 || isShared ? inserted(context, line) : moved(context, later);
    if (edits !== undefined && context.mends(edits))
      return [{ title: `Restore ${name} first`, preferred: false, spelling: false, edits }];
  }
  return [];
}

const mostTried = 4;

function takes({ effect }: FixContext['actions'][number]): boolean {
  return effect === 'remove' || effect === 'scale-to';
}

/** Whether a later restore is also that of this step, which would be left without one if it moved. */
function bringsBackToo({ list, at, step }: FixContext, later: number): boolean {
  const own = list[at]?.actions ?? [];
  return list[later]?.actions.some((one) => own.some((other) => undoes(one, other, step?.id?.value))) === true;
}

/** Whether the step does nothing but put back what the removal took out, and can move. */
function restores({ step, actions }: ListedStep, removal: ListedStep): boolean {
  if (step.id !== undefined || step.when !== undefined) return false;
  const id = removal.step.id?.value;
  return actions.length > 0 && actions.every((one) => removal.actions.some((other) => undoes(one, other, id)));
}

function inserted(context: FixContext, line: string | undefined): readonly Edit[] | undefined {
  const edit = line === undefined ? undefined : insertedBefore(context, context.at, [line]);
  return edit && [edit];
}

/** The lines of a later step, with the comments on it, before this one. */
function moved(context: FixContext, from: number): readonly Edit[] | undefined {
  const [here, there] = [linesOf(context, context.at), linesOf(context, from)];
  if (here === undefined || there === undefined) return undefined;
  const text = `${context.source(there.above, there.end)}\n`;
  // With the line break after it, or before it where it is the last line of the file.
  const gap = /^\r?\n( *\r?\n)*/.exec(context.source(there.end, there.end + 1000))?.[0] ?? '';
  const before = /\r?\n$/.exec(context.source(there.above - 2, there.above))?.[0].length ?? 0;
  const span =
    gap === '' ? { start: there.above - before, end: there.end } : { start: there.above, end: there.end + gap.length };
  const isSpaced = gap.indexOf('\n') < gap.lastIndexOf('\n');
  return [
    { span: { start: here.above, end: here.above }, newText: isSpaced ? `${text}\n` : text },
    { span, newText: '' },
  ];
}
