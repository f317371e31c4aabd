/**
 * Compiles the JSON Schemas of `schemas/` into plain functions, so that neither an editor nor a browser has to compile them
 * when it starts, or needs `eval`. Writes server/src/model/generated/validate.js and its types.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { transformSync } from 'esbuild';

const root = new URL('../../', import.meta.url);
const target = new URL('server/src/model/generated/', root);

const types = `/** What a validator says of one mistake. */
export interface SchemaError {
  /** A JSON pointer to the value. */
  readonly instancePath: string;
  /** Where the schema asks for it, of an alternative alone. */
  readonly schemaPath?: string;
  readonly keyword: string;
  /** Which keys it is about, of what is said of keys alone. */
  readonly params?: Readonly<Record<string, unknown>>;
}

export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

export declare const runbook: Validator;
export declare const step: Validator;
export declare const fleet: Validator;
export declare const commands: Validator;
export declare const config: Validator;
`;

function read(name) {
  return JSON.parse(readFileSync(new URL(`schemas/${name}.schema.json`, root), 'utf8'));
}

/** For people; for numbers; or, as the `oneOf` of a step's verbs, said better in code. */
const notCompiled = new Set([
  ...['$schema', 'title', 'description', 'examples', 'default', 'patternErrorMessage', 'enumDescriptions'],
  ...['minimum', 'maximum', 'oneOf'],
]);

/** The schema as it holds for a file whose scalars are all strings, and whose steps are validated one at a time. */
function forStrings(schema) {
  if (Array.isArray(schema)) return schema.map(forStrings);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(
    ([key, value]) => !notCompiled.has(key) && !(key === 'items' && value.$ref === '#/definitions/step'),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, compiledValue(key, value)]));
}

function compiledValue(key, value) {
  if (key === 'type' && Array.isArray(value)) {
    const left = value.filter((type) => !['integer', 'number', 'boolean'].includes(type));
    return left.length === 1 ? left[0] : left;
  }
  if (key === 'properties' || key === 'definitions') {
    return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, forStrings(schema)]));
  }
  return forStrings(value);
}

/** Fleets hold commands just as commands files do; once compiled is enough. */
function withSharedTools(schema) {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/definitions/tool"', '"commands#/definitions/tool"'));
}

const runbook = forStrings(read('runbook'));
const schemas = {
  runbook,
  step: { $id: 'step', $ref: '#/definitions/step', definitions: runbook.definitions },
  fleet: withSharedTools(forStrings(read('fleet'))),
  commands: forStrings(read('commands')),
  config: forStrings(read('config')),
};

const ajv = new Ajv({
  allErrors: true,
  messages: false,
  strict: true,
  strictRequired: false,
  strictTypes: false,
  inlineRefs: 2,
  code: { source: true, esm: true, optimize: true },
});
for (const [name, schema] of Object.entries(schemas)) ajv.addSchema({ ...schema, $id: name });

/** Of a mistake, what no message is made of: what the schema asks of a value is looked up there, and where it asks for it matters in alternatives alone. */
function withoutUnread(code) {
  return code
    .replace(
      /(keyword:"(?:type|pattern|minItems|minProperties|enum|anyOf)"),params:\s*\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}/g,
      '$1',
    )
    .replace(/,schemaPath:"(?![^"]*\/anyOf\/)[^"]*"/g, '');
}

const names = Object.fromEntries(Object.keys(schemas).map((name) => [name, name]));
const { code } = transformSync(withoutUnread(standaloneCode.default(ajv, names)), {
  format: 'esm',
  minify: true,
  treeShaking: true,
});
mkdirSync(target, { recursive: true });
writeFileSync(new URL('validate.js', target), code);
writeFileSync(new URL('validate.d.ts', target), types);
