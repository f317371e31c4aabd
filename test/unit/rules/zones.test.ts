import assert from 'node:assert/strict';
import { fixed, reports } from '../../support/rule-tester.ts';

const fleet = `fleet: demo
subsystems:
  web: { minimum: 12, minimumPerZone: 4, survives: { zones: 1 }, removal: { zonesAtOnce: 1 } }
  db: { minimum: 4, survives: { hosts: 2 } }
groups:
  web-a: { count: 10, serves: [web], zone: a }
  web-b: { count: 10, serves: [web], zone: b }
  web-c: { count: 10, serves: [web], zone: c }
  db: { count: 8, serves: [db] }
`;

function steps(text: string): Record<string, string> {
  return { 'x.runbook.yaml': `runbook: x\nsteps:\n${text}`, 'x.fleet.yaml': fleet };
}

describe('zones', () => {
  it('below-minimum speaks of a zone', async () => {
    const [finding] = await reports('below-minimum', steps('  - remove: { group: web-a, count: ⟦7⟧ }\n'));
    assert.match(finding?.message ?? '', /web in zone a below its minimum of 4 units \(from 10 to 3\)/);
    assert.match(await fixed('below-minimum', steps('  - remove: { group: web-a, count: 7 }\n')), /count: 6 \}/);
  });
  it('a zone narrows what it is said of', async () => {
    const narrow = '  - remove: { subsystem: web, zone: a, count: ⟦7⟧ }\n';
    const [finding] = await reports('below-minimum', steps(narrow));
    assert.match(finding?.message ?? '', /^Removing 7 servers of web in a takes web in zone a below/);
    const [out] = await reports('not-restored', steps(narrow));
    assert.match(out?.message ?? '', /^7 servers of web in a are still out/);
    const [zone] = await reports('below-minimum', steps(narrow.replace('subsystem: web, ', '')));
    assert.match(zone?.message ?? '', /^Removing 7 servers of a takes/);
  });
  it('zones-at-once stands on the step that opens one too many', async () => {
    const [finding] = await reports(
      'zones-at-once',
      steps('  - remove: { group: web-a, count: 1 }\n  - remove: { group: web-b, count: ⟦1⟧ }\n'),
    );
    assert.match(finding?.message ?? '', /servers of web out in 2 zones at once \(1 allowed\)/);
    await reports(
      'zones-at-once',
      steps('  - remove: { group: web-a, count: 1 }\n  - remove: { group: web-a, count: 1 }\n'),
    );
    await reports('zones-at-once', steps('  - remove: { subsystem: web, count: ⟦2⟧ }\n'));
  });
  it('zones-at-once speaks of a loop of which none of the commands does it on all ways alone', async () => {
    const small = `fleet: demo
subsystems:
  web: { minimum: 0, removal: { zonesAtOnce: 1 } }
groups:
  web-a: { count: 2, serves: [web], zone: a }
  spare: { count: 1, serves: [web], zone: b }
commands:
  - tool: webctl
    usages:
      - { usage: "remove --zone <zone> -n <count>", effect: remove }
`;
    const text = `runbook: x
steps:
  - when: It is needed
    remove: { group: spare, count: 1 }
  - remove: { subsystem: web, count: ⟦1⟧ }
  - run: |
      for i in ⟦{1..2}⟧; do
        sleep 1
        webctl remove --zone a -n 1
      done
`;
    await reports('zones-at-once', { 'x.runbook.yaml': text, 'x.fleet.yaml': small });
  });
  it('redundancy-lost says what would be left', async () => {
    const [finding] = await reports('redundancy-lost', steps('  - remove: { group: db, count: ⟦3⟧ }\n'));
    assert.match(
      finding?.message ?? '',
      /db unable to survive the loss of 2 hosts \(it would keep 3, its minimum is 4 units\)/,
    );
    await reports('redundancy-lost', steps('  - remove: { group: db, count: 2 }\n'));
    await reports('redundancy-lost', steps('  - remove: { group: db, count: 5 }\n'));
    assert.match(await fixed('redundancy-lost', steps('  - remove: { group: db, count: 4 }\n')), /count: 2 \}/);
  });
});
