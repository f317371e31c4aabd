import assert from 'node:assert/strict';
import { readActions } from '../../../server/src/commands/reading/read-step.ts';
import { readStep } from '../../../server/src/model/step.ts';
import { parseYaml } from '../../../server/src/syntax/parse.ts';
import { mark, marked } from '../../support/markers.ts';
import { inWords, placesOf, table, type Values } from './support.ts';

function stepReads(source: string, expected: readonly string[], given: Values = {}): void {
  const { text } = marked(source);
  const values = new Map(Object.entries(given));
  const { actions } = readActions(readStep(parseYaml(text).root, values), table, values);
  assert.deepEqual(actions.map(inWords), expected);
  assert.equal(mark(text, placesOf(actions)), source);
}

describe('a structured step', () => {
  it('removes what it says', () => {
    stepReads('remove: { subsystem: ⟦billing⟧, count: ⟦4⟧ }', ['remove subsystem:billing 4']);
    stepReads('remove: { group: ⟦core⟧, zone: ⟦a⟧, count: ⟦10%⟧, batch: ⟦2⟧, pause: ⟦10m⟧ }', [
      'remove group:core zone:a 10% by 2 every 600s',
    ]);
    stepReads('remove: { hosts: ["⟦web[1-4]⟧", ⟦db1⟧] }', ['remove hosts:web[1-4] hosts:db1']);
    stepReads('remove: { labels: { role: ⟦core⟧ }, count: ⟦all⟧ }', ['remove selector:role=core all everything']);
  });

  it('restores by a step and by a target', () => {
    stepReads('restore: { group: ⟦core⟧ }', ['restore group:core']);
    const { actions } = readActions(readStep(parseYaml('restore: take-out').root, new Map()), table, new Map());
    assert.deepEqual(actions[0]?.restores, { value: 'take-out', span: { start: 9, end: 17 } });
  });

  it('restarts, replaces and scales', () => {
    stepReads('restart: { group: ⟦core⟧, batch: ⟦10%⟧, takes: 5m }', ['restart group:core by 10%']);
    stepReads('replace: { hosts: ⟦db1⟧, surge: true }', ['replace hosts:db1']);
    stepReads('scale: { group: ⟦core⟧, to: ⟦58⟧ }', ['scale-to group:core 58']);
  });

  it('lets time pass, and changes nothing by a check', () => {
    stepReads('wait: 15m', ['wait 900s']);
    stepReads('check: all is well', []);
    stepReads('manual: look', []);
    stepReads('remove: nonsense', []);
  });

  it('puts parameters in, and stands on those without a value', () => {
    stepReads('remove: { group: "⟦{{ pool }}⟧", count: "⟦{{ n }}⟧" }', ['remove group:core 4'], {
      pool: 'core',
      n: '4',
    });
    stepReads('remove: { group: core, count: "{{ ⟦n⟧ }}" }', [
      'remove group:core ? `{{ n }}` has no value that fits here',
    ]);
    stepReads('remove: { group: "{{ ⟦pool⟧ }}", count: 4 }', ['remove 4 ? `{{ pool }}` has no value that fits here']);
  });

  it('holds the readings of the steps in it', () => {
    const text = 'parallel:\n  - wait: 5m\n  - repeat: { times: 3, steps: [{ run: s3ctl drain web1 }] }\n';
    const { actions, inner } = readActions(readStep(parseYaml(text).root, new Map()), table, new Map());
    assert.deepEqual(actions, []);
    assert.deepEqual(inner[0]?.actions.map(inWords), ['wait 300s']);
    assert.deepEqual(inner[1]?.inner[0]?.actions.map(inWords), ['remove hosts:web1']);
  });

  it('hands its time to the restarts that it types', () => {
    const text = 'run: s3ctl bounce web; s3ctl drain db1\ntakes: 5m';
    const { actions } = readActions(readStep(parseYaml(text).root, new Map()), table, new Map());
    assert.deepEqual(
      actions.map(({ takes }) => takes?.value),
      [300, undefined],
    );
  });
});
