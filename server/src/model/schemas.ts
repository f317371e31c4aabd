import commands from '../../../schemas/commands.schema.json' with { type: 'json' };
import config from '../../../schemas/config.schema.json' with { type: 'json' };
import fleet from '../../../schemas/fleet.schema.json' with { type: 'json' };
import runbook from '../../../schemas/runbook.schema.json' with { type: 'json' };

export type SchemaKind = 'runbook' | 'fleet' | 'commands' | 'config';

/** As much of JSON Schema as our schemas use. */
export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly pattern?: string;
  /** A whole sentence that begins with "Must be". */
  readonly patternErrorMessage?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** The schemas as they are published; editors, the validators and the messages all speak from them. */
export const schemas: Readonly<Record<SchemaKind, Schema>> = {
  runbook: runbook as Schema,
  fleet: fleet as Schema,
  commands: commands as Schema,
  config: config as Schema,
};

/**
 * What the schema says of the value at a place: keys from the root, and `[]` for an item of a list.
 * What is said where a definition is used goes before what the definition says. Undefined where nothing may stand there.
 */
export function schemaAt(kind: SchemaKind, path: readonly string[]): Schema | undefined {
  const root = schemas[kind];
  let schema: Schema | undefined = root;
  for (const part of path) {
    if (schema === undefined) return undefined;
    schema = resolve(root, part === '[]' ? schema.items : propertyOf(schema, part));
  }
  return schema;
}

/** The types that a value may have, the usual one first. */
export function typesOf(schema: Schema): readonly string[] {
  return typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
}

/** The schema of a key; where keys are free names, that of any. */
export function propertyOf(schema: Schema, key: string): Schema | undefined {
  if (schema.properties !== undefined && Object.hasOwn(schema.properties, key)) return schema.properties[key];
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

/** The schema with the definition that it refers to put in. */
export function resolve(root: Schema, schema: Schema | undefined): Schema | undefined {
  const name = schema?.$ref?.replace('#/definitions/', '');
  return name === undefined ? schema : { ...root.definitions?.[name], ...schema };
}
