import { inQuotes } from '../../syntax/quoting.ts';
import { type Entry, entryOf, type Node, type Scalar } from '../../syntax/tree.ts';
import { hostsMeant, parseHosts } from '../hosts.ts';
import { parametersIn } from '../parameters.ts';
import { parseCount } from '../quantity.ts';
import type { SchemaProblem } from './problem.ts';

/** Lists of hosts in a file that cannot be read as such; a pattern of JSON Schema cannot say it. */
export function hostsProblems(kind: string, node: Node): readonly SchemaProblem[] {
  if (kind !== 'fleet') return none;
  const groups = entryOf(node, 'groups')?.value;
  if (groups?.kind !== 'mapping') return none;
  return groups.entries.flatMap(({ value }) => [
    ...listProblems(entryOf(value, 'hosts')?.value, false),
    ...countProblem(entryOf(value, 'hosts')),
    ...listProblems(entryOf(value, 'unavailable')?.value, false),
  ]);
}

/** `hosts: 10`, of which nobody means a server of that name. */
export function isCount(hosts: Node | undefined): hosts is Scalar {
  return hosts?.kind === 'scalar' && hosts.style === 'plain' && parseCount(hosts.value) !== undefined;
}

function countProblem(entry: Entry | undefined): readonly SchemaProblem[] {
  const value = entry?.value;
  if (!isCount(value)) return none;
  const message = `\`hosts\` takes the names of servers. Write \`count: ${value.value}\` for how many there are, or put the name in quotes.`;
  return [{ rule: 'schema', message, span: value.span }];
}

/** The same in a step, of which these are the verbs. */
export function hostsProblemsIn(verbs: readonly Entry[]): readonly SchemaProblem[] {
  return verbs.flatMap(({ value }) => listProblems(entryOf(value, 'hosts')?.value, true));
}

const none: readonly SchemaProblem[] = [];

/** `all` and `*` are every host of the fleet, but only where a fleet is spoken of. */
function listProblems(node: Node | undefined, everything: boolean): readonly SchemaProblem[] {
  if (node === undefined) return none;
  if (node.kind === 'sequence')
    return node.items.flatMap((item) => (item.kind === 'scalar' ? wordProblems(item, everything) : none));
  return node.kind === 'scalar' && parseCount(node.value) === undefined ? wordProblems(node, everything) : none;
}

function wordProblems(scalar: Scalar, everything: boolean): readonly SchemaProblem[] {
  if (scalar.damaged || scalar.style === 'empty') return none;
  if (everything && (scalar.value === '*' || parametersIn(scalar.value).length > 0)) return none;
  const { problem } = parseHosts([scalar.value]);
  return problem === undefined
    ? none
    : [{ rule: 'schema', message: problem, span: scalar.span, replacement: inNotation(scalar) }];
}

/** The list as it is written here, in the quotes that its brackets need inside others. */
function inNotation({ value, style, span }: Scalar): SchemaProblem['replacement'] {
  const written = hostsMeant(value);
  if (written === undefined) return undefined;
  const newText = style === 'plain' ? inQuotes(written) : written;
  return { title: `Write \`${written}\``, span, newText, spelling: false };
}
