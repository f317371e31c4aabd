import { resolveTarget, type Selection } from '../../simulation/fleet/resolve.ts';
import { called, list } from '../telling/words.ts';
import type { Intended, Mismatch, Performed } from './intended.ts';

/** A step that touches other servers than it is meant to. */
export function intentTarget(intended: Intended): Mismatch | undefined {
  for (const one of intended.performed) {
    const found = one.unclear || one.outcome.action.restores !== undefined ? undefined : targetOf(one, intended);
    if (found !== undefined) return found;
  }
  return undefined;
}

function targetOf({ outcome: { action } }: Performed, { intent, capacity }: Intended): Mismatch | undefined {
  const selection = resolveTarget(action.target, capacity, []);
  if (selection.unknown.length > 0 || selection.obstacle !== undefined || selection.parts.length === 0)
    return undefined;
  const span = action.target.terms[0]?.span ?? action.everythingAt ?? action.at;
  const subsystem = subsystemOf(selection, intent.subsystem?.value, capacity);
  if (subsystem !== undefined) return { ...subsystem, span };
  const group = groupOf(selection, intent.group?.value, capacity);
  return group && { ...group, span: action.target.terms.find(({ role }) => role === 'group')?.span ?? span };
}

type Told = Omit<Mismatch, 'span'> | undefined;

function subsystemOf(selection: Selection, meant: string | undefined, capacity: Intended['capacity']): Told {
  const subsystem = capacity.subsystemByName.get(meant ?? '');
  if (subsystem === undefined) return undefined;
  const { subsystems, parts, names } = selection;
  const named = subsystems.filter((name) => name !== subsystem.name);
  if (named.length > 0 && !subsystems.includes(subsystem.name)) return told(list(named), subsystem.name);
  const serving = parts.some(({ group }) => (group.units[subsystem.index] ?? 0) > 0);
  if (serving) return undefined;
  const these = names.length === 0 ? list(parts.map(({ group }) => group.name)) : called(names);
  return told(`${these}, which ${names.length > 1 ? 'do' : 'does'} not serve ${subsystem.name}`, subsystem.name);
}

function groupOf(selection: Selection, meant: string | undefined, capacity: Intended['capacity']): Told {
  const group = capacity.groupByName.get(meant ?? '');
  if (group === undefined) return undefined;
  const others = selection.parts.flatMap((part) => (part.group.index === group.index ? [] : [part.group.name]));
  if (others.length === 0) return undefined;
  if (others.length === selection.parts.length) return told(list(others), group.name);
  const message = `This may take servers of ${list(others)} too, and the intent says only ${group.name}. Name the group in the step.`;
  return { message, severity: 'warning' };
}

function told(touched: string, meant: string): Told {
  return {
    message: `This is about servers of ${touched}, and the intent says ${meant}. Correct the step, or its intent.`,
  };
}
