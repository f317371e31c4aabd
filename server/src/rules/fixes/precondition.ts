import type { Action } from '../../commands/action.ts';
import type { Edit, Fix } from '../finding.ts';
import type { FixContext } from '../rule.ts';

/** Options by which a tool checks, when the command runs, that the size is still what the author took it for. */
const preconditions = ['--current-replicas'];

/**
 * *Add the precondition*: a safe size, and beside it the size that the fleet declares, so that the tool refuses where another hand was faster.
 * `sized` is the fix that makes the size safe: the precondition alone would take no finding away.
 */
export function preconditionFix(index: number, sized: Fix | undefined, context: FixContext): readonly Fix[] {
  const action = context.actions[index];
  const command = action?.command;
  const option = preconditions.find((one) => command?.usage?.usage.value?.includes(`${one} <`));
  if (sized === undefined || action?.effect !== 'scale-to' || command === undefined || option === undefined) return [];
  if (command.words.some(({ value }) => value?.split('=')[0] === option)) return [];
  const size = declaredSize(index, context);
  if (size === undefined) return [];
  const { end } = command.span;
  const added: Edit = { span: { start: end, end }, newText: ` ${option}=${size}` };
  const edits = sized.edits.some(({ span }) => span.end > end) ? [] : [...sized.edits, added];
  if (edits.length === 0 || !context.mends(edits)) return [];
  const [first] = sized.edits;
  const title = `Add the precondition \`${option}=${size}\`, and use ${first?.newText.trim()}`;
  return [{ title, preferred: false, spelling: false, edits }];
}

/** How large every group of the target is declared to be; undefined where they differ, or where another step sets a size. */
function declaredSize(index: number, { outcome, capacity, otherActions, actions }: FixContext): number | undefined {
  const names = outcome?.actions[index]?.target ?? [];
  const groups = names.map((name) => capacity?.groupByName.get(name));
  const [first] = groups;
  if (first === undefined || groups.some((group) => group?.size !== first.size)) return undefined;
  return [...otherActions, ...actions.slice(0, index)].some(setsSize) ? undefined : first.size;
}

function setsSize({ effect }: Action): boolean {
  return effect === 'scale-to' || effect === 'add';
}
