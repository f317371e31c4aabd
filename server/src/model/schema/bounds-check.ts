import { entryOf, type Node } from '../../syntax/tree.ts';
import { parseCount } from '../quantity.ts';
import type { SchemaProblem } from './problem.ts';

/** Parameters whose default is not among the values that they may have, or that may have none; JSON Schema cannot compare them. */
export function boundsProblems(kind: string, node: Node): readonly SchemaProblem[] {
  const parameters = kind === 'runbook' ? entryOf(node, 'parameters')?.value : undefined;
  if (parameters?.kind !== 'mapping') return [];
  return parameters.entries.flatMap(({ key, value }) => problemsOf(key.value, value));
}

function problemsOf(name: string, node: Node | undefined): readonly SchemaProblem[] {
  const value = (key: string) => entryOf(node, key)?.value;
  const [usual, minimum, maximum] = [value('default'), value('minimum'), value('maximum')];
  const [least, most, count] = [countIn(minimum), countIn(maximum), countIn(usual)];
  const problem = (at: Node, message: string): readonly SchemaProblem[] => [{ rule: 'schema', message, span: at.span }];
  if (maximum !== undefined && least !== undefined && most !== undefined && least > most)
    return problem(
      maximum,
      `The parameter \`${name}\` may have no value: its maximum of ${most} is below its minimum of ${least}.`,
    );
  if (usual?.kind !== 'scalar' || usual.damaged) return [];
  if (count !== undefined && (count < (least ?? count) || count > (most ?? count))) {
    const bound = count < (least ?? count) ? `below its minimum of ${least}` : `above its maximum of ${most}`;
    return problem(usual, `The default of \`${name}\` is ${count}, ${bound}. Correct one of the two.`);
  }
  const allowed = value('enum');
  const words =
    allowed?.kind === 'sequence' ? allowed.items.flatMap((item) => (item.kind === 'scalar' ? item.value : [])) : [];
  if (words.length === 0 || words.includes(usual.value)) return [];
  return problem(
    usual,
    `The default of \`${name}\` is \`${usual.value}\`, which is none of its values: ${words.map((word) => `\`${word}\``).join(', ')}.`,
  );
}

function countIn(node: Node | undefined): number | undefined {
  return node?.kind === 'scalar' && !node.damaged ? parseCount(node.value.trim()) : undefined;
}
