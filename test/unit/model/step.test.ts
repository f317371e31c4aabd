import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkSchema } from '../../../server/src/model/schema/check.ts';
import { readStep } from '../../../server/src/model/step.ts';
import { parseYaml } from '../../../server/src/syntax/parse.ts';
import { mark, marked } from '../../support/markers.ts';
import { stepOf, tree } from './support.ts';

describe('reading a step', () => {
  it('reads the verb and its span', () => {
    const { text, spans } = marked('name: Take two out\n⟦remove⟧: { group: core-a, count: 2 }\n');
    const step = readStep(tree(text), new Map());
    assert.equal(step.kind, 'remove');
    assert.deepEqual(step.key, spans[0]);
    assert.equal(step.name?.value, 'Take two out');
  });

  it('reads a removal', () => {
    const step = stepOf(
      'remove: { subsystem: s, group: g, hosts: "web-[1-4]", zone: a, labels: { role: core }, count: 10%, batch: 2, pause: 10m }',
    );
    assert.ok(step.kind === 'remove');
    assert.deepEqual(step.count?.value, { unit: 'percent', value: 10_000 });
    assert.deepEqual(step.batch?.value, { unit: 'servers', value: 2 });
    assert.equal(step.pause?.value, 600);
    const { subsystem, group, hosts, zone, labels } = step.target;
    assert.deepEqual([subsystem?.value, group?.value, zone?.value], ['s', 'g', 'a']);
    assert.deepEqual(
      hosts?.map((host) => host.value),
      ['web-[1-4]'],
    );
    assert.deepEqual(
      labels.map(({ key, value }) => [key.value, value.value]),
      [['role', 'core']],
    );
  });

  it('takes hosts for a count', () => {
    const step = stepOf('remove: { hosts: [web1, web2] }');
    assert.ok(step.kind === 'remove');
    assert.equal(step.count, undefined);
    assert.deepEqual(
      step.target.hosts?.map((host) => host.value),
      ['web1', 'web2'],
    );
  });

  it('reads the other verbs', () => {
    const restore = stepOf('restore: take-out');
    assert.ok(restore.kind === 'restore' && restore.step?.value === 'take-out' && restore.target === undefined);
    const target = stepOf('restore: { group: g, count: all }');
    assert.ok(target.kind === 'restore' && target.step === undefined && target.count?.value?.unit === 'all');
    const restart = stepOf('restart: { group: g, batch: 10%, takes: 5m }\ntakes: 1h');
    assert.ok(restart.kind === 'restart' && restart.takes?.value === 300 && !restart.surge);
    const replace = stepOf('replace: { group: g, surge: true }\ntakes: 1h');
    assert.ok(replace.kind === 'replace' && replace.takes?.value === 3600 && replace.surge);
    const scale = stepOf('scale: { group: g, to: 058 }');
    assert.ok(scale.kind === 'scale' && scale.to?.value === 58);
    const wait = stepOf('wait: 1h30m');
    assert.ok(wait.kind === 'wait' && wait.duration?.value === 5400);
    const check = stepOf('check: { subsystem: s, atLeast: 8 }');
    assert.ok(check.kind === 'check' && check.subsystem?.value === 's' && check.atLeast?.value?.unit === 'servers');
    const text = stepOf('check: The error rate is flat');
    assert.ok(text.kind === 'check' && text.text?.value === 'The error rate is flat');
    const manual = stepOf('manual: |\n  Look at\n  the dashboard\n');
    assert.ok(manual.kind === 'manual' && manual.text?.value === 'Look at\nthe dashboard');
    const run = stepOf('run: |\n  s3ctl status\n');
    assert.ok(run.kind === 'run' && run.script.value === 's3ctl status\n');
  });

  it('reads the steps inside', () => {
    const parallel = stepOf(
      'parallel:\n  - wait: 1m\n  - repeat: { times: 3, steps: [{ run: x }, { nonsense: y }] }\n',
    );
    assert.ok(parallel.kind === 'parallel');
    const repeat = parallel.steps[1];
    assert.ok(repeat?.kind === 'repeat' && repeat.times?.value === 3);
    assert.deepEqual(
      repeat.steps.map((step) => step.kind),
      ['run', 'broken'],
    );
  });

  it('reads what any step may have', () => {
    const step = stepOf(
      'run: x\nid: a\ndescription: d\ntakes: 5m\nwhen: it is late\npermanent: true\nintent: { effect: remove, subsystem: s, group: g, count: 4 }',
    );
    assert.deepEqual([step.id?.value, step.description?.value, step.when?.value], ['a', 'd', 'it is late']);
    assert.deepEqual([step.takes?.value, step.permanent], [300, true]);
    const { effect, subsystem, group, count } = step.intent ?? assert.fail('there is an intent');
    assert.deepEqual([effect?.value, subsystem?.value, group?.value], ['remove', 's', 'g']);
    assert.deepEqual(count?.value, { unit: 'servers', value: 4 });
  });
});

describe('parameters in a step', () => {
  const use = (source: string, values: Readonly<Record<string, string | undefined>>) => {
    const { text, spans } = marked(source);
    const step = stepOf(text, values);
    const places = step.uses.map(({ span }) => span);
    assert.equal(mark(text, places), mark(text, spans));
    return step;
  };

  it('are put in, whatever the style of the value', () => {
    for (const count of [
      '"{{ ⟦n⟧ }}"',
      "'{{⟦n⟧}}'",
      '"\\x7b{ ⟦n⟧ }}"',
      '"{{\\x20⟦n⟧ }}"',
      '|\n      {{ ⟦n⟧ }}',
      '>-\n      {{ ⟦n⟧ }}',
    ]) {
      const step = use(`remove:\n  group: g\n  count: ${count}\n`, { n: '4' });
      assert.ok(step.kind === 'remove', count);
      assert.deepEqual(step.count?.value, { unit: 'servers', value: 4 }, count);
    }
  });

  it('are found wherever they stand', () => {
    use(
      'name: Take {{ ⟦n⟧ }} of {{ ⟦pool⟧ }}\nrun: |\n  echo {{ ⟦n⟧ }} {{.Names}}\n  s3ctl {{⟦verb⟧}}\nintent: { count: "{{ ⟦n⟧ }}" }\n',
      { n: '4' },
    );
  });

  it('of inner steps are told by those', () => {
    const step = use('name: "{{ ⟦a⟧ }}"\nrepeat: { times: "{{ ⟦n⟧ }}", steps: [{ wait: "{{ m }}m" }] }\n', {
      n: '2',
      m: '5',
    });
    assert.ok(step.kind === 'repeat' && step.times?.value === 2);
    assert.deepEqual(
      step.steps[0]?.uses.map(({ name }) => name),
      ['m'],
    );
  });

  it('may make a part of a value', () => {
    const step = stepOf('remove: { hosts: "{{ pool }}-[1-{{ n }}]", count: "{{ n }}%" }', { pool: 'web', n: '5' });
    assert.ok(step.kind === 'remove');
    assert.equal(step.target.hosts?.[0]?.value, 'web-[1-5]');
    assert.deepEqual(step.count?.value, { unit: 'percent', value: 5000 });
  });

  it('without a value, or with one that does not fit, leave the value open', () => {
    for (const values of [{}, { n: undefined }, { n: 'many' }]) {
      const step = stepOf('remove: { group: g, count: "{{ n }}" }', values);
      assert.ok(step.kind === 'remove');
      assert.ok(step.count !== undefined && step.count.value === undefined);
      assert.equal(step.count.uses[0]?.name, 'n');
    }
  });
});

describe('a step that cannot be judged', () => {
  const broken = (text: string, tried: string | undefined) => {
    const step = stepOf(text);
    assert.equal(step.kind, 'broken', text);
    assert.equal(step.kind === 'broken' && step.tried, tried, text);
    assert.notEqual(checkSchema('step', tree(text)).length, 0, 'the schema says so');
  };

  it('is broken, and the schema has a finding on it', () => {
    broken('text', undefined);
    broken('[a]', undefined);
    broken('name: x', undefined);
    broken('run: x\nwait: 1m', 'run');
    broken('run:', 'run');
    broken('remove: web', 'remove');
    broken('remove: { group: a }', 'remove');
    broken('remove: { count: 4 }', 'remove');
    broken('remove: { group: a, count: 4x }', 'remove');
    broken('remove: { group: a, count: 4, batch: 0 }', 'remove');
    broken('remove: { group: a, count: 4, pause: soon }', 'remove');
    broken('remove: { group: a, count: 4, pause: }', 'remove');
    broken('remove: { group: [a], count: 4 }', 'remove');
    broken('remove: { hosts: "web[1-" }', 'remove');
    broken('remove: { hosts: [] }', 'remove');
    broken('remove: { subsystem: a, gruop: b, count: 4 }', 'remove');
    broken('restart: { group: a, btach: 2 }', 'restart');
    broken('restore: { count: 4 }', 'restore');
    broken('replace: { group: a, surge: perhaps }', 'replace');
    broken('scale: { group: a }', 'scale');
    broken('wait: 10', 'wait');
    broken('parallel: x', 'parallel');
    broken('repeat: { times: 0, steps: [] }', 'repeat');
  });

  it('is not broken by what does not bear on its effect', () => {
    for (const text of [
      'remove: { group: a, count: 4, because: x }',
      'remove: { group: a, count: 4 }\nnote: x',
      'remove: { group: a, count: 4 }\nintent: { count: many }\ntakes: long\nname: [x]',
    ]) {
      assert.equal(stepOf(text).kind, 'remove', text);
      assert.notEqual(checkSchema('step', tree(text)).length, 0);
    }
  });

  it('is broken where a quote is not closed', () => {
    const { root } = parseYaml('remove: { group: "core-a, count: 4 }\n');
    assert.equal(readStep(root, new Map()).kind, 'broken');
    assert.equal(readStep(undefined, new Map()).kind, 'broken');
  });

  it('never throws, and what the schema accepts is never broken', () => {
    const sample =
      'name: x\nremove: { group: a, hosts: "w-[1-4]", labels: { r: c }, count: 10%, batch: 2, pause: 10m }\nintent: { count: "{{ n }}" }\n';
    const edit = fc.record({
      at: fc.nat(sample.length),
      remove: fc.nat(8),
      insert: fc.constantFrom('', '"', '[', ']', '{', '}', ': ', ', ', '- ', '\n', ' ', '*', '|', '{{ n }}', '9', 'x'),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 3 }), (edits) => {
        const text = edits.reduce(
          (now, { at, remove, insert }) => now.slice(0, at) + insert + now.slice(at + remove),
          sample,
        );
        const { root, problems } = parseYaml(text);
        const step = readStep(root, new Map([['n', '4']]));
        for (const span of [step.key, step.span, ...step.uses.map((place) => place.span)]) {
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
        }
        if (problems.length === 0 && checkSchema('step', root).length === 0) assert.notEqual(step.kind, 'broken', text);
        if (problems.length === 0 && step.kind === 'broken') assert.notEqual(checkSchema('step', root).length, 0, text);
      }),
      { numRuns: 300 },
    );
  });
});
