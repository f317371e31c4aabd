import type { Scalar } from '../../syntax/tree.ts';
import type { Nearest } from '../nearest.ts';
import { type Schema, type SchemaKind, schemaAt } from '../schemas.ts';
import type { Mistake } from './mistake.ts';
import { type Place, spanOfValue } from './place.ts';
import type { SchemaProblem } from './problem.ts';

/** Where a finding about a value stands. */
export function at(place: Place): Pick<SchemaProblem, 'rule' | 'span'> {
  return { rule: 'schema', span: spanOfValue(place) };
}

/** A finding on a word with the spelling that mends it. */
export function spelled(message: string, scalar: Scalar, meant: Nearest) {
  const { span } = scalar;
  const replacement = {
    title: `Did you mean \`${meant.name}\`?`,
    span,
    newText: meant.name,
    spelling: meant.certain,
  };
  return { rule: 'schema', message, span, replacement } as const;
}

const rootNames: Readonly<Record<SchemaKind, string>> = {
  runbook: 'a runbook',
  fleet: 'a fleet',
  commands: 'a commands file',
  config: 'the configuration',
};

/** The mapping that a key stands in: "a subsystem", "`remove`". */
export function holder(kind: SchemaKind, place: Place, schema: Schema): string {
  if (place.path.length === 0) return rootNames[kind];
  if (schema.title === undefined) return `\`${short(place.owner?.key.value ?? '')}\``;
  const noun = schema.title.toLowerCase();
  return `${/^[aeio]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** The value at fault, at the beginning of a sentence: "The subsystem `billing`", "`count`", "This usage". */
export function nameOf({ kind, place, schema }: Mistake): string {
  if (place.path.length === 0) return kind === 'runbook' || kind === 'fleet' ? `This ${kind}` : 'This file';
  if (place.entry === undefined) {
    if (schema.title !== undefined) return `This ${schema.title.toLowerCase()}`;
    return place.owner === undefined ? 'This item' : `An item of \`${short(place.owner.key.value)}\``;
  }
  const key = `\`${short(place.entry.key.value)}\``;
  const parent = schemaAt(kind, place.path.slice(0, -1));
  const free = parent?.properties === undefined || !Object.hasOwn(parent.properties, place.entry.key.value);
  return free && schema.title !== undefined ? `The ${schema.title.toLowerCase()} ${key}` : key;
}

/** A value in a sentence. */
export function quoted(value: string): string {
  return value === '' ? 'an empty text' : `\`${short(value)}\``;
}

/** A text as a message shows it: on one line, and not too long. */
export function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** "`a`, `b` or `c`". */
export function listed(names: readonly string[], word: 'and' | 'or'): string {
  const quotedNames = names.map((name) => `\`${name}\``);
  const last = quotedNames.pop() ?? '';
  return quotedNames.length === 0 ? last : `${quotedNames.join(', ')} ${word} ${last}`;
}
