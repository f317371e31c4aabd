import type { Edit, Fix } from '../finding.ts';
import type { FixContext } from '../rule.ts';
import { insertedBefore, linesOf } from '../telling/step-lines.ts';

/** *Restore take-out first*: of what earlier steps took out, the latest whose return makes room; a later step that restores it moves up. */
export function restoreFix(context: FixContext): readonly Fix[] {
  for (let i = context.at - 1; i >= 0; i--) {
    const { step } = context.list[i] ?? {};
    const id = step?.id?.value;
    if (step === undefined || id === undefined || !context.list[i]?.actions.some(takes)) continue;
    const later = context.list.findIndex((one, at) => at > context.at && restores(one.step, id));
    const edits = later < 0 ? inserted(context, id) : moved(context, later);
    if (edits !== undefined && context.mends(edits))
      return [{ title: `Restore ${id} first`, preferred: false, spelling: false, edits }];
  }
  return [];
}

function takes({ effect }: FixContext['actions'][number]): boolean {
  return effect === 'remove' || effect === 'scale-to';
}

function restores(step: FixContext['list'][number]['step'], id: string): boolean {
  return step.kind === 'restore' && step.step?.value === id && step.id === undefined && step.when === undefined;
}

function inserted(context: FixContext, id: string): readonly Edit[] | undefined {
  const edit = insertedBefore(context, context.at, [`restore: ${id}`]);
  return edit && [edit];
}

/** The lines of a later step, with the comments on it, before this one. */
function moved(context: FixContext, from: number): readonly Edit[] | undefined {
  const [here, there] = [linesOf(context, context.at), linesOf(context, from)];
  if (here === undefined || there === undefined) return undefined;
  const text = `${context.source(there.above, there.end)}\n`;
  // With the line break after it, or before it where it is the last line of the file.
  const after = context.source(there.end, there.end + 1) === '\n';
  const gap = /^\n( *\n)*/.exec(context.source(there.end, there.end + 1000))?.[0].length ?? 0;
  const span = after ? { start: there.above, end: there.end + gap } : { start: there.above - 1, end: there.end };
  const isSpaced = gap > 1;
  return [
    { span: { start: here.above, end: here.above }, newText: isSpaced ? `${text}\n` : text },
    { span, newText: '' },
  ];
}
