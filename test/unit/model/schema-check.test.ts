import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkSchema } from '../../../server/src/model/schema/check.ts';
import { parseYaml } from '../../../server/src/syntax/parse.ts';
import { expectProblems, tree } from './support.ts';

describe('what a newcomer writes', () => {
  it('is read in the figure that was meant', () => {
    const cases = [
      ['remove: { group: a, count: ⟦4 servers⟧ }', '4'],
      ['remove: { group: a, count: ⟦four⟧ }', '4'],
      ['remove: { group: a, count: ⟦5 percent⟧ }', '5%'],
      ['remove: { group: a, count: ⟦0.125⟧ }', '12.5%'],
      ['remove: { group: a, count: "⟦1,000⟧" }', '1000'],
      ['remove: { group: a, count: ⟦everything⟧ }', 'all'],
      ['wait: ⟦15 minutes⟧', '15m'],
      ['wait: ⟦1 hour and 30 min⟧', '1h30m'],
      ['wait: ⟦1h 30m⟧', '1h30m'],
      ['wait: ⟦1h30⟧', '1h30m'],
      ['wait: ⟦1.5h⟧', '1h30m'],
      ['wait: ⟦0.5 hours⟧', '30m'],
      ['wait: ⟦5M⟧', '5m'],
      ['wait: ⟦PT5M⟧', '5m'],
      ['remove: { group: a, count: ⟦3.0⟧ }', '3'],
      ['remove: { group: a, count: "⟦%10⟧" }', '10%'],
      ['check: { subsystem: a, atLeast: "⟦>= 8⟧" }', '8'],
      ['run: x\npermanent: ⟦yes⟧', 'true'],
      ['run: x\npermanent: ⟦True⟧', 'true'],
    ] as const;
    for (const [step, meant] of cases) expectProblems('step', step, new RegExp(`; write \`${meant}\`\\.$`));
    expectProblems('fleet', 'fleet: x\nsubsystems:\n  a: { capacity: ⟦12 units⟧, minimum: ⟦75 percent⟧ }\n');
    expectProblems('step', 'remove: { group: a, count: ⟦$n⟧ }', /a parameter is written `"\{\{ n \}\}"`\.$/);
    expectProblems(
      'step',
      'remove: { group: a, count: "⟦{{ n | int }}⟧" }',
      /a parameter is written `"\{\{ n \}\}"`\.$/,
    );
    expectProblems('step', 'wait: ⟦5m // five⟧', /Write `5m # five`\.$/);
    expectProblems('step', '⟦wait = 5m⟧', /write `wait: 5m`\.$/);
    expectProblems('step', '⟦remove 4 servers⟧', /followed by a colon and its value, for example `remove: \{/);
    expectProblems('step', 'restart: { group: a }\n⟦pause⟧: 5m\n', /it belongs in `restart`\.$/);
    expectProblems('step', 'wait: ⟦5m\u200b⟧', /write `5m`\.$/);
    expectProblems('step', '⟦repeat⟧:\n  - wait: 5m\n', /under `steps:` inside it, beside `times: 3`\.$/);
    expectProblems('step', 'remove: { ⟦percent⟧: 10 }', /; write `count: 10%`\.$/);
    expectProblems('step', 'remove: { group: a, ⟦percent⟧: 5 % }', /; write `count: 5%`\.$/);
    expectProblems('step', 'remove: { ⟦host⟧: a }', /did you mean `hosts`\?$/);
    expectProblems('step', 'wait: ⟦soon⟧', /`soon` is none of these\.$/);
  });

  it('is understood in other words for the same thing', () => {
    expectProblems('step', '⟦sleep⟧: 5m', /did you mean `wait`\?$/);
    expectProblems('step', 'restart: { group: a, batch: 2, ⟦wait⟧: 5m }', /did you mean `pause`\?$/);
    expectProblems('step', 'check: { subsystem: a, ⟦minimum⟧: 3 }', /did you mean `atLeast`\?$/);
    expectProblems('step', 'run: ls\n⟦tags⟧: [db]', /^`tags` is not a key of a step\.$/);
    expectProblems('step', '⟦command⟧: ls', /did you mean `run`\?$/);
    expectProblems('step', '⟦if⟧: it is late\nwait: 5m', /did you mean `when`\?$/);
    expectProblems('step', 'remove: { ⟦deployment⟧: a, ⟦pods⟧: 4 }', /`group`\?$/, /`count`\?$/);
    expectProblems('step', 'remove: { ⟦nodes⟧: "a[1-4]" }', /did you mean `hosts`\?$/);
    expectProblems('step', 'remove: { group: a, ⟦nodes⟧: 4 }', /did you mean `count`\?$/);
    expectProblems('step', 'remove: { group: a, ⟦number⟧: 4 }', /did you mean `count`\?$/);
    expectProblems('runbook', '⟦title⟧: x\nsteps: [wait]\n', /did you mean `runbook`\?$/);
    expectProblems(
      'runbook',
      'runbook: x\n⟦title⟧: x\nsteps: [wait]\n',
      /^`title` is not a key of a runbook\. It may have /,
    );
    expectProblems('fleet', 'fleet: x\nsubsystems:\n  a: { ⟦size⟧: 12, ⟦min⟧: 8 }\n', /`capacity`\?$/, /`minimum`\?$/);
  });

  it('is one mistake where a key stands for the one that is missing', () => {
    expectProblems('step', 'restore: { ⟦gruppe⟧: a }', /^`gruppe` is not a key of `restore`\. It may have/);
    expectProblems('step', 'check: { ⟦group⟧: a, atLeast: 3 }', /^`group` is not a key of `check`\./);
    expectProblems('step', 'scale: { group: a, ⟦by⟧: 2 }', /^`by` is not a key of `scale`\./);
    expectProblems('step', 'repeat: { times: 3, ⟦remove⟧: { group: a } }', /; it belongs in an item of `steps`, for/);
    expectProblems(
      'step',
      '⟦remove⟧: { group: a, ⟦permanent⟧: true }',
      /not say how many/,
      /; it belongs beside `remove`/,
    );
    expectProblems('step', 'remove:\n  group: a\n⟦count⟧: 2\n', /; it belongs in `remove`\.$/);
    expectProblems(
      'fleet',
      'fleet: x\nsubsystems:\n  a: { capacity: 4, ⟦floor_⟧: 3 }\n',
      /is not a key of a subsystem\./,
    );
    expectProblems(
      'runbook',
      'runbook: x\nparameters:\n  pool:\n⟦default⟧: web\nsteps: []\n',
      /; it belongs in `pool`\. Indent it further\.$/,
    );
    expectProblems(
      'runbook',
      'runbook: x\nsteps:\n- name: Stop\n⟦remove⟧: { group: a, count: 2 }\n',
      /; it belongs to the item of `steps` above\. Indent it like/,
    );
  });

  it('is one mistake where the indentation is lost', () => {
    expectProblems('step', 'remove:\n⟦group⟧: a\ncount: 2\n', /^`group` and `count` belong in `remove`\. Indent them/);
    expectProblems('fleet', 'fleet: x\nsubsystems:\n  a:\n  ⟦minimum⟧: 8\n', /^`minimum` belongs in `a`\. Indent it/);
  });

  it('is one mistake where all of a file stands at the wrong place', () => {
    expectProblems(
      'runbook',
      '⟦runbook⟧:\n  name: x\n  steps: []\n',
      /one line of text\. `name` and `steps` stand beside it/,
    );
    expectProblems('runbook', '⟦-⟧ wait: 1m\n- wait: 2m\n', /put this list under `steps:`\.$/);
    expectProblems('runbook', '⟦Just look.⟧', /put what is here under `steps:`\.$/);
    expectProblems('runbook', 'runbook: x\n⟦steps⟧:\n  a: { wait: 1m }\n', /Begin each item with a dash\.$/);
    expectProblems('fleet', 'fleet: x\n⟦subsystems⟧:\n  - a: { minimum: 1 }\n', /Leave out the dashes/);
    const minimum = (text: string) => `fleet: x\nsubsystems:\n  a:\n    capacity: 9\n    ⟦minimum⟧: ${text}\n`;
    expectProblems('fleet', minimum('{ value: 6, during: "Sat" }'), /Put brackets around it: `\[\{ … \}\]`\.$/);
    expectProblems('fleet', minimum('\n      value: 6\n      during: Sat'), /Begin each item with a dash\.$/);
  });

  it('is one mistake where a step has no verb', () => {
    expectProblems('step', '⟦action⟧: remove\ngroup: a\ncount: 4\n', /`action` is none\.$/);
    expectProblems('step', '⟦wait 5m⟧', /^A colon and a space are missing: write `wait: 5m`\.$/);
    expectProblems('step', '⟦wait:5m⟧', /write `wait: 5m`\.$/);
    expectProblems('step', 'remove: { group: a, count: ⟦1,000⟧ }', /; write `1000`\.$/);
    expectProblems('step', 'remove: { group: a, pause: ⟦1,5h⟧, count: ⟦1,000,000⟧ }');
    expectProblems('step', 'remove: { group: a, ⟦400⟧, count: 1 }', /`400` is not a key/);
  });
});

describe('the form of a step', () => {
  it('is said in one finding on the value at fault', () => {
    expectProblems(
      'step',
      'remove: { group: a, count: ⟦4x⟧ }',
      /^`count` must be a whole number, a percent such as `10%`, or `all`; `4x` is none of these\.$/,
    );
    expectProblems('step', 'remove: { group: a, count: ⟦66.6667%⟧ }', /^`count` may have three decimals at most; /);
    expectProblems('step', 'wait: ⟦10⟧', /^`wait` must be a duration such as .*; `10` is none of these\.$/);
    expectProblems('step', 'remove:\n  group: a\n  count: "⟦four⟧"\n', /`four`/);
    expectProblems(
      'step',
      'scale: { group: a, to: ⟦-1⟧ }',
      /^`to` must be a whole number of at least 0; `-1` is not\.$/,
    );
    expectProblems('step', 'scale: { group: a, to: ⟦99999999999⟧ }', /larger than 1000000000/);
    expectProblems(
      'runbook',
      'runbook: x\nparameters:\n  share: { default: 10%, maximum: ⟦20%⟧ }\nsteps: []\n',
      /; `20%` is not\. Write the `%` where it is used: `"\{\{ share \}\}%"`\.$/,
    );
    expectProblems('step', 'restart: { group: a, batch: ⟦0⟧ }', /at least 1/);
    expectProblems('step', 'run: x\npermanent: ⟦maybe⟧', /`true` or `false`/);
    expectProblems('step', 'remove: ⟦web⟧', /^`remove` must be a mapping .* An example: `{ group: web, count: 4/);
    expectProblems('step', 'run: x\nintent: { effect: ⟦remvoe⟧ }', /did you mean `remove`\?/);
  });

  it('says what to write where the whole is of another form', () => {
    expectProblems('step', 'restore: { ⟦id⟧: take-out }', /^A `restore` has .* Write `restore: take-out`\.$/);
    expectProblems('step', 'restore:\n  ⟦id⟧: take-out', /Write `restore: take-out`\.$/);
    expectProblems(
      'step',
      '⟦remove⟧: [web01, web02]',
      /Put the list under `hosts`: `\{ hosts: \[web01, web02\] \}`\.$/,
    );
    expectProblems('step', '⟦restore⟧: [one, two]', /Write a step for each id, or put names of hosts under `hosts`: /);
    expectProblems('step', '⟦restart⟧:\n  - a\n  - b\n  - c\n  - d', /`\{ hosts: \[a, b, c, …\] \}`\.$/);
    expectProblems('step', '⟦parallel⟧:\n  steps:\n    - wait: 1m', /Leave out `steps:`/);
    expectProblems('step', 'repeat: { ⟦count⟧: 3, steps: [{ wait: 1m }] }', /did you mean `times`\?$/);
  });

  it('stands on the key where something is missing', () => {
    expectProblems('step', '⟦remove⟧: { group: a }', /does not say how many: add `count`/);
    expectProblems('step', '⟦remove⟧: { count: 4 }', /does not say which servers/);
    expectProblems('step', '⟦restart⟧: {}', /does not say which servers/);
    expectProblems('step', '⟦remove⟧:', /^`remove` has no value; it must be a mapping/);
    expectProblems('step', 'remove: { group: a, count: 4, ⟦batch⟧: }', /^`batch` has no value/);
    expectProblems('step', '⟦scale⟧: { group: a }', /^`scale` has no `to`\. Add it, for example `to: 58`\.$/);
    expectProblems('step', '⟦check⟧: { atLeast: 8 }', /has no `subsystem`/);
    expectProblems('step', 'remove: { ⟦hosts⟧: [] }', /`hosts` is empty/);
  });

  it('says what an unknown key was meant for, and nothing of what that key leaves missing', () => {
    expectProblems(
      'step',
      'remove: { group: a, ⟦cuont⟧: 4 }',
      /^`cuont` is not a key of `remove`; did you mean `count`\?$/,
    );
    expectProblems('step', 'remove: { ⟦gruop⟧: a, count: 4 }', /did you mean `group`/);
    expectProblems('step', '⟦remvoe⟧: { group: a, count: 4 }', /did you mean `remove`/);
    expectProblems('step', 'wait: 10m\n⟦reason⟧: x', /^`reason` is not a key of a step\.$/);
  });

  it('says where a key belongs that stands in the wrong place', () => {
    expectProblems(
      'step',
      'remove: { group: a, count: 1, ⟦permanent⟧: true }',
      /it belongs beside `remove`, not in it\.$/,
    );
    expectProblems(
      'step',
      'restart: { group: a }\n⟦batch⟧: 2',
      /^`batch` is not a key of a step; it belongs in `restart`\.$/,
    );
    expectProblems(
      'fleet',
      'fleet: x\nsubsystems:\n  a: { minimum: 1 }\n⟦capacity⟧: 3\n',
      /^`capacity` is not a key of a fleet\./,
    );
  });

  it('offers a list of hosts as it is written here', () => {
    const newText = (hosts: string) =>
      checkSchema('step', tree(`restart: { hosts: ${hosts} }`))[0]?.replacement?.newText;
    assert.equal(newText('"web{01..12}, db1"'), 'web[01-12],db1');
    assert.equal(newText('web01..web12'), '"web[01-12]"');
    assert.equal(newText('"web*"'), undefined);
  });

  it('offers the spelling unseen only where there is one candidate, one slip away', () => {
    const [one] = checkSchema('step', tree('remove: { group: a, coun: 4 }'));
    assert.equal(one?.replacement?.newText, 'count');
    assert.equal(one?.replacement?.spelling, true);
    const [two] = checkSchema('step', tree('remove: { group: a, cuont: 4 }'));
    assert.equal(two?.replacement?.spelling, false);
    const twice = checkSchema('step', tree('remove: { group: a, coun: 4, counts: 5 }'));
    assert.deepEqual(
      twice.map((problem) => problem.replacement?.spelling),
      [false, false],
    );
  });

  it('is exactly one of the verbs', () => {
    expectProblems('step', '⟦name⟧: x', /^A step is exactly one of `run`.*; this one is none\.$/);
    expectProblems('step', 'name: x\n⟦frobnicate⟧: y', /`frobnicate` is none\.$/);
    expectProblems('step', 'run: x\n⟦wait⟧: 10m', /is `run` and `wait`\. Make two steps of it\.$/);
    expectProblems('step', '⟦text⟧', /each with a colon and its value/);
    assert.match(checkSchema('step', undefined)[0]?.message ?? '', /^This step is empty\./);
  });

  it('goes into the steps inside', () => {
    expectProblems('step', 'parallel:\n  - wait: ⟦1x⟧\n  - repeat: { times: ⟦0⟧, steps: [{ ⟦wiat⟧: 1m }] }\n');
    expectProblems('step', '⟦parallel⟧: []');
    expectProblems('step', '⟦repeat⟧: { times: 2 }', /has no `steps`/);
  });

  it('lets a parameter stand for any value', () => {
    expectProblems('step', 'remove: { group: "{{ g }}", count: "{{ n }}", batch: "{{ p }}%", pause: "{{ m }}m" }');
    expectProblems('step', 'run: x\nintent: { effect: "{{ e }}" }\npermanent: "{{ p }}"');
    expectProblems('step', 'remove: { group: a, count: "⟦{{.Names}}⟧" }');
  });

  it('reads lists of hosts', () => {
    expectProblems('step', 'restore: { hosts: "⟦web[1-⟧" }', /is not a list of hosts/);
    expectProblems('step', 'remove: { hosts: [web1, "⟦web*⟧"] }');
    expectProblems('step', 'restart: { hosts: "*" }');
    expectProblems('step', 'remove: { hosts: "{{ hosts }}" }');
  });

  it('accepts every step of the contract', () => {
    for (const step of [
      'name: Take four billing servers out\nid: take-out\nrun: s3ctl remove --subsystem billing --count {{ count }}\nintent: { subsystem: billing, count: 4 }',
      'wait: 15m',
      'check: Error rate of billing is flat',
      'check: { subsystem: billing, atLeast: 8 }',
      'remove: { group: core-a, count: 4, batch: 2, pause: 10m }',
      'restart: { group: core-b, batch: 10%, takes: 5m }',
      'replace: { labels: { role: core }, zone: a, surge: true }',
      'scale: { group: core-a, to: 58 }',
      'parallel:\n  - restart: { group: core-a, batch: 2 }\n  - run: |\n      kubectl drain node-{1..3}\n',
      'repeat: { times: 3, steps: [{ wait: 1m }] }',
      'manual: Look at the dashboard',
      'restore: take-out\nwhen: the errors are gone\ntakes: 1h30m\npermanent: true\ndescription: x',
    ]) {
      expectProblems('step', step);
    }
  });
});

describe('the form of a file', () => {
  it('checks everything of a runbook but its steps', () => {
    expectProblems('runbook', 'runbook: x\nsteps:\n  - nonsense\n');
    expectProblems('runbook', '⟦fleet⟧: ./x.fleet.yaml\n', /has no `runbook`/);
    expectProblems('runbook', 'runbook: x\nsteps: ⟦foo⟧', /^`steps` must be a list/);
    expectProblems('runbook', 'runbook: x\nsteps: []\nparameters:\n  n: { maximum: ⟦many⟧, ⟦defualt⟧: 4 }\n  m: ⟦4⟧');
    expectProblems('runbook', 'runbook: x\nsteps: []\nwindow: { during: "⟦Mon-Fry⟧" }', /days and hours/);
    for (const during of ['Sat 02:00-06:00', 'Mon-Fri 06:00-18:00', 'Mon,Wed-Fri 6:00-24:00', '22:00-06:00', 'Sun']) {
      expectProblems(
        'runbook',
        `runbook: x\nsteps: []\nwindow: { during: "${during}", timezone: America/Los_Angeles }`,
      );
    }
  });

  it('takes no short name of a time zone for one of the places that it may mean', () => {
    const inZone = (zone: string) => `runbook: x\nsteps: []\nwindow: { during: "Sat", timezone: ${zone} }`;
    for (const zone of ['⟦BST⟧', '⟦PST⟧', '⟦ist⟧']) expectProblems('runbook', inZone(zone), /IANA database, such as/);
    for (const zone of ['UTC', 'CET', 'EST', 'PST8PDT', 'Etc/GMT+2']) expectProblems('runbook', inZone(zone));
  });

  it('says where the rules of a configuration belong', () => {
    expectProblems('config', '⟦below-minimum⟧: off\n', /; it belongs in `rules`, indented below `rules:`\.$/);
    expectProblems('config', 'rules:\n  no-margin: off\n⟦count-slip⟧: off\n', /; it belongs in `rules`/);
  });

  it('accepts the whole fleet of the contract', () => {
    expectProblems('fleet', wholeFleet);
    expectProblems('fleet', 'fleet: demo\nsubsystems:\n  billing: { capacity: 12, minimum: 8 }\n');
  });

  it('says what is wrong in a fleet', () => {
    const fleet = (rest: string) => `fleet: x\nsubsystems:\n${rest}`;
    expectProblems('fleet', fleet('  ⟦b⟧: {}'), /^The subsystem `b` has no `minimum`\./);
    expectProblems('fleet', fleet('  b: { ⟦hosts⟧: [b1], minimum: 1 }'), /it belongs to servers, in `groups: \{ b-1: /);
    expectProblems('fleet', fleet('  b: { ⟦count⟧: 4, minimum: 1 }'), /did you mean `capacity`\?$/);
    expectProblems('fleet', fleet('  b: { ⟦capcity⟧: 1, minimum: ⟦8.5⟧ }'), /not a key of a subsystem/);
    expectProblems('fleet', fleet('  b: { minimum: [{ ⟦during⟧: Sat }] }'), /^This minimum has no `value`/);
    expectProblems('fleet', fleet('  b: { minimum: 1 }\ngroups:\n  ⟦g⟧: { serves: [b] }'), /how many servers it has/);
    expectProblems(
      'fleet',
      fleet('  b: { minimum: 1 }\ngroups:\n  g: { count: 1, ⟦serve⟧: [b] }'),
      /did you mean `serves`/,
    );
    expectProblems('fleet', fleet('  b: { minimum: 1 }\ngroups:\n  g: { count: 1, serves: ⟦b⟧ }'), /must be a list/);
    expectProblems('fleet', fleet('  b: { minimum: 1 }\ngroups:\n  g: { hosts: "⟦a[1-⟧", serves: { b: ⟦0⟧ } }'));
    expectProblems('fleet', fleet('  b: { minimum: 1 }\nremoval: { ⟦limit⟧: 5% }'), /only together with `window`/);
    expectProblems('fleet', 'fleet: x\n⟦subsystems⟧: {}', /is empty/);
    expectProblems('fleet', '⟦-⟧ a', /^A fleet is a mapping of keys and values\. Begin with `fleet:`/);
  });

  it('says what is wrong in commands', () => {
    expectProblems(
      'commands',
      'commands:\n  - tool: x\n    usages:\n      - usage: a\n        ⟦efect⟧: none\n',
      /key of a usage/,
    );
    expectProblems(
      'commands',
      'commands:\n  - ⟦usages⟧: [{ usage: a, effect: ⟦remve⟧, in: { json: <count> } }]\n',
      /^This tool has no `tool`/,
    );
    expectProblems('commands', '⟦-⟧ tool: x\n  usages: [{ usage: a, effect: none }]\n', /under `commands:`/);
    expectProblems('commands', '⟦tool⟧: x\nusages: [{ usage: a, effect: none }]\n', /under `commands:`/);
    expectProblems(
      'commands',
      'commands:\n  - tool: ⟦x remove⟧\n    usages: [{ usage: a, effect: none }]\n',
      /must be the name of a program, one word/,
    );
    expectProblems('commands', '⟦tools⟧: []', /is not a key of a commands file\. It may have `commands`\.$/);
  });

  it('says what is wrong in a configuration', () => {
    expectProblems(
      'config',
      'rules: { count-slip: ⟦of⟧, ⟦no-efect⟧: off, ⟦made-up⟧: off }',
      /did you mean `off`/,
      /did you mean `no-effect`/,
      /^There is no rule `made-up`\.$/,
    );
    expectProblems('config', 'rules: { count-slip: off, no-effect: hint }');
  });

  it('says that a file is empty', () => {
    for (const kind of ['runbook', 'fleet', 'commands', 'config'] as const) {
      assert.match(checkSchema(kind, undefined)[0]?.message ?? '', /^This file is empty\./);
    }
  });
});

const wholeFleet = `fleet: s3-us-east-1
description: x
environment: production
subsystems:
  billing:
    minimum: 8
  index:
    minimum: 75%
    minimumPerZone: 10
    survives: { hosts: 2 }
    recovery: 3h
    removal: { limit: 5%, window: 10m }
  placement:
    minimum:
      - { value: 60 }
      - { value: 90, during: "Mon-Fri 06:00-18:00", timezone: America/Los_Angeles }
    dependsOn: [index]
groups:
  billing-only: { count: 12, serves: [billing], zone: a }
  core-a:  { count: 60, serves: [billing, index, placement], zone: a, unavailable: 2, warmup: 10m }
  core-b:  { hosts: "core-b[001-060]", serves: { index: 1, placement: 2 }, zone: b, labels: { role: core }, aliases: [core-asg-1b], unavailable: [core-b007] }
removal: { limit: 5%, window: 10m, zonesAtOnce: 1 }
commands:
  - tool: s3ctl
    globals: ["-n|--namespace <_>"]
    hostsNotation: comma
    map: { web: web-asg }
    usages:
      - usage: "remove --subsystem <subsystem> [-n|--count <count>]"
        effect: remove
        absent: all
        variants: [{ if: [--permanent], effect: remove, lasts: permanent, speed: 10% }]
        allIf: [--all]
        dryRunIf: ["--dry-run=client"]
        unguardedIf: [--force]
        speed: { batch: <batch>, absent: all-at-once }
        lasts: until-reversed
        guards: [pdb, prompt]
        hostsNotation: nodeset
        map: { a: b }
        environments: { prod-cluster: production }
        in: { json: <count>, path: spec.replicas, option: -p }
        undo: "s3ctl restore --count <count>"
commandFiles: [./s3ctl.commands.yaml]
outside: [descheduler, "test-*"]
`;

describe('checking the form', () => {
  it('never throws and never leaves the text, whatever a text has become', () => {
    const edit = fc.record({
      at: fc.nat(wholeFleet.length),
      remove: fc.nat(12),
      insert: fc.constantFrom('', '"', '[', '{', ': ', '- ', '\n', '  ', '&a ', '*a', '|', '#', '{{ x }}', '9'),
    });
    fc.assert(
      fc.property(
        fc.array(edit, { maxLength: 4 }),
        fc.constantFrom('fleet', 'runbook', 'step', 'commands', 'config'),
        (edits, kind) => {
          const text = edits.reduce(
            (now, { at, remove, insert }) => now.slice(0, at) + insert + now.slice(at + remove),
            wholeFleet,
          );
          for (const { span, message } of checkSchema(kind, parseYaml(text).root)) {
            assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
            assert.doesNotMatch(message, /undefined|\[object/);
          }
        },
      ),
    );
  });

  it('is not led astray by names that objects have of themselves', () => {
    expectProblems('step', 'remove: { group: a, count: 1, ⟦__proto__⟧: x, ⟦constructor⟧: y, ⟦toString⟧: z }');
    expectProblems('fleet', 'fleet: x\nsubsystems:\n  __proto__: { minimum: 1 }\n  constructor: { minimum: ⟦x⟧ }\n');
  });

  it('takes ten thousand mistakes in its stride', () => {
    const text = `rules:\n${Array.from({ length: 10_000 }, (_, i) => `  made-up-${i}: off\n`).join('')}`;
    const start = performance.now();
    assert.equal(checkSchema('config', tree(text)).length, 10_000);
    assert.ok(performance.now() - start < 5000);
  });
});
