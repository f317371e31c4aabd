import { resolve, type Schema, type SchemaKind, schemaAt, schemas, typesOf } from '../schemas.ts';

export type { SchemaKind } from '../schemas.ts';

export type Form = 'scalar' | 'map' | 'list';

/** What is known of a key, for completion and hover. */
export interface KeyDoc {
  readonly key: string;
  /** One or two plain sentences. */
  readonly description: string;
  /** As it would be written in YAML; undefined where there is none. */
  readonly default: string | undefined;
  /** As they would be written in YAML, on one line. */
  readonly examples: readonly string[];
  readonly required: boolean;
  /** The only values that may stand there; empty where any may. */
  readonly values: readonly ValueDoc[];
  /** How the value is usually written. */
  readonly form: Form;
  /** Every way in which it may be written. */
  readonly forms: readonly Form[];
}

interface ValueDoc {
  readonly value: string;
  readonly description: string | undefined;
}

/** The keys of the mapping at a place (keys from the root, `[]` for an item of a list); empty where keys are free names. */
export function keyDocs(kind: SchemaKind, path: readonly string[]): readonly KeyDoc[] {
  const schema = schemaAt(kind, path);
  const root = schemas[kind];
  return Object.entries(schema?.properties ?? {}).map(([key, property]) =>
    keyDoc(key, resolve(root, property) ?? property, schema?.required?.includes(key) === true),
  );
}

/** What is known of the key at the end of the path, a free name included; undefined where nothing may stand there. */
export function keyDocAt(kind: SchemaKind, path: readonly string[]): KeyDoc | undefined {
  const key = path.at(-1);
  const schema = schemaAt(kind, path);
  if (key === undefined || schema === undefined) return undefined;
  const around = schemaAt(kind, path.slice(0, -1));
  return keyDoc(key, schema, around?.required?.includes(key) === true);
}

/** The values that may stand at a place; empty where any may. */
export function valueDocs(kind: SchemaKind, path: readonly string[]): readonly ValueDoc[] {
  const schema = schemaAt(kind, path);
  return schema === undefined ? [] : valuesOf(schema);
}

function keyDoc(key: string, schema: Schema, required: boolean): KeyDoc {
  const forms = formsOf(schema);
  return {
    key,
    description: schema.description ?? '',
    default: schema.default === undefined ? undefined : yamlOf(schema.default),
    examples: (schema.examples ?? []).map((example) => yamlOf(example)),
    required,
    values: valuesOf(schema),
    form: forms[0] ?? 'scalar',
    forms,
  };
}

function valuesOf(schema: Schema): readonly ValueDoc[] {
  if (schema.enum !== undefined) {
    return schema.enum.map((value, i) => ({ value, description: schema.enumDescriptions?.[i] }));
  }
  const flag = typesOf(schema)[0] === 'boolean';
  return flag ? ['true', 'false'].map((value) => ({ value, description: undefined })) : [];
}

function formsOf(schema: Schema): readonly Form[] {
  return [...new Set(typesOf(schema).map(formOf))];
}

function formOf(type: string): Form {
  if (type === 'object') return 'map';
  return type === 'array' ? 'list' : 'scalar';
}

/** A value as one line of YAML; texts are quoted where YAML would read them as something else. */
export function yamlOf(value: unknown, inFlow = false): string {
  if (Array.isArray(value)) return `[${value.map((item) => yamlOf(item, true)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${key}: ${yamlOf(item, true)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  const text = String(value);
  const special = /^[\s{}[\],&*#?|<>=!%@`'"-]|: |:$| #|\s$/.test(text) && !/^-\w/.test(text);
  return text === '' || special || (inFlow && /[{}[\],]/.test(text)) ? JSON.stringify(text) : text;
}
