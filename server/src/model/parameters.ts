import type { RunbookHead } from './runbook.ts';

/** What each declared parameter stands for, as text; undefined where it has no value. */
export type ParameterValues = ReadonlyMap<string, string | undefined>;

/** For texts in which nothing is put in: fleets, commands, the head of a runbook. */
export const noParameters: ParameterValues = new Map();

/** A parameter in a text; offsets into the text, of the name inside the braces. */
export interface ParameterPlace {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** One plain word between the braces: `{{.Names}}` is none. */
const parameter = /\{\{[ \t]*([A-Za-z_][\w-]*)[ \t]*\}\}/g;

/** The values that the simulation runs with: the defaults, else a bound. Undefined where nothing is said. */
export function parameterValues(head: RunbookHead): ParameterValues {
  const values = new Map<string, string | undefined>();
  for (const { name, default: usual, maximum, minimum, allowed } of head.parameters) {
    if (name.value === undefined || values.has(name.value)) continue;
    const bound = allowed?.[0]?.value ?? maximum?.value ?? minimum?.value;
    values.set(name.value, usual?.value ?? (bound === undefined ? undefined : `${bound}`));
  }
  return values;
}

/** Every parameter in a text, declared or not, in order. */
export function parametersIn(text: string): readonly ParameterPlace[] {
  if (!text.includes('{{')) return none;
  return [...text.matchAll(parameter)].map((match) => {
    const from = match.index + match[0].indexOf(match[1] ?? '');
    return { name: match[1] ?? '', from, to: from + (match[1] ?? '').length };
  });
}

const none: readonly ParameterPlace[] = [];

/** The text with the parameters' values in place of their names; undefined where one of them has no value. */
export function putIn(text: string, values: ParameterValues): string | undefined {
  if (!text.includes('{{')) return text;
  let known = true;
  const filled = text.replace(parameter, (_, name: string) => {
    const value = values.get(name);
    known &&= value !== undefined;
    return value ?? '';
  });
  return known ? filled : undefined;
}
