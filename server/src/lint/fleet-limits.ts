import type { Fleet } from '../model/fleet.ts';
import type { ReadingProblem } from '../rules/rule.ts';
import { grouped, mostGroups, mostSubsystems } from '../syntax/limits.ts';
import type { Span } from '../syntax/span.ts';

/** A fleet as far as it is read, and what is beyond that. */
interface LimitedFleet {
  readonly fleet: Fleet;
  readonly problems: readonly ReadingProblem[];
}

/** Every group is held against every subsystem, so that there must not be any number of either. */
export function withinLimits(fleet: Fleet): LimitedFleet {
  const problems = [
    ...beyond('subsystems', fleet.subsystems, mostSubsystems),
    ...beyond('groups', fleet.groups, mostGroups),
  ];
  if (problems.length === 0) return { fleet, problems };
  const { subsystems, groups } = fleet;
  const read = { subsystems: subsystems.slice(0, mostSubsystems), groups: groups.slice(0, mostGroups) };
  return { fleet: { ...fleet, ...read }, problems };
}

function beyond(
  what: string,
  list: readonly { readonly name: { readonly span: Span } }[],
  most: number,
): readonly ReadingProblem[] {
  const first = list[most];
  if (first === undefined) return [];
  const message = `The fleet has ${grouped(list.length)} ${what}, and the first ${grouped(most)} are read. Split it.`;
  return [{ rule: 'limit-reached', message, span: first.name.span }];
}
