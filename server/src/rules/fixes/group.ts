import type { Action, TargetTerm } from '../../commands/action.ts';
import type { GroupCapacity } from '../../simulation/fleet/capacity.ts';
import type { Edit, Fix } from '../finding.ts';
import type { FixContext } from '../rule.ts';

/** *Name the group billing-only instead of billing*: the group that serves the least besides, with which the step breaks nothing. */
export function groupFix(action: Action, context: FixContext): readonly Fix[] {
  const { capacity } = context;
  const term = action.target.terms.find(
    ({ text }) => capacity?.subsystemByName.has(text) && !capacity.groupByName.has(text),
  );
  const subsystem = capacity?.subsystemByName.get(term?.text ?? '');
  if (term === undefined || subsystem === undefined || action.target.terms.length > 1) return [];
  const serves = ({ units }: GroupCapacity) => units.filter((each) => each > 0).length;
  const groups = subsystem.servedBy
    .map(({ group }) => group)
    .toSorted((a, b) => serves(a) - serves(b) || b.size - a.size);
  for (const { name } of groups.length > 1 ? groups.slice(0, mostTried) : []) {
    const edits = editsFor(name, term, action, context);
    if (edits !== undefined && context.mends(edits))
      return [
        { title: `Name the group ${name} instead of ${subsystem.name}`, preferred: false, spelling: false, edits },
      ];
  }
  return [];
}

const mostTried = 8;

function editsFor(group: string, term: TargetTerm, action: Action, context: FixContext): readonly Edit[] | undefined {
  const name = { span: term.span, newText: group };
  if (term.role === 'target') return [name];
  if (term.role !== 'subsystem') return undefined;
  if (action.command === undefined) {
    const before = context.source(term.span.start - 200, term.span.start);
    const at = before.search(/(?<![\w-])subsystem\s*:\s*["']?$/);
    if (at < 0) return undefined;
    const start = term.span.start - before.length + at;
    return [{ span: { start, end: start + 'subsystem'.length }, newText: 'group' }, name];
  }
  const [, option] = /(?<![\w<])(--[\w-]+)[ =]<group>/.exec(action.command.usage?.usage.value ?? '') ?? [];
  if (option === undefined) return undefined;
  const { end } = action.command.span;
  return [{ span: { start: end, end }, newText: ` ${option} ${group}` }];
}
