import { reports } from '../../support/rule-tester.ts';

const runbook = (run: string) => `runbook: x\nsteps:\n  - run: ${run}\n    permanent: true\n`;
const limited =
  'fleet: demo\nsubsystems: { web: { minimum: 2 } }\ngroups: { web: { hosts: "n[1-10]", serves: [web] } }\nremoval: { limit: 3, window: 10m }\n';

describe('of hosts that are named one by one a finding stands on the one that is too many', () => {
  it('for the rate', async () => {
    await reports('removal-rate', {
      'x.runbook.yaml': runbook('kubectl drain n1 n2 n3 ⟦n4⟧ n5'),
      'x.fleet.yaml': limited,
    });
  });

  it('for the rate, with what an earlier step took', async () => {
    await reports('removal-rate', {
      'x.runbook.yaml':
        'runbook: x\nsteps:\n  - remove: { hosts: n10 }\n    permanent: true\n  - remove: { hosts: [n1, n2, ⟦n3⟧] }\n    permanent: true\n',
      'x.fleet.yaml': limited,
    });
  });

  it('for what must survive the loss of hosts', async () => {
    await reports('redundancy-lost', {
      'x.runbook.yaml': runbook('aws ec2 stop-instances --instance-ids i-1 i-2 ⟦i-3⟧'),
      'x.fleet.yaml':
        'fleet: demo\nsubsystems: { web: { minimum: 6, survives: { hosts: 2 } } }\ngroups: { web: { hosts: "i-[1-10]", serves: [web] } }\n',
    });
  });

  it('for the zones', async () => {
    await reports('zones-at-once', {
      'x.runbook.yaml': runbook('gcloud compute instances stop a1 a2 ⟦b1⟧ c1 --zone x'),
      'x.fleet.yaml':
        'fleet: demo\nsubsystems: { web: { minimum: 2 } }\ngroups:\n  a: { hosts: "a[1-4]", serves: [web], zone: a }\n  b: { hosts: "b[1-4]", serves: [web], zone: b }\n  c: { hosts: "c[1-4]", serves: [web], zone: c }\nremoval: { zonesAtOnce: 1 }\n',
    });
  });
});
