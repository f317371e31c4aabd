import { type CompiledUsage, roleIn } from '../../../../server/src/commands/table.ts';
import {
  literalOf,
  type UsageItem,
  type UsageOption,
  type UsagePart,
} from '../../../../server/src/commands/usage/items.ts';

/** A command line of the form that a usage declares, and what it is to be read as. */
export interface ExampleLine {
  readonly text: string;
  /** The name of the fleet that it stands for; undefined where the host that it runs on is meant. */
  readonly target: string | undefined;
  /** Where the name stands in the text. */
  readonly at: number;
}

/** What a role is filled with: names of the fleet of the test. */
const values: Readonly<Record<string, string>> = {
  ...{ hosts: 'web01', pod: 'web01', target: 'web', group: 'web', subsystem: 'site', zone: 'a', selector: 'role=web' },
  ...{ except: 'web02', instance: '3', count: '35', percent: '5', least: '35', most: '45', batch: '2', pause: '60' },
  ...{ environment: 'prod', command: 'uptime', _: 'x9' },
};
const targets = new Set(['hosts', 'pod', 'target', 'group', 'subsystem', 'zone', 'selector']);

/**
 * Lines of every form of a usage: one for each of its alternatives, without what may be left out.
 * `words`: what a value that does not matter is filled with, so that a variant is met.
 */
export function exampleLines(usage: CompiledUsage, words: readonly string[] = []): readonly ExampleLine[] {
  return forms(usage.items).map((items) => lineOf(items, usage, words));
}

/** The items of each form, alternatives chosen. */
function forms(items: readonly UsageItem[]): readonly (readonly UsageItem[])[] {
  let all: readonly (readonly UsageItem[])[] = [[]];
  for (const item of items) {
    if (item.kind === 'optional') continue;
    const ways = item.kind === 'choice' ? item.branches.flatMap(forms) : [[item]];
    all = all.flatMap((before) => ways.map((way) => [...before, ...way]));
  }
  // The alternatives of one place are tried in full, those of several places only until every one was seen.
  return all.slice(0, 40);
}

function lineOf(items: readonly UsageItem[], usage: CompiledUsage, words: readonly string[]): ExampleLine {
  const [tool = ''] = [usage.tool.tool.value];
  const rest = [...words];
  const pieces: string[] = [tool];
  let target: string | undefined;
  let at = -1;
  const fill = (parts: readonly UsagePart[], option: UsageOption | undefined) => {
    let text = '';
    const inside = option && insideOf(usage, option);
    if (inside !== undefined) return `'${inside}'`;
    for (const part of parts) {
      if (part.kind === 'literal') text += part.text;
      else {
        const value = part.role === '_' && rest.length > 0 ? (rest.shift() ?? '') : (values[part.role] ?? '');
        if (targets.has(part.role) && target === undefined) {
          target = value;
          at =
            pieces.join(' ').length + 1 + (option === undefined ? 0 : (option.names[0]?.length ?? 0) + 1) + text.length;
        }
        text += value;
      }
    }
    return text;
  };
  for (const item of items) {
    if (item.kind === 'word') pieces.push(literalOf(item) ?? quoted(fill(item.parts, undefined)));
    else if (item.kind === 'option') {
      const [name = ''] = item.names;
      pieces.push(item.value === undefined || item.optional ? name : `${name} ${quoted(fill(item.value, item))}`);
    }
  }
  const text = pieces.join(' ');
  if (target !== undefined) return { text, target, at };
  // A name that stands inside JSON.
  const inner = usage.usage.inside.map(({ role }) => roleIn(role.value)).find((role) => targets.has(role ?? ''));
  const name = values[inner ?? ''];
  return name === undefined || !text.includes(name)
    ? { text, target, at }
    : { text, target: name, at: text.indexOf(name) };
}

/** JSON with every place that is read inside an option. */
function insideOf(usage: CompiledUsage, { names }: UsageOption): string | undefined {
  const places = usage.usage.inside.filter(({ option }) =>
    option?.value?.split('|').some((one) => names.includes(one)),
  );
  if (places.length === 0) return undefined;
  let root: unknown;
  for (const { role, path } of places) {
    const value = values[roleIn(role.value) ?? ''] ?? '';
    const steps = (path?.value ?? '').split('.');
    root = withValue(root, steps, /^\d+$/.test(value) ? Number(value) : value);
  }
  return JSON.stringify(root);
}

function quoted(text: string): string {
  return /[*?()\s;&|<>]/.test(text) && !text.startsWith("'") ? `'${text}'` : text;
}

/** The data with a value at a path; a number or `*` in it is a place in a list. */
function withValue(data: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (/^(?:\d+|\*)$/.test(step)) return [withValue(Array.isArray(data) ? data[0] : undefined, rest, value)];
  const known = typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : {};
  return { ...known, [step]: withValue(known[step], rest, value) };
}
