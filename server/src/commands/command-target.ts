import type { ActionTarget, Obstacle, TargetRole, TargetTerm } from './action.ts';
import { hostWords } from './hosts-notation.ts';
import type { Match } from './match.ts';
import { placeOf, unknownIn } from './shell-field.ts';

const targetRoles: ReadonlySet<string> = new Set(['subsystem', 'group', 'hosts', 'zone', 'selector', 'target']);

/** Whether a role says which servers. */
export function isTargetRole(role: string): role is TargetRole {
  return targetRoles.has(role);
}

/** Which servers a command means, or the word that is the obstacle. An empty value counts as absent. */
export function targetOf(match: Match): { readonly target: ActionTarget; readonly obstacle: Obstacle | undefined } {
  const { usage, tool, strict } = match.usage;
  const terms: TargetTerm[] = [];
  let obstacle: Obstacle | undefined;
  const notation = usage.hostsNotation?.value ?? tool.hostsNotation?.value ?? 'nodeset';
  for (const { role, field } of match.bound) {
    if (!isTargetRole(role)) continue;
    const { value } = field;
    if (value === undefined) {
      obstacle ??= unknownIn(field);
      continue;
    }
    if (value === '') continue;
    const mapped = usage.map.get(value) ?? tool.map.get(value);
    if (mapped !== undefined || (role !== 'hosts' && role !== 'target')) {
      terms.push({ role, text: mapped ?? value, span: placeOf(field), strict });
      continue;
    }
    const found = hostWords(value, role === 'target' ? 'nodeset' : notation);
    if ('why' in found) obstacle ??= { span: placeOf(field), why: found.why };
    else {
      for (const { text, from, to } of found.words) {
        const inner = usage.map.get(text) ?? tool.map.get(text) ?? text;
        terms.push({ role, text: inner, span: placeOf(field, from, to), strict });
      }
    }
  }
  return { target: { terms, wholeFleet: terms.length === 0 }, obstacle };
}
