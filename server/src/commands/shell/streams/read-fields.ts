import type { Command, While } from 'unbash';
import type { Span } from '../../../syntax/span.ts';
import type { Variable } from '../words/variable.ts';

/** What `read` takes a line apart into. */
export interface Reads {
  /** The variables that it sets. */
  readonly names: readonly string[];
  /** All fields go into an array, `read -a`. */
  readonly isArray: boolean;
  /** The characters between the fields, those of `IFS=,`; undefined: not known. */
  readonly separators: string | undefined;
}

const blanks = ' \t\n';

/** `while IFS=, read -r a b`; undefined where the loop has another condition. */
export function readIn(clause: While['clause']): Reads | undefined {
  const command = clause.commands.length === 1 ? clause.commands[0]?.command : undefined;
  return command?.type === 'Command' && command.name?.value === 'read' ? readsOf(command) : undefined;
}

/** What a `read` reads. */
export function readsOf({ prefix, suffix }: Command): Reads {
  const words = suffix.flatMap((part) => (part.type === 'Word' ? part.value : []));
  const names: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (/^-[a-z]*[dintNpu]$/.test(word)) at += 1;
    else if (!word.startsWith('-')) names.push(word);
  }
  const own = prefix.find((part) => part.type === 'Assignment' && part.name === 'IFS');
  const value = own?.type === 'Assignment' && own.value.type === 'Word' ? own.value.value : blanks;
  return {
    names: names.length === 0 ? ['REPLY'] : names,
    isArray: words.some((word) => /^-[a-z]*a$/.test(word)),
    separators: value.includes('$') ? undefined : value,
  };
}

/** Sets the variables to the fields of a line; `place` says where a stretch of the line is written. */
export function setFields(
  { names, isArray, separators = blanks }: Reads,
  line: string,
  place: (from: number, to: number) => Span | undefined,
  variables: Map<string, Variable>,
): void {
  const fields = fieldsIn(line, isArray ? undefined : names.length, separators);
  const words = fields.map(({ text, from }) => ({ text, origin: place(from, from + text.length) }));
  if (isArray) for (const name of names) variables.set(name, { words, why: '' });
  else for (const [i, name] of names.entries()) variables.set(name, { words: words.slice(i, i + 1), why: '' });
}

/** A field of a line, and where it begins in it. */
interface ReadField {
  readonly text: string;
  readonly from: number;
}

/** The fields of a line, the rest of it in the last of so many. Blanks between them count as one. */
function fieldsIn(line: string, most: number | undefined, separators: string): readonly ReadField[] {
  const spaces = [...separators].filter((one) => blanks.includes(one)).join('');
  let end = line.length;
  while (end > 0 && spaces.includes(line[end - 1] ?? '')) end -= 1;
  const skip = (at: number) => {
    let to = at;
    while (to < end && spaces.includes(line[to] ?? '')) to += 1;
    return to;
  };
  const fields: ReadField[] = [];
  let from = skip(0);
  while (most === undefined ? from < end : fields.length < most) {
    let to = from;
    const isLast = fields.length + 1 === most;
    while (to < end && (isLast || !separators.includes(line[to] ?? ''))) to += 1;
    fields.push({ text: line.slice(from, to), from });
    const behind = skip(to);
    from = behind < end && separators.includes(line[behind] ?? '') ? skip(behind + 1) : behind;
  }
  return fields;
}
