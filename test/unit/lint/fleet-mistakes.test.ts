import assert from 'node:assert/strict';
import { analyseFiles } from '../../support/rule-tester.ts';

const steps = 'runbook: x\nsteps:\n';

/** What is said of a runbook whose fleet has these subsystems and groups. */
async function said(fleet: string, step: string): Promise<readonly string[]> {
  const files = { 'x.runbook.yaml': `${steps}  - ${step}\n`, 'x.fleet.yaml': `fleet: demo\n${fleet}` };
  const { analysis } = await analyseFiles(files);
  return analysis.findings.map(({ rule, severity }) => `${severity} ${rule}`);
}

describe('a runbook whose fleet has a mistake', () => {
  const fine = 'subsystems:\n  web: { minimum: 3 }\n  db: { minimum: 1 }\n';
  const unclear = {
    'the size of a group': `${fine}groups:\n  web: { serves: [web] }\n  db: { count: 4, serves: [db] }\n`,
    'the hosts of a group': `${fine}groups:\n  web: { hosts: "web1..4", serves: [web] }\n  db: { count: 4, serves: [db] }\n`,
    'what a group serves': `${fine}groups:\n  web: { count: 4, serves: [wbe] }\n  db: { count: 4, serves: [db] }\n`,
    'a minimum': 'subsystems:\n  web: { capacity: 4, minimum: 2/3 }\n  db: { capacity: 4, minimum: 1 }\n',
  };
  for (const [what, fleet] of Object.entries(unclear)) {
    it(`is not judged by ${what} that cannot be read`, async () => {
      assert.deepEqual(await said(fleet, 'remove: { subsystem: web, count: 4 }'), ['information cannot-tell']);
      assert.deepEqual(await said(fleet, 'parallel: [{ remove: { subsystem: web, count: 4 } }]'), [
        'information cannot-tell',
      ]);
    });

    it(`is judged where that says nothing of it: ${what}`, async () => {
      assert.deepEqual(await said(fleet, 'remove: { subsystem: db, count: 4 }'), [
        'error below-minimum',
        'hint not-restored',
      ]);
    });
  }

  const unbound = {
    'what it must survive': ['{ minimum: 3, survives: { host: 1 } }', '{ count: 8, serves: [web] }'],
    'a minimum in each zone': ['{ minimum: 3, minimumPerZone: 3x }', '{ count: 8, serves: [web], zone: a }'],
    'a limit of its own': ['{ minimum: 3, removal: { limit: 2, windw: 10m } }', '{ count: 8, serves: [web] }'],
    'a key that is misspelt': ['{ minimum: 3, survivs: { hosts: 1 } }', '{ count: 8, serves: [web] }'],
    'a warm-up': ['{ minimum: 3 }', '{ count: 8, serves: [web], warmup: 5 }'],
    'a zone': ['{ minimum: 3 }', '{ count: 8, serves: [web], zone: [a, b] }'],
    'what is unavailable': ['{ minimum: 3 }', '{ count: 8, serves: [web], unavailable: 3x }'],
    'what else it serves': ['{ minimum: 3 }', '{ count: 8, serves: [web, bd] }'],
    'a limit of the whole fleet': ['{ minimum: 3 }', '{ count: 8, serves: [web] }\nremoval: { limit: 20% }'],
  };
  for (const [what, [web, group]] of Object.entries(unbound)) {
    it(`is not said to be safe without ${what} that cannot be read, and is unsafe all the same`, async () => {
      const fleet = `subsystems:\n  db: { capacity: 4, minimum: 1 }\n  web: ${web}\ngroups:\n  web: ${group}\n`;
      assert.deepEqual(await said(fleet, 'remove: { group: web, count: 2 }'), ['information cannot-tell']);
      assert.deepEqual(await said(fleet, 'remove: { group: web, count: 6 }'), [
        'error below-minimum',
        'hint not-restored',
      ]);
    });
  }

  it('is judged where what cannot be read decides nothing', async () => {
    const fleet = `${fine.replace('minimum: 3', 'minimum: 3, recovery: 3x')}groups:\n  web: { count: 4, serves: [web, db], owner: me }\n`;
    assert.deepEqual(await said(fleet, 'restart: { group: web, batch: 1 }'), [
      'information shared-servers',
      'hint no-margin',
    ]);
  });

  it('is not judged by units that cannot be read, nor by hosts that are counted differently', async () => {
    for (const group of ['{ count: 8, serves: { web: two } }', '{ count: 9, hosts: "web[1-8]", serves: [web] }']) {
      const fleet = `${fine}groups:\n  web: ${group}\n  db: { count: 4, serves: [db] }\n`;
      assert.deepEqual(await said(fleet, 'remove: { group: web, count: 6 }'), ['information cannot-tell']);
    }
  });

  it('finds no fault with a host that may be among those that cannot be read', async () => {
    const fleet = unclear['the hosts of a group'];
    assert.deepEqual(await said(fleet, 'remove: { hosts: web1 }'), ['information unknown-name']);
  });

  it('is judged by a single name that lacks its brackets', async () => {
    const fleet = 'subsystems:\n  web: { minimum: 3 }\ngroups:\n  all: { count: 4, serves: web, aliases: asg }\n';
    assert.deepEqual(await said(fleet, 'remove: { group: asg, count: 2 }'), [
      'error below-minimum',
      'hint not-restored',
    ]);
  });
});

describe('a step whose condition cannot be read', () => {
  it('may or may not have happened', async () => {
    const fleet = 'subsystems:\n  web: { capacity: 8, minimum: 4 }\n';
    const again = 'remove: { subsystem: web, count: 3 }';
    for (const when of ['', ' [the, first]'])
      assert.deepEqual(
        await said(
          fleet,
          `${again}\n  - restore: { subsystem: web }\n    when:${when}\n  - ${again}\n    permanent: true`,
        ),
        ['error schema', 'warning below-minimum'],
      );
  });
});

describe('a command whose declaration has a mistake', () => {
  const fleet = (usage: string) =>
    `subsystems: { checkout: { minimum: 6 } }\ngroups: { checkout-a: { count: 12, serves: [checkout] } }\n` +
    `commands:\n  - tool: shopctl\n    usages:\n      - { ${usage} }\n`;
  const mistakes = {
    'an effect': 'usage: "drain <group> --count <count>", effect: remvoe',
    'no effect': 'usage: "drain <group> --count <count>", efect: remove',
    'a role': 'usage: "drain <gruop> --count <count>", effect: remove',
    'a bracket': 'usage: "drain <group> [--count <count>", effect: remove',
    'the effect of a variant':
      'usage: "drain <group> --count <count>", effect: none, variants: [{ if: [--count], effect: remvoe }]',
    'the list of its variants':
      'usage: "drain <group> --count <count>", effect: none, variants: { if: [--count], effect: remove }',
    'a key of a variant':
      'usage: "drain <group> --count <count>", effect: none, variants: [{ if: [--count], efect: remove }]',
  };
  for (const [what, usage] of Object.entries(mistakes)) {
    it(`is not judged by it: ${what}`, async () => {
      for (const count of [2, 12]) {
        const step = `run: shopctl drain checkout-a --count ${count}`;
        const files = { 'x.runbook.yaml': `${steps}  - ${step}\n`, 'x.fleet.yaml': `fleet: demo\n${fleet(usage)}` };
        const { analysis } = await analyseFiles(files);
        assert.deepEqual(
          analysis.findings.map(({ rule, message }) => [rule, message]),
          [
            [
              'cannot-tell',
              'Cannot tell what this does to capacity: the declaration of `shopctl drain` has a mistake, which has to be mended first. It is told where the command is declared.',
            ],
          ],
        );
      }
    });
  }

  it('is judged where the mistake is in another usage, or changes nothing of what it does', async () => {
    const other = `usage: "drain <group> --count <count>", effect: remove }\n      - { usage: "evict <gruop>", effect: remvoe`;
    assert.deepEqual(await said(fleet(other), 'run: shopctl drain checkout-a --count 12'), [
      'error below-minimum',
      'hint not-restored',
    ]);
    const bare = 'usage: "drain <group> --count <count>", effect: none, variants: [{ if: --count, effect: remove }]';
    assert.deepEqual(await said(fleet(bare), 'run: shopctl drain checkout-a --count 12'), [
      'error below-minimum',
      'hint not-restored',
    ]);
    assert.deepEqual(await said(fleet('usage: "status <gruop>", effect: none'), 'run: shopctl status checkout-a'), []);
  });
});
