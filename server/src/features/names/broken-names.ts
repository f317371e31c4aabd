import type { StepReading } from '../../commands/reading/read-step.ts';
import type { Node } from '../../syntax/tree.ts';
import { none, type Occurrence } from './occurrence.ts';
import type { NameContext } from './step-names.ts';
import { targetNames } from './target-names.ts';

/** Whether a step, or one inside it, cannot be judged as it is written. */
export function isBroken({ step, inner }: StepReading): boolean {
  return step.kind === 'broken' || inner.some(isBroken);
}

const roles: ReadonlySet<string> = new Set(['subsystem', 'group', 'hosts', 'zone']);

/** Names in a step that cannot be judged, told by the keys that they stand at: while a step is being typed, it still has its names. */
export function brokenNames(node: Node | undefined, context: NameContext, block: string): readonly Occurrence[] {
  if (node === undefined || node.kind === 'scalar') return none;
  if (node.kind === 'sequence') return node.items.flatMap((item) => brokenNames(item, context, block));
  return node.entries.flatMap(({ key, value }) => {
    if (value === undefined || value.kind === 'mapping') return brokenNames(value, context, block);
    const scalars = value.kind === 'scalar' ? [value] : value.items.filter((item) => item.kind === 'scalar');
    const own = scalars.flatMap(({ value: text, span, style }): readonly Occurrence[] => {
      if (style === 'empty') return none;
      if (key.value === 'restore') return [{ kind: 'step', name: text, written: text, span, declares: false }];
      return roles.has(key.value) ? targetNames({ role: key.value, text, span }, context.capacities, block) : none;
    });
    return own.length > 0 ? own : brokenNames(value, context, block);
  });
}
