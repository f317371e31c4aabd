import { parseYaml } from '../syntax/parse.ts';
import type { Node } from '../syntax/tree.ts';
import type { Bound } from './match-bind.ts';
import type { GivenOption } from './match-words.ts';
import { type Field, fieldOf, part } from './shell-field.ts';
import type { ShellText } from './shell-text.ts';
import { type CompiledUsage, roleIn } from './table.ts';

/** Roles read out of the JSON or YAML that an option has for a value: `-p '{"spec":{"replicas":4}}'`. */
export function optionRoles({ usage }: CompiledUsage, given: readonly GivenOption[]): readonly Bound[] {
  const name = usage.inside?.option?.value;
  const role = roleIn(usage.inside?.role.value);
  if (name === undefined || role === undefined) return [];
  const names = name.split('|');
  return given
    .filter(({ option }) => option.names.some((one) => names.includes(one)))
    .flatMap(({ values }) => values)
    .flatMap((field) => {
      const found = field.value === undefined ? undefined : placeIn(field.value, usage.inside?.path?.value ?? '');
      const own = found && part(field, found.start, found.end);
      if (own !== undefined) return [{ role, field: own }];
      return field.value === undefined ? [{ role, field }] : [];
    });
}

/** Roles read out of a here-document. */
export function inputRoles({ usage }: CompiledUsage, input: ShellText | undefined): readonly Bound[] {
  const role = roleIn(usage.inside?.role.value);
  if (role === undefined || usage.inside?.option !== undefined || input === undefined) return [];
  const found = placeIn(input.text, usage.inside?.path?.value ?? '');
  return found === undefined ? [] : [{ role, field: fieldIn(input, found.start, found.end) }];
}

function fieldIn(source: ShellText, from: number, to: number): Field {
  const hole = [...source.holes].find(([at]) => at >= from && at < to)?.[1];
  const text = hole === undefined ? source.text.slice(from, to) : hole.value;
  return fieldOf([{ text, why: hole?.why, from, to, exact: hole === undefined, origin: undefined }], source, true);
}

/**
 * Where the value at a dotted path stands; JSON is read as the YAML that it is.
 * A `*` stands for any key, and a key may hold dots itself: `a.b` leads into `{"a.b": 1}` and `{"a": {"b": 1}}`.
 */
function placeIn(text: string, path: string): { readonly start: number; readonly end: number } | undefined {
  const steps = path.split('.').filter((name) => name !== '');
  const node = nodeAt(parseYaml(text).root, steps);
  return node?.kind === 'scalar' && node.style !== 'empty' ? node.span : undefined;
}

function nodeAt(node: Node | undefined, steps: readonly string[]): Node | undefined {
  const [step] = steps;
  if (step === undefined || node === undefined) return node;
  if (node.kind === 'sequence')
    return nodeAt(/^\d+$/.test(step) ? node.items[Number(step)] : undefined, steps.slice(1));
  if (node.kind !== 'mapping') return undefined;
  for (const { key, value } of node.entries) {
    const keys = key.value.split('.');
    if (!keys.every((name, index) => steps[index] === name || steps[index] === '*')) continue;
    const found = nodeAt(value, steps.slice(keys.length));
    if (found !== undefined) return found;
  }
  return undefined;
}
