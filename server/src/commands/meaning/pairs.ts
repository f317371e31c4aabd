import type { Effect } from '../../model/commands.ts';
import { type Bound, isFigure } from '../match/bind.ts';
import type { Match } from '../match/match.ts';
import { isTargetRole } from './target.ts';

/**
 * A command that gives each target a figure of its own, `scale web=4 api=2`, does as many things; any other does one.
 * Where several targets share one size, each of them gets it.
 */
export function eachPair(match: Match, effect: Effect | undefined): readonly Match[] {
  const counts = match.bound.filter(({ role }) => role === 'count');
  const targets = match.bound.filter(({ role }) => isTargetRole(role));
  const each = effect === 'scale-to' && counts.length === 1 && targets.length > 1;
  const sameRole = targets.every(({ role }) => role === targets[0]?.role);
  if (!sameRole) return [match];
  if (targets.length > 1 && match.bound.some(({ role }) => role === 'least' || role === 'most'))
    return inGroups(match) ?? [match];
  if ((counts.length < 2 && !each) || (!each && counts.length !== targets.length)) return [match];
  const others = match.bound.filter((bound) => !counts.includes(bound) && !targets.includes(bound));
  return targets.map((target, index) => ({
    ...match,
    bound: [...others, target, ...counts.slice(each ? 0 : index, each ? 1 : index + 1)],
  }));
}

/** Each target with the figures behind it; undefined where one has none. */
function inGroups(match: Match): readonly Match[] | undefined {
  const others: Bound[] = [];
  const groups: Bound[][] = [];
  for (const bound of match.bound) {
    if (isTargetRole(bound.role)) groups.push([bound]);
    else if (isFigure(bound.role)) groups.at(-1)?.push(bound);
    else others.push(bound);
  }
  return groups.every(({ length }) => length > 1)
    ? groups.map((group) => ({ ...match, bound: [...others, ...group] }))
    : undefined;
}

/** The same of a second thing that a command does: its figures say how far the first one goes. */
export function withoutFigures(match: Match): Match {
  const says = (role: string) => role === 'count' || role === 'percent';
  const roles = new Set([...match.usage.roles].filter((role) => !says(role)));
  return { ...match, usage: { ...match.usage, roles }, bound: match.bound.filter(({ role }) => !says(role)) };
}
