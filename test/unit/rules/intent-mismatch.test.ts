import assert from 'node:assert/strict';
import { fixed, reports } from '../../support/rule-tester.ts';

const fleet = `fleet: demo
subsystems:
  billing: { minimum: 0 }
  index: { minimum: 0 }
groups:
  billing-only: { hosts: "b[01-12]", serves: [billing] }
  core: { count: 60, serves: [billing, index] }
  index-only: { count: 20, serves: [index] }
commands:
  - tool: s3ctl
    usages:
      - usage: "remove --subsystem <subsystem> [-n|--count <count>]"
        effect: remove
      - usage: "restore --subsystem <subsystem> [-n|--count <count>]"
        effect: restore
      - usage: "restart <hosts...>"
        effect: restart
      - usage: "take <hosts...>"
        effect: remove
      - usage: "scale <group> --size <count>"
        effect: scale-to
      - usage: "look"
        effect: none
`;

function step(text: string): Record<string, string> {
  return { 'x.runbook.yaml': `runbook: x\nsteps:\n  - ${text.replaceAll('\n', '\n    ')}\n`, 'x.fleet.yaml': fleet };
}

describe('intent-mismatch', () => {
  const wrong: Readonly<Record<string, string>> = {
    'another count': 'remove: { group: core, count: ⟦40⟧ }\nintent: { count: 4 }',
    'another count, typed': 'run: s3ctl remove --subsystem billing -n ⟦40⟧\nintent: { subsystem: billing, count: 4 }',
    'commands that add up':
      'run: |\n  s3ctl remove --subsystem billing -n ⟦3⟧\n  s3ctl remove --subsystem billing -n 3\nintent: { count: 4 }',
    'turns that add up': 'run: for i in ⟦1 2 3⟧; do s3ctl remove --subsystem billing -n 2; done\nintent: { count: 4 }',
    'rounds that add up':
      'repeat:\n  times: 3\n  steps:\n    - remove: { group: core, count: 2 }\nintent: { count: 4 }',
    'named hosts': 'run: s3ctl take ⟦b[01-05]⟧\nintent: { count: 4 }',
    'another subsystem': 'run: s3ctl remove --subsystem ⟦index⟧ -n 4\nintent: { subsystem: billing, count: 4 }',
    'a group that does not serve it': 'remove: { group: ⟦index-only⟧, count: 4 }\nintent: { subsystem: billing }',
    'another group': 'remove: { group: ⟦core⟧, count: 4 }\nintent: { group: billing-only }',
    'another effect': 'run: s3ctl ⟦restart⟧ b01\nintent: { effect: remove }',
    'a removal that is meant to restore': '⟦remove⟧: { group: core, count: 4 }\nintent: { effect: restore }',
    'a removal that is meant to restart': '⟦remove⟧: { group: core, count: 4 }\nintent: { effect: restart }',
    'a change where none is meant': '⟦remove⟧: { group: core, count: 4 }\nintent: { effect: none }',
    'nothing where a change is meant': 'run: ⟦s3ctl⟧ look\nintent: { effect: remove }',
    'a size in place of a difference': 'scale: { group: core, to: ⟦4⟧ }\nintent: { effect: remove, count: 4 }',
    'a size in place of a difference, typed': 'run: s3ctl scale core --size ⟦4⟧\nintent: { effect: remove, count: 4 }',
    'another size': 'scale: { group: core, to: ⟦40⟧ }\nintent: { effect: scale-to, count: 50 }',
    'another percent': 'remove: { group: core, count: ⟦20%⟧ }\nintent: { count: 2% }',
    'a parallel step':
      'parallel:\n  - remove: { group: core, count: 2 }\n  - remove: { group: core, count: 3 }\nintent: { count: 4 }',
  };
  for (const [name, text] of Object.entries(wrong)) {
    // What stands on an inner step is marked by its outer one.
    if (text.startsWith('repeat') || text.startsWith('parallel')) continue;
    it(`speaks of ${name}`, async () => {
      const [finding] = await reports('intent-mismatch', step(text));
      assert.equal(finding?.severity, 'error');
    });
  }
  const right: Readonly<Record<string, string>> = {
    'the same count': 'remove: { group: core, count: 4 }\nintent: { group: core, subsystem: index, count: 4 }',
    'commands that add up':
      'run: |\n  s3ctl remove --subsystem billing -n 2\n  s3ctl remove --subsystem billing -n 2\nintent: { effect: remove, count: 4 }',
    'turns that add up': 'run: for i in 1 2; do s3ctl remove --subsystem billing -n 2; done\nintent: { count: 4 }',
    'rounds that add up':
      'repeat:\n  times: 2\n  steps:\n    - remove: { group: core, count: 2 }\nintent: { count: 4 }',
    'a stop and a start':
      'run: |\n  s3ctl remove --subsystem billing -n 4\n  s3ctl restore --subsystem billing -n 4\nintent: { effect: restart, count: 4 }',
    'what is put back beside what is taken':
      'run: |\n  s3ctl remove --subsystem billing -n 4\n  s3ctl restore --subsystem billing -n 1\nintent: { effect: remove, count: 4 }',
    'a difference by a size': 'scale: { group: core, to: 56 }\nintent: { effect: remove, count: 4 }',
    'a size beside a size': 'scale: { group: core, to: 56 }\nintent: { count: 56 }',
    'an unknown count': 'run: s3ctl remove --subsystem billing -n $N\nintent: { subsystem: billing, count: 4 }',
    'a command that nobody declared': 'run: other remove billing\nintent: { effect: remove, count: 4 }',
    'something that a person does': 'manual: Take four out\nintent: { effect: remove, count: 4 }',
    'named hosts': 'run: s3ctl take b[01-04]\nintent: { count: 4, group: billing-only }',
    'nothing where none is meant': 'run: s3ctl look\nintent: { effect: none }',
    'a restart': 'restart: { group: core, batch: 2 }\nintent: { effect: replace, subsystem: index }',
    'a restore of nothing, of which `no-effect` speaks': 'restore: { group: core }\nintent: { group: core, count: 4 }',
    'a percent': 'remove: { group: core, count: 5% }\nintent: { count: 5% }',
  };
  for (const [name, text] of Object.entries(right)) {
    it(`says nothing of ${name}`, async () => void (await reports('intent-mismatch', step(text))));
  }
  it('is a warning where the step may touch others too', async () => {
    const [finding] = await reports(
      'intent-mismatch',
      step('run: s3ctl remove --subsystem ⟦billing⟧ -n 4\nintent: { group: billing-only, count: 4 }'),
    );
    assert.equal(finding?.severity, 'warning');
    assert.match(finding?.message ?? '', /servers of core too/);
  });
  it('speaks of a check that cannot come out well', async () => {
    const check = (count: number, least: string) =>
      step(`remove: { subsystem: index, count: ${count} }`)['x.runbook.yaml'] +
      `  - check: { subsystem: billing, atLeast: ${least} }\n`;
    const files = (text: string) => ({ 'x.runbook.yaml': text, 'x.fleet.yaml': fleet });
    await reports('intent-mismatch', files(check(12, '60')));
    const [may] = await reports('intent-mismatch', files(check(13, '⟦60⟧')));
    assert.equal(may?.severity, 'warning');
    const [will] = await reports('intent-mismatch', files(check(40, '⟦60⟧')));
    assert.equal(will?.severity, 'error');
    await reports('intent-mismatch', files(check(40, '⟦75%⟧')));
  });
});

describe('the fix of an intent-mismatch', () => {
  it('puts the figure that does what is meant', async () => {
    const after = async (text: string) => (await fixed('intent-mismatch', step(text))).split('\n')[2];
    assert.equal(
      await after('remove: { subsystem: billing, count: 40 }\nintent: { subsystem: billing, count: 4 }'),
      '  - remove: { subsystem: billing, count: 4 }',
    );
    assert.equal(
      await after('run: s3ctl scale core --size 4\nintent: { effect: remove, group: core, count: 4 }'),
      '  - run: s3ctl scale core --size 56',
    );
    await assert.rejects(
      after('run: s3ctl remove --subsystem index\nintent: { subsystem: billing, count: 4 }'),
      /no such fix|reports nothing/,
    );
  });
});
