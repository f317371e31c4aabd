import assert from 'node:assert/strict';
import { highlightsAt, referencesAt } from '../../../server/src/features/references.ts';
import { renameAt, renameableAt } from '../../../server/src/features/rename.ts';
import { workspaceOf } from '../../support/workspace.ts';

const fleet = `fleet: demo
subsystems:
  billing: { minimum: 8 }
  index: { minimum: 40, dependsOn: [billing] }
  lone: { capacity: 9, minimum: 2 }
groups:
  core: { hosts: "c[01-60]", serves: [billing, index], zone: a, aliases: [core-asg], labels: { role: core } }
  spare: { hosts: [s1, s2], unavailable: [s2], serves: { billing: 2 }, zone: b, labels: { role: spare } }
commandFiles: [./ctl.commands.yaml]
`;
const commands = `commands:
  - tool: ctl
    map: { web: core }
    usages:
      - usage: "remove [--group <group>] [--subsystem <subsystem>] [-n <count>] [-l <selector>] [<target>]"
        effect: remove
        absent: all
        undo: "ctl restore --group <group>"
      - usage: "restore --group <group>"
        effect: restore
      - usage: "status [--group <group>]"
        effect: none
`;
const runbook = `runbook: One
fleet: ./x.fleet.yaml
parameters:
  pool: { default: core, enum: [core, spare] }
  n: { default: 2 }
steps:
  - name: Take core out
    id: out
    remove: { group: core, count: "{{ n }}", zone: a }
  - run: |
      ctl remove --group core -n {{ n }} && ctl status --group core
      ctl remove --group core-asg -n $n -l role=core
      for g in core spare; do ctl remove --group $g -n 1; done
  - run: >-
      ctl remove
      --subsystem "billing" -n 1
  - check: { subsystem: billing, atLeast: 8 }
  - remove: { group: "{{ pool }}", count: 1, labels: { role: core } }
  - remove: { group: lone, count: 1 }
  - restore: out
`;
const second = `runbook: Two
fleet: ../x.fleet.yaml
steps:
  - restart: { subsystem: billing, batch: 2, takes: 5m }
`;
const foreign = 'runbook: Other\nfleet: ./y.fleet.yaml\nsteps:\n  - remove: { subsystem: billing, count: 1 }\n';
const otherFleet = 'fleet: other\nsubsystems:\n  billing: { capacity: 12, minimum: 8 }\n';

const files = {
  'ops/x.fleet.yaml': fleet,
  'ops/ctl.commands.yaml': commands,
  'ops/one.runbook.yaml': runbook,
  'ops/deep/two.runbook.yaml': second,
  'ops/other.runbook.yaml': foreign,
  'ops/y.fleet.yaml': otherFleet,
};

/** The files with the cursor where the words stand in one of them; a bar shows it. */
function at(path: keyof typeof files, words: string) {
  const text = files[path];
  const plain = words.replace('‸', '');
  assert.ok(text.includes(plain), plain);
  return workspaceOf({ ...files, [path]: text.replace(plain, words) });
}

/** The lines that are others after a rename. */
async function renamed(path: keyof typeof files, words: string, newName: string): Promise<readonly string[]> {
  const workspace = await at(path, words);
  const found = renameAt(workspace.analysis, workspace.offset, newName, workspace.others);
  assert.ok(found !== undefined);
  assert.ok(!('why' in found), 'why' in found ? found.why : '');
  return Object.entries(workspace.after(found)).flatMap(([file, text]) => {
    const before = files[file as keyof typeof files].split('\n');
    return text
      .split('\n')
      .flatMap((line, i) => (line === before[i] ? [] : [`${file.replace('ops/', '')}: ${line.trim()}`]));
  });
}

async function refused(path: keyof typeof files, words: string, newName: string): Promise<string> {
  const workspace = await at(path, words);
  const found = renameAt(workspace.analysis, workspace.offset, newName, workspace.others);
  assert.ok(found !== undefined && 'why' in found, JSON.stringify(found));
  return found.why;
}

describe('rename', () => {
  it('of a group reaches structured steps, commands, loops, parameters, maps and the fleet', async () => {
    const expected = [
      'x.fleet.yaml: heart: { hosts: "c[01-60]", serves: [billing, index], zone: a, aliases: [core-asg], labels: { role: core } }',
      'ctl.commands.yaml: map: { web: heart }',
      'one.runbook.yaml: pool: { default: heart, enum: [heart, spare] }',
      'one.runbook.yaml: remove: { group: heart, count: "{{ n }}", zone: a }',
      'one.runbook.yaml: ctl remove --group heart -n {{ n }} && ctl status --group heart',
      'one.runbook.yaml: for g in heart spare; do ctl remove --group $g -n 1; done',
    ];
    assert.deepEqual(await renamed('ops/one.runbook.yaml', 'group: co‸re,', 'heart'), expected);
    assert.deepEqual(await renamed('ops/x.fleet.yaml', '  co‸re: { hosts', 'heart'), expected);
  });

  it('of an alias leaves the group its name', async () => {
    assert.deepEqual(await renamed('ops/x.fleet.yaml', '[core-‸asg]', 'heart-asg'), [
      'x.fleet.yaml: core: { hosts: "c[01-60]", serves: [billing, index], zone: a, aliases: [heart-asg], labels: { role: core } }',
      'one.runbook.yaml: ctl remove --group heart-asg -n $n -l role=core',
    ]);
  });

  it('of a subsystem reaches folded commands and runbooks elsewhere, and no other fleet', async () => {
    assert.deepEqual(await renamed('ops/x.fleet.yaml', 'bil‸ling: { minimum', 'money'), [
      'x.fleet.yaml: money: { minimum: 8 }',
      'x.fleet.yaml: index: { minimum: 40, dependsOn: [money] }',
      'x.fleet.yaml: core: { hosts: "c[01-60]", serves: [money, index], zone: a, aliases: [core-asg], labels: { role: core } }',
      'x.fleet.yaml: spare: { hosts: [s1, s2], unavailable: [s2], serves: { money: 2 }, zone: b, labels: { role: spare } }',
      'one.runbook.yaml: --subsystem "money" -n 1',
      'one.runbook.yaml: - check: { subsystem: money, atLeast: 8 }',
      'deep/two.runbook.yaml: - restart: { subsystem: money, batch: 2, takes: 5m }',
    ]);
  });

  it('of a subsystem reaches its implicit group', async () => {
    assert.deepEqual(await renamed('ops/one.runbook.yaml', 'group: lo‸ne', 'alone'), [
      'x.fleet.yaml: alone: { capacity: 9, minimum: 2 }',
      'one.runbook.yaml: - remove: { group: alone, count: 1 }',
    ]);
  });

  it('of a parameter reaches braces and shell variables', async () => {
    assert.deepEqual(await renamed('ops/one.runbook.yaml', '  ‸n: { default: 2 }', 'many'), [
      'one.runbook.yaml: many: { default: 2 }',
      'one.runbook.yaml: remove: { group: core, count: "{{ many }}", zone: a }',
      'one.runbook.yaml: ctl remove --group core -n {{ many }} && ctl status --group core',
      'one.runbook.yaml: ctl remove --group core-asg -n $many -l role=core',
    ]);
  });

  it('of a step reaches its restore', async () => {
    assert.deepEqual(await renamed('ops/one.runbook.yaml', 'restore: o‸ut', 'away'), [
      'one.runbook.yaml: id: away',
      'one.runbook.yaml: - restore: away',
    ]);
  });

  it('of labels, zones and hosts', async () => {
    assert.deepEqual(await renamed('ops/one.runbook.yaml', 'labels: { role: co‸re }', 'main'), [
      'x.fleet.yaml: core: { hosts: "c[01-60]", serves: [billing, index], zone: a, aliases: [core-asg], labels: { role: main } }',
      'one.runbook.yaml: ctl remove --group core-asg -n $n -l role=main',
      'one.runbook.yaml: - remove: { group: "{{ pool }}", count: 1, labels: { role: main } }',
    ]);
    assert.deepEqual(await renamed('ops/one.runbook.yaml', 'zone: ‸a', 'east'), [
      'x.fleet.yaml: core: { hosts: "c[01-60]", serves: [billing, index], zone: east, aliases: [core-asg], labels: { role: core } }',
      'one.runbook.yaml: remove: { group: core, count: "{{ n }}", zone: east }',
    ]);
    assert.deepEqual(await renamed('ops/x.fleet.yaml', 'unavailable: [s‸2]', 't2'), [
      'x.fleet.yaml: spare: { hosts: [s1, t2], unavailable: [t2], serves: { billing: 2 }, zone: b, labels: { role: spare } }',
    ]);
    assert.match(await refused('ops/x.fleet.yaml', '"c[01‸-60]"', 'x'), /several hosts/);
  });

  it('of a tool reaches the undo lines', async () => {
    const lines = await renamed('ops/ctl.commands.yaml', 'tool: c‸tl', 'ctl2');
    assert.ok(lines.includes('ctl.commands.yaml: undo: "ctl2 restore --group <group>"'));
    assert.ok(
      lines.includes('one.runbook.yaml: ctl2 remove --group heart'.replace('heart', 'core-asg -n $n -l role=core')),
    );
  });

  it('leaves every finding where it was, and can be taken back', async () => {
    const findings = async (tree: Readonly<Record<string, string>>) => {
      const { analysis, others } = await workspaceOf({ ...tree, 'z.runbook.yaml': 'runbook: ‸z\n' });
      return [analysis, ...others].flatMap(({ uri, findings: all }) =>
        all.map(({ rule, step, severity }) => `${uri} ${rule} ${step} ${severity}`),
      );
    };
    const before = await findings(files);
    for (const [path, words, old] of [
      ['ops/x.fleet.yaml', '  co‸re: { hosts', 'core'],
      ['ops/x.fleet.yaml', 'bil‸ling: { minimum', 'billing'],
      ['ops/x.fleet.yaml', 'zone: ‸a', 'a'],
      ['ops/one.runbook.yaml', 'id: o‸ut', 'out'],
      ['ops/one.runbook.yaml', '  ‸n: { default: 2 }', 'n'],
      ['ops/ctl.commands.yaml', 'tool: c‸tl', 'ctl'],
    ] as const) {
      const { analysis, offset, others, after } = await at(path, words);
      const there = renameAt(analysis, offset, 'another', others);
      assert.ok(there !== undefined && !('why' in there), words);
      const renamed = { ...files, ...after(there) };
      assert.deepEqual(await findings(renamed), before, words);
      const source = renamed[path];
      const start = files[path].indexOf(words.replace('‸', '')) + words.indexOf('‸');
      const word = source.indexOf('another', Math.max(0, start - 7));
      const back = await workspaceOf({ ...renamed, [path]: `${source.slice(0, word)}‸${source.slice(word)}` });
      const again = renameAt(back.analysis, back.offset, old, back.others);
      assert.ok(again !== undefined && !('why' in again), words);
      assert.deepEqual({ ...renamed, ...back.after(again) }, files, words);
    }
  });

  it('is refused where it would change the meaning, and says why', async () => {
    assert.match(await refused('ops/one.runbook.yaml', 'group: co‸re,', 'spare'), /something called `spare`/);
    assert.match(await refused('ops/one.runbook.yaml', 'group: co‸re,', 'a b'), /would not mean the same/);
    assert.match(await refused('ops/one.runbook.yaml', 'restore: o‸ut', '- x'), /would not mean the same/);
    assert.match(await refused('ops/one.runbook.yaml', '  ‸n: { default: 2 }', 'pool'), /already/);
    assert.match(await refused('ops/one.runbook.yaml', 'fleet: ./x‸.fleet', 'y'), /where files are shown/);
  });

  it('is refused for a tool that no file declares', async () => {
    const { analysis, offset, others } = await workspaceOf({
      'x.fleet.yaml': files['ops/x.fleet.yaml'],
      'x.runbook.yaml': 'runbook: x\nsteps:\n  - run: ssh c01 sudo sys‸temctl stop x\n',
    });
    const answer = renameAt(analysis, offset, 'another', others);
    assert.match(answer !== undefined && 'why' in answer ? answer.why : '', /declared in no file/);
  });

  it('is refused where a name is put together in a way that no edit can follow', async () => {
    const text = 'runbook: T\nfleet: ./x.fleet.yaml\nsteps:\n  - run: ctl remove --group co{re,x} -n 1\n';
    const workspace = await workspaceOf({
      ...files,
      'ops/t.runbook.yaml': text,
      'ops/x.fleet.yaml': fleet.replace('  core:', '  co‸re:'),
    });
    const found = renameAt(workspace.analysis, workspace.offset, 'heart', workspace.others);
    assert.match(
      found !== undefined && 'why' in found ? found.why : '',
      /`core` comes out of `co\{re,x\}` in line 4 of t\.runbook\.yaml/,
    );
  });

  it('names the word and its place beforehand, also while the step is broken', async () => {
    const workspace = await workspaceOf({
      'x.fleet.yaml': fleet.replace('commandFiles: [./ctl.commands.yaml]\n', ''),
      't.runbook.yaml': 'runbook: T\nsteps:\n  - remove: { group: co‸re, cuont: 1 }\n',
    });
    const found = renameableAt(workspace.analysis, workspace.offset);
    assert.ok(found !== undefined && 'span' in found);
    assert.equal(found.written, 'core');
    assert.equal(workspace.place(workspace.analysis.uri, found.span), 't.runbook.yaml:3 core');
  });
});

describe('references', () => {
  it('are found in every file of the fleet, from each of them', async () => {
    const from = async (path: keyof typeof files, words: string) => {
      const { analysis, offset, others, place } = await at(path, words);
      return referencesAt(analysis, offset, others, true)
        .map(({ uri, span }) => place(uri, span))
        .toSorted();
    };
    const expected = [
      'one.runbook.yaml:16 billing',
      'one.runbook.yaml:17 billing',
      'two.runbook.yaml:4 billing',
      'x.fleet.yaml:3 billing',
      'x.fleet.yaml:4 billing',
      'x.fleet.yaml:7 billing',
      'x.fleet.yaml:8 billing',
    ];
    assert.deepEqual(await from('ops/x.fleet.yaml', 'bil‸ling: { minimum'), expected);
    assert.deepEqual(await from('ops/deep/two.runbook.yaml', 'subsystem: bil‸ling'), expected);
    assert.deepEqual(await from('ops/one.runbook.yaml', 'check: { subsystem: billing‸'), expected);
  });

  it('of a tool are found from its declaration', async () => {
    const { analysis, offset, others } = await at('ops/ctl.commands.yaml', 'tool: ctl‸');
    assert.equal(referencesAt(analysis, offset, others, false).length, 6);
  });
});

describe('highlights', () => {
  it('tell where a name is given from where it is used, in the file alone', async () => {
    const { analysis, offset, place } = await at('ops/one.runbook.yaml', 'id: o‸ut');
    assert.deepEqual(
      highlightsAt(analysis, offset).map(({ span, declares }) => `${place(analysis.uri, span)} ${declares}`),
      ['one.runbook.yaml:8 out true', 'one.runbook.yaml:20 out false'],
    );
  });
});
