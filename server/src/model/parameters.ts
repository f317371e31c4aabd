import type { RunbookHead } from './runbook.ts';

/** What each declared parameter stands for, as text; undefined where it has no value. */
export type ParameterValues = ReadonlyMap<string, string | undefined>;

/** For texts in which nothing is put in: fleets, commands, the head of a runbook. */
export const noParameters: ParameterValues = new Map();

/** A parameter in a text; offsets into the text, of the name inside the braces. */
interface ParameterPlace {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** The braces themselves, which its value takes the place of. */
  readonly braces: string;
  readonly bracesFrom: number;
}

/** One plain word between the braces: `{{.Names}}` is none. */
const parameter = /\{\{[ \t]*([\p{L}_][\p{L}\p{M}\p{N}_-]*)[ \t]*\}\}/gu;

/** What `{{ end }}` and `{{ else }}` belong to: the format of a tool that is written in Go. */
const opening = /\{\{-?\s*(?:range|if|with|block|define)\s/;

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
  const isFormat = opening.test(text);
  return [...text.matchAll(parameter)].flatMap(({ 0: braces, 1: name = '', index: bracesFrom }) => {
    if (isFormat && (name === 'end' || name === 'else')) return [];
    const from = bracesFrom + braces.indexOf(name);
    return [{ name, from, to: from + name.length, braces, bracesFrom }];
  });
}

const none: readonly ParameterPlace[] = [];

/** The text with the parameters' values in place of their names; undefined where one of them has no value. */
export function putIn(text: string, values: ParameterValues): string | undefined {
  let filled = '';
  let at = 0;
  for (const { name, braces, bracesFrom } of parametersIn(text)) {
    const value = values.get(name);
    if (value === undefined) return undefined;
    filled += text.slice(at, bracesFrom) + value;
    at = bracesFrom + braces.length;
  }
  return at === 0 ? text : filled + text.slice(at);
}
