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
