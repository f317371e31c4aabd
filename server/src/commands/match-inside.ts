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

/** Where the value at a dotted path stands; JSON is read as the YAML that it is. */
function placeIn(text: string, path: string): { readonly start: number; readonly end: number } | undefined {
  let node: Node | undefined = parseYaml(text).root;
  for (const step of path.split('.').filter((name) => name !== '')) {
    if (node?.kind === 'mapping') node = node.entries.find(({ key }) => key.value === step)?.value;
    else if (node?.kind === 'sequence') node = /^\d+$/.test(step) ? node.items[Number(step)] : undefined;
    else return undefined;
  }
  return node?.kind === 'scalar' && node.style !== 'empty' ? node.span : undefined;
}
