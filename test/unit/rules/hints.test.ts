import assert from 'node:assert/strict';
import { reports } from '../../support/rule-tester.ts';

const fleet = `fleet: demo
subsystems:
  web: { minimum: 20 }
  db: { minimum: 2 }
groups:
  web: { count: 40, serves: [web], warmup: 10m }
  more: { count: 10, serves: [web] }
  db: { hosts: "db[1-4]", serves: [db] }
commands:
  - tool: ctl
    usages:
      - { usage: "terminate <group> <count>", effect: remove, lasts: permanent }
      - { usage: "evict <group> <count>", effect: remove, lasts: self-healing }
      - { usage: "stop <group> <count>", effect: remove }
      - { usage: "start <group> <count>", effect: restore }
`;

function steps(text: string): Record<string, string> {
  return { 'x.runbook.yaml': `runbook: x\nsteps:\n${text}`, 'x.fleet.yaml': fleet };
}

describe('not-restored', () => {
  it('stands on what is still out at the end', async () => {
    await reports('not-restored', steps('  - remove: { group: web, count: ⟦4⟧ }\n'));
    await reports('not-restored', steps('  - remove: { hosts: "⟦db[1-2]⟧" }\n'));
    await reports('not-restored', steps('  - run: ctl stop web ⟦4⟧\n  - run: ctl start web 3\n'));
    await reports(
      'not-restored',
      steps('  - id: a\n    remove: { group: web, count: 4 }\n  - remove: { group: db, count: ⟦1⟧ }\n  - restore: a\n'),
    );
    await reports('not-restored', steps('  - scale: { group: web, to: ⟦30⟧ }\n'));
  });
  it('counts no more than there are', async () => {
    const [finding] = await reports('not-restored', steps('  - remove: { group: db, count: ⟦5⟧ }\n'));
    assert.match(finding?.message ?? '', /^4 servers of db are still out/);
  });
  it('names all that the turns of a loop leave out', async () => {
    const [finding] = await reports(
      'not-restored',
      steps('  - run: |\n      for n in ⟦1 2 3⟧; do ssh db$n systemctl stop postgresql; done\n'),
    );
    assert.match(finding?.message ?? '', /^db1, db2 and db3 are still out when the runbook ends\. Restore them/);
  });
  it('knows named servers from others of their group', async () => {
    const [rest] = await reports(
      'not-restored',
      steps('  - remove: { hosts: "⟦db[1-3]⟧" }\n  - restore: { hosts: "db[2-3]" }\n'),
    );
    assert.match(rest?.message ?? '', /^db1 is still out/);
    const stop = '  - run: ssh ⟦db1⟧ systemctl stop pg\n';
    const roll = '  - run: for n in 2 3; do ssh db$n "systemctl stop pg; sleep 5; systemctl start pg"; done\n';
    await reports('not-restored', steps(`${stop}${roll}`));
  });
  it('counts of a smaller size only what is not meant to stay out', async () => {
    const away = '  - remove: { group: web, count: 3 }\n    permanent: true\n';
    const [finding] = await reports('not-restored', steps(`${away}  - scale: { group: web, to: ⟦30⟧ }\n`));
    assert.match(finding?.message ?? '', /^7 servers of web are still out/);
    await reports('not-restored', steps(`${away}  - scale: { group: web, to: 37 }\n`));
    await reports(
      'not-restored',
      steps(`${away}  - scale: { group: web, to: 40 }\n  - scale: { group: web, to: ⟦37⟧ }\n`),
    );
  });
  it('is silent where all is back, or comes back, or is meant to stay out', async () => {
    const silent = [
      '  - id: a\n    remove: { group: web, count: 4 }\n  - restore: a\n',
      '  - remove: { group: web, count: 4 }\n  - restore: { subsystem: web }\n',
      '  - remove: { group: web, count: 4 }\n  - restore: { group: web, count: 2 }\n  - restore: { group: web, count: 2 }\n',
      '  - run: ctl stop web 4\n  - run: ctl start web 4\n',
      '  - remove: { group: web, count: 4 }\n    permanent: true\n',
      '  - run: ctl terminate web 4\n',
      '  - run: ctl evict web 4\n',
      '  - restart: { group: web, batch: 4 }\n',
      '  - scale: { group: web, to: 30 }\n  - scale: { group: web, to: 40 }\n',
      '  - repeat:\n      times: 3\n      steps:\n        - remove: { group: web, count: 4 }\n        - restore: { group: web, count: 4 }\n',
      '  - remove: { hosts: "db[1-3]" }\n  - restore: { hosts: db2 }\n  - restore: { hosts: "db[1,3]" }\n',
      '  - remove: { group: more, count: 4 }\n    permanent: true\n  - remove: { group: web, count: 4 }\n  - restore: { group: web, count: 4 }\n',
    ];
    for (const text of silent) await reports('not-restored', steps(text));
  });
});

describe('no-margin in a zone', () => {
  const zones = `fleet: demo
subsystems:
  api: { minimum: 4, minimumPerZone: 3 }
groups:
  a: { count: 5, serves: [api], zone: a }
  b: { hosts: "b[1-5]", serves: [api], zone: b }
`;
  const inZones = (text: string) => ({ 'x.runbook.yaml': `runbook: x\nsteps:\n${text}`, 'x.fleet.yaml': zones });
  it('speaks exactly at the minimum of the zone', async () => {
    const [found] = await reports('no-margin', inZones('  - remove: { group: a, count: ⟦2⟧ }\n'));
    assert.match(found?.message ?? '', /^This leaves api in zone a exactly at its minimum of 3 units: /);
    await reports('no-margin', inZones('  - remove: { hosts: "⟦b[1-2]⟧" }\n'));
    await reports('no-margin', inZones('  - restart: { group: b, batch: ⟦2⟧, takes: 5m }\n'));
    const [perhaps] = await reports('no-margin', inZones('  - remove: { subsystem: api, count: ⟦2⟧ }\n'));
    assert.match(perhaps?.message ?? '', /may leave api in zone a/);
  });
  it('is silent above it, below it, and where another zone stays as it was', async () => {
    await reports('no-margin', inZones('  - remove: { group: a, count: 1 }\n'));
    await reports('no-margin', inZones('  - remove: { group: a, count: 3 }\n'));
    await reports(
      'no-margin',
      inZones('  - id: x\n    remove: { group: a, count: ⟦2⟧ }\n  - remove: { group: b, count: 1 }\n  - restore: x\n'),
    );
  });
});

describe('no-margin', () => {
  it('speaks exactly at the minimum', async () => {
    await reports('no-margin', steps('  - remove: { group: web, count: ⟦30⟧ }\n  - wait: 1m\n'));
    await reports('no-margin', steps('  - remove: { hosts: "⟦db[1-2]⟧" }\n'));
    await reports('no-margin', steps('  - restart: { group: db, batch: ⟦2⟧ }\n'));
  });
  it('is silent above it and below it', async () => {
    await reports('no-margin', steps('  - remove: { group: web, count: 29 }\n'));
    await reports('no-margin', steps('  - remove: { group: web, count: 31 }\n'));
  });
  it('is silent where the loss that has to be survived is told already', async () => {
    const own = fleet.replace('db: { minimum: 2 }', 'db: { minimum: 2, survives: { hosts: 1 } }');
    await reports('no-margin', { ...steps('  - remove: { group: db, count: 2 }\n'), 'x.fleet.yaml': own });
  });
});

describe('zones and losses that cannot be', () => {
  const one = (subsystem: string, groups: string) => ({
    'x.fleet.yaml': `fleet: x\nsubsystems:\n  a: ${subsystem}\ngroups:\n${groups}`,
  });
  const zones =
    '  g: { count: 10, serves: [a], zone: x, unavailable: 3 }\n  h: { count: 20, serves: { a: 2 }, zone: y }\n';
  it('impossible-fleet speaks of them', async () => {
    await reports('impossible-fleet', one('{ minimum: 5, minimumPerZone: ⟦11⟧ }', zones));
    await reports('impossible-fleet', one('{ minimum: 5, minimumPerZone: 10 }', zones));
    await reports('impossible-fleet', one('{ minimum: 11, survives: { zones: ⟦1⟧ } }', zones));
    await reports('impossible-fleet', one('{ minimum: 10, survives: { zones: 1 } }', zones));
    await reports('impossible-fleet', one('{ minimum: 47, survives: { hosts: ⟦2⟧ } }', zones));
    await reports('impossible-fleet', one('{ minimum: 46, survives: { hosts: 2 } }', zones));
    await reports(
      'impossible-fleet',
      one('{ minimum: 1, survives: { zones: 2 } }', '  g: { count: 3, serves: [a] }\n'),
    );
  });
  it('already-below-minimum speaks of zones', async () => {
    await reports('already-below-minimum', one('{ minimum: 5, minimumPerZone: ⟦8⟧ }', zones));
    await reports('already-below-minimum', one('{ minimum: 5, minimumPerZone: 7 }', zones));
    await reports('already-below-minimum', one('{ minimum: ⟦48⟧, minimumPerZone: 8 }', zones));
  });
});
