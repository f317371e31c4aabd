import { folded, parseHosts } from '../../model/hosts.ts';

/** Words for messages: whole sentences read better when counts and lists are said as people say them. */

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** `1 server`, `4 servers`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** So many names are read at a glance; more of them are folded, and still more are counted. */
const [fewNames, mostNames] = [3, 6];

/** What a target is called: many hosts in the notation of host lists, everything as the whole fleet. */
export function called(names: readonly string[]): string {
  if (names.length === 1 && names[0] === 'all') return 'the whole fleet';
  if (names.length <= fewNames) return list(names);
  const { set, problem } = parseHosts(names);
  const short = problem === undefined ? folded(set) : names;
  if (short.length <= mostNames) return list(short);
  return list([...short.slice(0, mostNames - 1), `${short.length - mostNames + 1} more`]);
}

/** The names in code marks. */
export function quoted(names: readonly string[]): readonly string[] {
  return names.map((name) => `\`${name}\``);
}

/** `10 minutes`, in the largest unit that is whole. */
export function duration(seconds: number): string {
  const [size, unit] = lengths.find(([length]) => seconds > 0 && seconds % length === 0) ?? [1, 'second'];
  return counted(seconds / size, unit);
}

const lengths = [[86_400, 'day'] as const, [3600, 'hour'] as const, [60, 'minute'] as const];
