import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import { effects } from '../../../server/src/model/commands-file.ts';
import { keyDocAt, keyDocs, valueDocs, yamlOf } from '../../../server/src/model/schema/docs.ts';
import { type Schema, type SchemaKind, schemaAt, schemas } from '../../../server/src/model/schemas.ts';
import { severitySettings } from '../../../server/src/model/severity.ts';
import { stepVerbs } from '../../../server/src/model/step-verbs.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { parseYaml } from '../../../server/src/syntax/parse.ts';

const kinds: readonly SchemaKind[] = ['runbook', 'fleet', 'commands', 'config'];

/** Every schema of a key or of a free name, with where it was found. */
function* places(schema: Schema, at: string): Generator<readonly [string, Schema, 'key' | 'name']> {
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    yield [`${at}/${key}`, property, 'key'];
    yield* places(property, `${at}/${key}`);
  }
  if (typeof schema.additionalProperties === 'object') {
    yield [`${at}/*`, schema.additionalProperties, 'name'];
    yield* places(schema.additionalProperties, `${at}/*`);
  }
  for (const [name, definition] of Object.entries(schema.definitions ?? {})) yield* places(definition, `${at}#${name}`);
}

describe('the schemas', () => {
  for (const kind of kinds) {
    it(`of ${kind} say what every key is for, with an example that they accept`, () => {
      const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false, allErrors: true });
      ajv.addVocabulary(['patternErrorMessage', 'enumDescriptions']);
      ajv.addSchema(schemas[kind], kind);
      const definitions = schemas[kind].definitions ?? {};
      for (const [place, schema, what] of places(schemas[kind], kind)) {
        assert.match(schema.description ?? '', /^[A-Z`].*\.$/, `${place} has a description`);
        if (what === 'key') assert.notEqual(schema.examples?.length ?? 0, 0, `${place} has an example`);
        const validate = ajv.compile({ ...schema, definitions });
        const shown = [...(schema.examples ?? []), ...(schema.default === undefined ? [] : [schema.default])];
        for (const example of shown) {
          assert.ok(validate(example), `${place}: ${JSON.stringify(example)} ${ajv.errorsText(validate.errors)}`);
          assert.deepEqual(parseYaml(`key: ${yamlOf(example)}`).problems, [], place);
        }
      }
    });
  }

  it('declare commands in fleets as in commands files', () => {
    for (const name of ['tool', 'usage', 'variant', 'inside', 'speed', 'pace', 'effect', 'lasts', 'hostsNotation']) {
      assert.deepEqual(schemas.fleet.definitions?.[name], schemas.commands.definitions?.[name], name);
    }
  });

  it('know the words that the readers know', () => {
    const step = schemaAt('runbook', ['steps', '[]']);
    for (const verb of stepVerbs) assert.ok(step?.properties?.[verb], verb);
    const usage = ['commands', '[]', 'usages', '[]', 'effect'];
    assert.deepEqual(
      valueDocs('commands', usage).map(({ value }) => value),
      effects,
    );
    assert.deepEqual(
      valueDocs('config', ['rules', 'schema']).map(({ value }) => value),
      severitySettings,
    );
  });

  it('know every rule with its severity', () => {
    const docs = new Map(keyDocs('config', ['rules']).map((doc) => [doc.key, doc.default]));
    for (const { id, severity } of rules) assert.equal(docs.get(id), severity, id);
  });
});

describe('the documentation of keys', () => {
  it('tells the keys of a place', () => {
    const docs = keyDocs('runbook', ['steps', '[]', 'remove']);
    assert.deepEqual(
      docs.map(({ key }) => key),
      ['subsystem', 'group', 'hosts', 'zone', 'labels', 'count', 'batch', 'pause'],
    );
    const batch = docs.find(({ key }) => key === 'batch');
    assert.deepEqual([batch?.default, batch?.examples, batch?.form], ['all', ['2', '10%'], 'scalar']);
    assert.deepEqual(docs.find(({ key }) => key === 'hosts')?.forms, ['scalar', 'list']);
    assert.ok(keyDocs('fleet', []).find(({ key }) => key === 'subsystems')?.required);
    const inner = ['steps', '[]', 'parallel', '[]', 'repeat', 'steps', '[]'];
    assert.deepEqual(keyDocs('runbook', inner), keyDocs('runbook', ['steps', '[]']));
  });

  it('goes through free names', () => {
    assert.deepEqual(keyDocs('fleet', ['subsystems']), []);
    assert.ok(keyDocs('fleet', ['subsystems', 'billing']).some(({ key }) => key === 'minimum'));
    assert.match(keyDocAt('fleet', ['subsystems', 'billing'])?.description ?? '', /^A subsystem/);
    assert.match(keyDocAt('runbook', ['runbook'])?.description ?? '', /title/);
  });

  it('tells the values of a place', () => {
    assert.deepEqual(
      valueDocs('runbook', ['steps', '[]', 'permanent']).map(({ value }) => value),
      ['true', 'false'],
    );
    assert.match(valueDocs('fleet', ['commands', '[]', 'usages', '[]', 'lasts'])[0]?.description ?? '', /\.$/);
    assert.deepEqual(valueDocs('runbook', ['runbook']), []);
  });

  it('knows nothing of places that are not there', () => {
    for (const path of [['nothing'], ['steps', '[]', 'wait', 'x'], ['runbook', '[]'], ['constructor'], ['__proto__']]) {
      assert.deepEqual(keyDocs('runbook', path), []);
      assert.equal(keyDocAt('runbook', path), undefined);
    }
  });
});
