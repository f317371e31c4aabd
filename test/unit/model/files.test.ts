import assert from 'node:assert/strict';
import { readCommandsFile } from '../../../server/src/model/commands-file.ts';
import { readConfig } from '../../../server/src/model/config.ts';
import { readFleet } from '../../../server/src/model/fleet-file.ts';
import { readHead } from '../../../server/src/model/head.ts';
import type { Leaf } from '../../../server/src/model/leaf.ts';
import { parseYaml } from '../../../server/src/syntax/parse.ts';
import { marked } from '../../support/markers.ts';
import { tree } from './support.ts';

const values = (leaves: readonly Leaf<unknown>[] | undefined) => leaves?.map(({ value }) => value);

describe('reading the head of a runbook', () => {
  it('reads every key', () => {
    const { text, spans } = marked(
      '⟦runbook⟧: "⟦Debug billing⟧"\ndescription: d\nfleet: [./a.fleet.yaml, ./b.fleet.yaml]\nenvironment: production\n' +
        'window: { during: "Sat 02:00-06:00", timezone: Europe/Berlin }\n' +
        'parameters:\n  ⟦count⟧: { default: ⟦4⟧, minimum: 1, maximum: 8, description: x }\n  pool: { enum: [a, b] }\nsteps: []\n',
    );
    const head = readHead(tree(text));
    assert.deepEqual(head.titleKey, spans[0]);
    assert.deepEqual([head.title?.value, head.title?.span], ['Debug billing', spans[1]]);
    assert.deepEqual(values(head.fleets), ['./a.fleet.yaml', './b.fleet.yaml']);
    assert.deepEqual([head.environment?.value, head.description?.value], ['production', 'd']);
    assert.deepEqual([head.window?.during?.value, head.window?.timezone?.value], ['Sat 02:00-06:00', 'Europe/Berlin']);
    const [count, pool] = head.parameters;
    assert.deepEqual([count?.name.span, count?.default?.span], [spans[2], spans[3]]);
    assert.deepEqual([count?.default?.value, count?.minimum?.value, count?.maximum?.value], ['4', 1, 8]);
    assert.deepEqual(values(pool?.allowed), ['a', 'b']);
  });

  it('takes one path for a list of one, and puts parameters in', () => {
    const head = readHead(tree('fleet: "./{{ region }}.fleet.yaml"\nparameters: { region: { default: east } }\n'));
    assert.deepEqual(values(head.fleets), ['./east.fleet.yaml']);
  });

  it('leaves out what is malformed', () => {
    const head = readHead(
      tree('runbook: [x]\nfleet: { a: b }\nwindow: soon\nparameters:\n  a: 4\n  b: { maximum: many }\n'),
    );
    assert.deepEqual([head.title, head.window, head.fleets.length], [undefined, undefined, 0]);
    assert.deepEqual(
      head.parameters.map((parameter) => [parameter.name.value, parameter.maximum]),
      [
        ['a', undefined],
        ['b', undefined],
      ],
    );
    assert.deepEqual(readHead(undefined).parameters, []);
  });
});

describe('reading a fleet', () => {
  it('reads subsystems', () => {
    const fleet = readFleet(
      tree(
        'fleet: x\nsubsystems:\n  a: { capacity: 12, minimum: 8, minimumPerZone: 50%, survives: { hosts: 2 }, recovery: 3h, dependsOn: [b], removal: { limit: 5%, window: 10m } }\n' +
          '  b:\n    minimum:\n      - { value: 60 }\n      - { value: 75%, during: "Mon 06:00-18:00", timezone: UTC }\nremoval: { zonesAtOnce: 1 }\noutside: [x, "test-*"]\n',
      ),
    );
    const [a, b] = fleet.subsystems;
    assert.deepEqual([a?.name.value, a?.capacity?.value, a?.recovery?.value], ['a', 12, 10_800]);
    assert.deepEqual(
      a?.minimums.map(({ value }) => value.value),
      [{ unit: 'servers', value: 8 }],
    );
    assert.deepEqual(a?.minimumPerZone?.value, { unit: 'percent', value: 50_000 });
    assert.deepEqual([a?.survives?.hosts?.value, a?.survives?.zones], [2, undefined]);
    assert.deepEqual([values(a?.dependsOn), a?.removal?.window?.value], [['b'], 600]);
    assert.deepEqual(
      b?.minimums.map(({ value, during, timezone }) => [value.value?.unit, during?.value, timezone?.value]),
      [
        ['servers', undefined, undefined],
        ['percent', 'Mon 06:00-18:00', 'UTC'],
      ],
    );
    assert.deepEqual([fleet.removal?.zonesAtOnce?.value, fleet.removal?.limit], [1, undefined]);
    assert.deepEqual(values(fleet.outside), ['x', 'test-*']);
  });

  it('reads groups in every form', () => {
    const fleet = readFleet(
      tree(
        'groups:\n  a: { count: 60, serves: [x, y], zone: z, unavailable: 2, warmup: 10m }\n' +
          '  b: { hosts: "b[1-9]", serves: { x: 1, y: 2 }, labels: { role: core }, aliases: [c], unavailable: "b[1-2]" }\n' +
          '  c: { hosts: [c1, c2], serves: [], unavailable: [c1] }\n',
      ),
    );
    const [a, b, c] = fleet.groups;
    assert.deepEqual(
      [a?.count?.value, a?.zone?.value, a?.warmup?.value, a?.unavailable?.count?.value],
      [60, 'z', 600, 2],
    );
    assert.deepEqual(
      a?.serves.map(({ subsystem, units }) => [subsystem.value, units]),
      [
        ['x', undefined],
        ['y', undefined],
      ],
    );
    assert.deepEqual(
      b?.serves.map(({ subsystem, units }) => [subsystem.value, units?.value]),
      [
        ['x', 1],
        ['y', 2],
      ],
    );
    assert.deepEqual(
      [values(b?.hosts), values(b?.unavailable?.hosts), values(b?.aliases)],
      [['b[1-9]'], ['b[1-2]'], ['c']],
    );
    assert.deepEqual(
      b?.labels.map(({ key, value }) => [key.value, value.value]),
      [['role', 'core']],
    );
    assert.deepEqual([values(c?.hosts), values(c?.unavailable?.hosts)], [['c1', 'c2'], ['c1']]);
  });

  it('takes braces for what they are', () => {
    assert.equal(readFleet(tree('fleet: "{{ name }}"')).name?.value, '{{ name }}');
  });

  it('leaves out what is malformed, and the first of two keys counts', () => {
    const fleet = readFleet(
      parseYaml(
        'fleet: [x]\nsubsystems:\n  a: { minimum: lots }\n  a: { minimum: 1 }\n  b: 4\n  c:\ngroups: x\ncommands: y\n',
      ).root,
    );
    assert.equal(fleet.name, undefined);
    assert.deepEqual(
      fleet.subsystems.map(({ name, minimums }) => [name.value, minimums.length]),
      [
        ['a', 0],
        ['b', 0],
        ['c', 0],
      ],
    );
    assert.deepEqual([fleet.groups, fleet.commands], [[], []]);
    assert.deepEqual(readFleet(undefined).subsystems, []);
  });
});

describe('reading commands', () => {
  it('reads every key', () => {
    const { tools } = readCommandsFile(
      tree(
        'commands:\n  - tool: s3ctl\n    globals: ["-n <_>"]\n    hostsNotation: comma\n    map: { a: b }\n    usages:\n' +
          '      - usage: "remove <target>"\n        effect: remove\n        absent: all\n        variants: [{ if: [--x], effect: none, lasts: permanent, speed: 2 }]\n' +
          '        allIf: [--all]\n        dryRunIf: [--dry]\n        unguardedIf: [--force]\n        speed: { batch: <batch>, absent: one-by-one }\n        lasts: self-healing\n' +
          '        guards: [pdb]\n        hostsNotation: glob\n        map: { c: d }\n        environments: { p: production }\n        in: { yaml: <count>, path: a.b, option: -p }\n        undo: "s3ctl restore"\n' +
          '      - { usage: status, effect: none, speed: 10% }\n',
      ),
    );
    const [tool] = tools;
    assert.deepEqual(
      [tool?.tool.value, values(tool?.globals), tool?.hostsNotation?.value],
      ['s3ctl', ['-n <_>'], 'comma'],
    );
    assert.equal(tool?.map.get('a'), 'b');
    const [usage, status] = tool?.usages ?? [];
    assert.deepEqual(
      [usage?.effect?.value, usage?.absent?.value, usage?.lasts?.value],
      ['remove', 'all', 'self-healing'],
    );
    const [variant] = usage?.variants ?? [];
    assert.deepEqual([values(variant?.when), variant?.effect?.value, variant?.speed?.value], [['--x'], 'none', '2']);
    assert.deepEqual([usage?.allIf, usage?.dryRunIf, usage?.unguardedIf].map(values), [
      ['--all'],
      ['--dry'],
      ['--force'],
    ]);
    assert.ok(usage?.speed !== undefined && 'batch' in usage.speed);
    assert.deepEqual([usage.speed.batch.value, usage.speed.absent?.value], ['<batch>', 'one-by-one']);
    const { format, role, path, option } = usage.inside[0] ?? assert.fail('there is an `in`');
    assert.deepEqual([format, role.value, path?.value, option?.value], ['yaml', '<count>', 'a.b', '-p']);
    assert.deepEqual([usage.environments.get('p'), usage.undo?.value], ['production', 's3ctl restore']);
    assert.ok(status?.speed !== undefined && 'value' in status.speed && status.speed.value === '10%');
  });

  it('leaves out tools and usages that say nothing', () => {
    const { tools } = readCommandsFile(
      tree('commands: [x, { usages: [] }, { tool: t, usages: [y, { effect: none }, { usage: z, effect: w }] }]'),
    );
    assert.deepEqual(
      tools.map(({ tool, usages }) => [tool.value, usages.map(({ usage, effect }) => [usage.value, effect])]),
      [['t', [['z', undefined]]]],
    );
  });
});

describe('reading a configuration', () => {
  it('reads severities', () => {
    const { rules } = readConfig(tree('rules: { count-slip: off, no-effect: hint, schema: loud, syntax: }'));
    assert.deepEqual(
      [...rules],
      [
        ['count-slip', 'off'],
        ['no-effect', 'hint'],
      ],
    );
    assert.equal(readConfig(undefined).rules.size, 0);
  });
});
