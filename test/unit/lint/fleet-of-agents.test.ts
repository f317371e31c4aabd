import assert from 'node:assert/strict';
import { analyseFiles } from '../../support/rule-tester.ts';

/** What is said of a command, where the fleet has a subsystem of this name, served by four hosts. */
async function said(subsystem: string, run: string): Promise<readonly string[]> {
  const { analysis } = await analyseFiles({
    'x.runbook.yaml': `runbook: x\nsteps:\n  - run: ${JSON.stringify(run)}\n`,
    'x.fleet.yaml': `fleet: demo\nsubsystems:\n  ${subsystem}: { minimum: 4 }\ngroups:\n  all: { hosts: "h[1-4]", serves: [${subsystem}] }\n`,
  });
  return analysis.findings.map(({ rule, message }) => `${rule}: ${message}`);
}

const unknown =
  'cannot-tell: Cannot tell what this does to capacity: it changes capacity in a way that the text does not show.';

describe('an agent that keeps house', () => {
  const fleets = {
    cron: [
      'ssh h1 systemctl stop crond',
      'ansible all -b -m systemd -a "name=crond state=stopped"',
      'pdsh -a pkill cron',
    ],
    crond: ['ssh h1 systemctl stop cron.service'],
    syslog: ['ssh h1 systemctl stop rsyslog', 'ssh h1 sudo service syslog-ng restart'],
    ntp: ['ssh h1 systemctl stop chronyd', 'salt "*" service.stop ntpd'],
    time: ['ssh h1 systemctl disable --now chrony'],
    telegraf: ['ssh h1 systemctl stop telegraf puppet'],
  };
  for (const [subsystem, commands] of Object.entries(fleets)) {
    it(`may be what the fleet is of: ${subsystem}`, async () => {
      for (const run of commands) {
        const [first = '', ...others] = await said(subsystem, run);
        assert.ok(first.startsWith(unknown), `${run}: ${first}`);
        assert.deepEqual(others, []);
      }
    });
  }

  it('serves nothing where the fleet is of something else, or is only looked at', async () => {
    for (const run of [...fleets.cron, ...fleets.syslog, ...fleets.ntp]) assert.deepEqual(await said('web', run), []);
    assert.deepEqual(await said('ntp', 'ssh h1 systemctl stop rsyslog'), []);
    assert.deepEqual(await said('ntp', 'ssh h1 systemctl status chronyd'), []);
    assert.deepEqual(await said('ntp', 'ssh h1 systemctl disable chronyd'), []);
    assert.deepEqual(await said('ntp', 'salt "*" service.status chronyd'), []);
    assert.deepEqual(await said('cron', 'ansible all -b -m systemd -a "name=crond state=stopped" --check'), []);
  });
});
