import assert from 'node:assert/strict';
import { analyseFiles, fixed, reports } from '../../support/rule-tester.ts';

const fleet = `fleet: demo
subsystems:
  web: { minimum: 8 }
  db: { minimum: 3 }
groups:
  web: { count: 12, serves: [web] }
  spare: { count: 40, serves: [web] }
  db: { count: 4, serves: [db] }
commands:
  - tool: ctl
    usages:
      - usage: "remove <group> <count>"
        effect: remove
`;

/** A runbook with these parameters and steps. */
function files(parameters: string, steps: string): Record<string, string> {
  return { 'x.runbook.yaml': `runbook: x\nparameters:\n${parameters}steps:\n${steps}`, 'x.fleet.yaml': fleet };
}

const remove = '  - remove: { group: db, count: "{{ n }}" }\n';

async function verdicts(some: Record<string, string>): Promise<unknown> {
  const { analysis } = await analyseFiles(some);
  assert.ok(analysis.kind === 'runbook');
  return analysis.verdicts;
}

describe('unbounded-parameter', () => {
  it('stands on the maximum, or on the name where there is none', async () => {
    const [finding] = await reports('unbounded-parameter', files('  n: { default: 1, maximum: ⟦3⟧ }\n', remove));
    assert.match(finding?.message ?? '', /`n` may be 2.*db.*step 1.*1 is the largest safe value/);
    await reports('unbounded-parameter', files('  ⟦n⟧: { default: 1 }\n', remove));
    await reports('unbounded-parameter', files('  ⟦n⟧: { default: 1, minimum: 1 }\n', remove));
  });
  it('says that it may, where it depends on which servers go', async () => {
    const shared = `${fleet.replace('{ count: 12, serves: [web] }', '{ count: 12, serves: [web, db] }')}`;
    const some = files('  n: { default: 1, maximum: ⟦40⟧ }\n', '  - remove: { subsystem: web, count: "{{ n }}" }\n');
    const [finding] = await reports('unbounded-parameter', {
      ...some,
      'x.fleet.yaml': shared.replace('db: { minimum: 3 }', 'db: { minimum: 14 }'),
    });
    assert.match(finding?.message ?? '', /`n` may be 3, and that may take db below its minimum at step 1\./);
  });
  it('calls no value safe where the default is not', async () => {
    const steps =
      '  - remove: { subsystem: db, count: 1 }\n  - remove: { group: spare, count: 40 }\n  - remove: { group: web, count: "{{ n }}" }\n';
    const [finding] = await reports('unbounded-parameter', files('  n: { default: 5, maximum: ⟦13⟧ }\n', steps));
    assert.match(finding?.message ?? '', /^The parameter `n` may be 13, .*Mend first what its default does; up to 12,/);
  });
  it('is said where its worst value counts', async () => {
    const [finding] = await reports(
      'below-minimum',
      files('  n: { minimum: 1, maximum: 3 }\n', '  - remove: { group: db, count: "⟦{{ n }}⟧" }\n'),
    );
    assert.match(
      finding?.message ?? '',
      /^Removing 3 servers of db .* `n` has no default, so that its worst value counts\./,
    );
  });
  it('is told once where it is not declared', async () => {
    const some = files('  n: { default: 1, maximum: 1 }\n', `${remove}  - run: ctl remove db {{ ⟦nn⟧ }}\n`);
    await reports('unknown-name', some);
    await reports('cannot-tell', { ...some, 'x.runbook.yaml': (some['x.runbook.yaml'] ?? '').replaceAll(/[⟦⟧]/g, '') });
  });
  it('is silent where every value is safe', async () => {
    const safe = files('  n: { default: 1, minimum: 1, maximum: 1 }\n', remove);
    await reports('unbounded-parameter', safe);
    assert.deepEqual(await verdicts(safe), { safe: 1, unsafe: 0, unknown: 0 });
    await reports('unbounded-parameter', files('  n: { default: 1 }\n', '  - manual: "Take {{ n }} out"\n'));
    await reports('unbounded-parameter', files('  n: { default: 1 }\n', '  - wait: "{{ n }}m"\n'));
  });
  it('makes every step unsafe that uses it', async () => {
    const unsafe = files(
      '  n: { default: 1, maximum: 3 }\n',
      `${remove}  - restore: { group: db }\n  - run: ctl remove web $n\n`,
    );
    assert.deepEqual(await verdicts(unsafe), { safe: 1, unsafe: 2, unknown: 0 });
  });
  it('tries values in typed commands, percents, sizes and lists of names', async () => {
    await reports(
      'unbounded-parameter',
      files('  n: { default: 1, maximum: ⟦3⟧ }\n', '  - run: ctl remove db {{ n }}\n'),
    );
    await reports('unbounded-parameter', files('  n: { default: 1, maximum: ⟦3⟧ }\n', '  - run: ctl remove db "$n"\n'));
    await reports('unbounded-parameter', files('  ⟦n⟧: { default: 10% }\n', remove));
    await reports(
      'unbounded-parameter',
      files('  n: { default: 4, minimum: ⟦2⟧, maximum: 6 }\n', '  - scale: { group: db, to: "{{ n }}" }\n'),
    );
    const pools = '  - remove: { group: "{{ pool }}", count: 2 }\n';
    await reports('unbounded-parameter', files('  pool: { default: web, enum: [web, spare, ⟦db⟧] }\n', pools));
    await reports('unbounded-parameter', files('  pool: { default: web, enum: [web, spare] }\n', pools));
  });
  it('looks at what a later step makes of it', async () => {
    const later =
      '  - remove: { group: db, count: "{{ n }}" }\n  - restore: { group: db }\n  - remove: { group: db, count: "{{ n }}" }\n';
    await reports('unbounded-parameter', files('  n: { default: 1, maximum: 1 }\n', later));
    await reports(
      'unbounded-parameter',
      files(
        '  n: { default: 0, maximum: ⟦1⟧ }\n',
        '  - remove: { group: db, count: "{{ n }}" }\n  - remove: { group: db, count: 1 }\n',
      ),
    );
  });
  it('says of a step that its parameter may be anything', async () => {
    const any = files('  pool: { default: web }\n', '  - remove: { group: "{{ ⟦pool⟧ }}", count: 2 }\n');
    await reports('cannot-tell', any);
    const quiet = [
      files('  why: { default: none }\n', '  - run: "ctl remove web 1 # {{ why }}"\n'),
      files('  why: { default: none }\n', '  - run: "ctl remove web 1 --reason={{ why }}"\n'),
      files('  pause: { default: 15m }\n', '  - wait: "{{ pause }}"\n'),
    ];
    for (const some of quiet) assert.deepEqual(await verdicts(some), { safe: 1, unsafe: 0, unknown: 0 });
    assert.deepEqual(await verdicts(files('  pool: { default: web }\n', '  - run: "echo {{ pool }}"\n')), {
      safe: 1,
      unsafe: 0,
      unknown: 0,
    });
  });
  it('lets a parameter without a default stand for its worst value', async () => {
    await reports('below-minimum', files('  n: { maximum: 3 }\n', '  - remove: { group: db, count: "⟦{{ n }}⟧" }\n'));
    const { analysis } = await analyseFiles(
      files('  n: { minimum: 2, maximum: 4 }\n', '  - scale: { group: db, to: "{{ n }}" }\n'),
    );
    assert.ok(
      analysis.findings.some(({ rule }) => rule === 'below-minimum'),
      JSON.stringify(analysis.findings),
    );
  });
  it('tries as many as there are where a range or a loop of hosts ends with it', async () => {
    const named = fleet.replace('web: { count: 12,', 'web: { hosts: "web[1-12]",').replace(/ {2}spare.*\n/, '');
    for (const step of [
      'run: for i in $(seq 1 {{ n }}); do kubectl drain web$i; done',
      'run: kubectl drain web{1..{{ n }}}',
      'remove: { hosts: "web[1-{{ n }}]" }',
    ]) {
      const some = files('  ⟦n⟧: { default: 3 }\n', `  - ${step}\n`);
      const [finding] = await reports('unbounded-parameter', { ...some, 'x.fleet.yaml': named });
      assert.match(finding?.message ?? '', /may be 5, .* 4 is the largest safe value/, step);
    }
    const one = files('  n: { default: 3 }\n', '  - run: ssh web{{ n }} sudo reboot\n');
    await reports('unbounded-parameter', { ...one, 'x.fleet.yaml': named });
  });
  it('cannot tell where a loop would turn too often to be read, and finds what breaks before', async () => {
    const loop = '  - run: for i in $(seq 1 {{ ⟦n⟧ }}); do kubectl drain web$i; done\n';
    const large = (minimum: number) =>
      `fleet: x\nsubsystems:\n  web: { minimum: ${minimum} }\ngroups:\n  web: { hosts: "web[1-2000]", serves: [web] }\n`;
    await reports('cannot-tell', { ...files('  n: { default: 3 }\n', loop), 'x.fleet.yaml': large(500) });
    const some = files('  ⟦n⟧: { default: 3 }\n', loop.replace(/[⟦⟧]/g, ''));
    const [finding] = await reports('unbounded-parameter', { ...some, 'x.fleet.yaml': large(1900) });
    assert.match(finding?.message ?? '', /may be 101/);
  });
  it('makes the step unsafe that breaks something because it is done too often', async () => {
    const often =
      '  - repeat:\n      times: "{{ n }}"\n      steps:\n        - remove: { group: db, count: 1 }\n        - wait: 1m\n';
    assert.deepEqual(await verdicts(files('  n: { default: 1 }\n', often)), { safe: 1, unsafe: 1, unknown: 0 });
  });
  it('lets one that is listed stand for the worst of its values, wherever that stands', async () => {
    const named = fleet.replace('db: { count: 4,', 'db: { hosts: "db[1-4]",');
    const lists = [
      '[db1, "db[1-2]", "db[1-3]"]',
      '["db[1-3]", db1]',
      '["db[1-2]", "db[1-3]"]',
      '[db1, "db[1-3]", db2]',
    ];
    for (const values of lists) {
      const some = files(`  n: { enum: ${values} }\n`, '  - remove: { hosts: "⟦{{ n }}⟧" }\n');
      const [finding] = await reports('below-minimum', { ...some, 'x.fleet.yaml': named });
      assert.match(finding?.message ?? '', /\(from 4 to 1\)/, values);
    }
  });
  it('offers the bound, in the form that the parameter is written in', async () => {
    const after = async (parameters: string) =>
      (await fixed('unbounded-parameter', files(parameters, remove))).split('steps:')[0];
    assert.match(
      (await after('  n: { default: 1, maximum: 3 } # how many\n')) ?? '',
      /n: \{ default: 1, maximum: 1 \} # how many/,
    );
    assert.match((await after('  n: { default: 1 }\n')) ?? '', /n: \{ maximum: 1, default: 1 \}/);
    assert.match(
      (await after('  n:\n    # how many\n    default: 1\n')) ?? '',
      /n:\n {4}# how many\n {4}maximum: 1\n {4}default: 1\n/,
    );
  });
  it('is not caused by a fix of a step: the parameter keeps its place', async () => {
    const after = async (parameters: string) =>
      (await fixed('below-minimum', files(parameters, remove))).replace(/^runbook: x\n/, '');
    assert.equal(
      await after('  n: { default: 3 }\n'),
      `parameters:\n  n: { maximum: 1, default: 1 }\nsteps:\n${remove}`,
    );
    assert.equal(
      await after('  n: { default: 3, maximum: 4 } # how many\n'),
      `parameters:\n  n: { default: 1, maximum: 1 } # how many\nsteps:\n${remove}`,
    );
    const scale = '  - scale: { group: db, to: "{{ n }}" }\n';
    assert.match(
      await fixed('below-minimum', files('  n: { default: 2, maximum: 4 }\n', scale)),
      /n: \{ minimum: 3, default: 3, maximum: 4 \}[\s\S]*\{\{ n \}\}/,
    );
    assert.equal(await after('  n: { maximum: 3 }\n'), `parameters:\n  n: { maximum: 1 }\nsteps:\n${remove}`);
  });
  it('stays a percentage where the step writes its sign', async () => {
    const steps = '  - remove: { group: db, count: "{{ n }}%" }\n  - restore: { group: db }\n';
    const after = await fixed(
      'below-minimum',
      files('  n: { default: 75, maximum: 90 }\n', steps),
      /to 25 %, the largest safe percentage$/,
    );
    assert.match(after, /n: \{ default: 25, maximum: 25 \}[\s\S]*"\{\{ n \}\}%"/);
    const signed = files('  n: { default: 75% }\n', steps.replace('%', ''));
    assert.match(await fixed('below-minimum', signed), /default: 25% \}[\s\S]*"\{\{ n \}\}"/);
  });
});
