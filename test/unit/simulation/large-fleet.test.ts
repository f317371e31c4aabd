import assert from 'node:assert/strict';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const zones = ['a', 'b', 'c'];

/** Two subsystems over three zones, which share a group in each; the servers of some groups take longer to warm up. */
const fleet = (top: string, keys = '', servers = 20) => `fleet: demo
${top}subsystems:
  web: { minimum: 50%${keys} }
  api: { minimum: 50%${keys} }
groups:
${zones.map((zone) => `  web-${zone}: { count: ${servers}, serves: [web], zone: ${zone} }\n`).join('')}${zones
  .map((zone, i) => `  core-${zone}: { count: ${servers}, serves: [web, api], zone: ${zone}, warmup: ${i * 5}m }\n`)
  .join('')}`;

function verdicts(steps: string, one: string): readonly (string | undefined)[] {
  const { analysis } = checkText(`runbook: Roll through\nsteps:\n${steps}`, fleetIn({ 'x.fleet.yaml': one }));
  return analysis.runs[0]?.outcomes.map(({ verdict }) => verdict) ?? [];
}

describe('a large fleet', () => {
  it('is told of restarts one after the other, in which batches last unequally long, under a rate', () => {
    const steps = [
      '  - restart: { subsystem: web, batch: 2, takes: 2m }',
      '  - restart: { subsystem: api, batch: 2, takes: 2m }',
      '  - restart: { zone: c, batch: 2, takes: 2m }',
      '  - remove: { group: web-a, count: 2 }\n',
    ];
    const told = verdicts(steps.join('\n'), fleet('removal: { limit: 60%, window: 30m }\n'));
    assert.deepEqual(told, ['safe', 'safe', 'safe', 'safe']);
  });

  it('is told of a restart right after servers have joined that are not warm when it is over', () => {
    const steps = '  - scale: { group: core-c, to: 30 }\n  - restart: { subsystem: web, batch: 4 }\n';
    assert.deepEqual(verdicts(`${steps}  - restart: { subsystem: api, batch: 4 }\n`, fleet('')), [
      'safe',
      'safe',
      'safe',
    ]);
  });

  it('keeps open what a step between has only looked at', () => {
    const steps = [
      '  - remove: { subsystem: api, count: 60 }',
      '  - replace: { group: web-a, batch: 1 }',
      '  - restart: { subsystem: web, batch: 4 }\n',
    ];
    const told = verdicts(steps.join('\n'), fleet('', ', survives: { hosts: 1 }', 100));
    assert.deepEqual(told, ['safe', 'safe', 'safe']);
  });

  it('is told of a restart right after a removal, where a rate, zones and a loss count', () => {
    const steps = [
      '  - remove: { subsystem: web, count: 10 }',
      '  - restart: { subsystem: web, batch: 2, takes: 5m }',
      '  - restart: { subsystem: api, batch: 2, takes: 5m }\n',
    ];
    const one = (limit: string) =>
      fleet(`removal: { limit: ${limit}, window: 15m, zonesAtOnce: 3 }\n`, ', survives: { hosts: 1 }');
    // Ten that went and six batches of two within a quarter of an hour, of which the first may go when the ten have just left.
    assert.deepEqual(verdicts(steps.join('\n'), one('40%')), ['safe', 'safe', 'safe']);
    assert.deepEqual(verdicts(steps.join('\n'), one('20%')), ['safe', 'unsafe', 'safe']);
  });

  it('is told of branches that no figure looks at together, each by itself', () => {
    const own = `fleet: evening
subsystems:
  front: { minimum: 60%, minimumPerZone: 4 }
  back: { minimum: 10, survives: { hosts: 1 } }
  jobs: { minimum: 3 }
groups:
  fa: { count: 10, serves: [front], zone: a, warmup: 2m }
  fb: { count: 10, serves: [front], zone: b, warmup: 2m }
  ba: { hosts: "ba[1-8]", serves: { back: 1, jobs: 1 }, zone: a, warmup: 5m }
  bb: { hosts: "bb[1-8]", serves: { back: 1 }, zone: b, warmup: 5m }
`;
    const steps = `  - parallel:
      - restart: { subsystem: front, batch: 3, takes: 2m }
      - run: |
          kubectl drain ba1 ba2
          sleep 600
          kubectl uncordon ba1 ba2
      - repeat:
          times: 4
          steps:
            - { id: t, remove: { group: bb, count: 1 } }
            - wait: 10m
            - restore: t
            - wait: 5m
`;
    const text = `runbook: Evening\nsteps:\n${steps}`;
    const { analysis } = checkText(text, fleetIn({ 'x.fleet.yaml': own }));
    const [step] = analysis.runs[0]?.outcomes ?? [];
    assert.equal(step?.verdict, 'safe');
    const [front, back] = step.figures;
    assert.deepEqual(
      [front?.lowest, front?.after],
      [
        { worst: 17, best: 17 },
        { worst: 20, best: 20 },
      ],
    );
    // Two are drained, and of the others up to three are out or warming up, as whatever goes beside them may hold them up.
    assert.deepEqual(back?.lowest.worst, 11);
    // While the front is restarted one of these is not out any more in any order.
    assert.deepEqual(step.steps[0]?.figures[1]?.lowest.worst, 12);
    assert.deepEqual(step.steps[1]?.figures[0]?.before, { worst: 17, best: 20 });
  });

  it('reckons with a wait beside a removal that may not be', () => {
    const steps = [
      '  - parallel:',
      '      - { wait: 1h, when: it is late }',
      '      - remove: { group: web-a, count: 3 }',
      '  - remove: { group: web-b, count: 2 }\n',
    ];
    const told = verdicts(steps.join('\n'), fleet('removal: { limit: 20%, window: 30m }\n', '', 4));
    assert.deepEqual(told, ['safe', 'unsafe']);
  });

  it('remembers once what left before branches that may end in more ways than one', () => {
    const own = `fleet: demo
subsystems: { web: { minimum: 0 }, db: { minimum: 0 } }
groups:
  web: { count: 10, serves: [web] }
  db: { count: 10, serves: [db] }
removal: { limit: 30%, window: 30m }
`;
    const steps = `  - remove: { group: web, count: 2 }
  - parallel:
      - scale: { group: db, to: 9 }
      - scale: { group: db, to: 8 }
      - wait: 1m
`;
    assert.deepEqual(verdicts(`${steps}  - remove: { group: web, count: 1 }\n`, own), ['safe', 'safe', 'safe']);
    assert.deepEqual(verdicts(`${steps}  - remove: { group: web, count: 2 }\n`, own), ['safe', 'safe', 'unsafe']);
  });

  it('remembers at worst what left with batches that take no time, whichever of them were the last', () => {
    const own = `fleet: demo
subsystems: { web: { minimum: 0 } }
groups:
  fast: { count: 20, serves: [web] }
  slow: { count: 20, serves: [web], warmup: 10m }
removal: { limit: 30, window: 30m }
`;
    const steps = '  - restart: { subsystem: web, batch: 2 }\n';
    // All the fast ones may have gone at the end, and two batches of slow ones within the half hour: twenty-four.
    assert.deepEqual(verdicts(`${steps}  - remove: { group: fast, count: 6 }\n`, own), ['safe', 'safe']);
    assert.deepEqual(verdicts(`${steps}  - remove: { group: fast, count: 7 }\n`, own), ['safe', 'unsafe']);
  });

  it('brings back the servers of a small choice, though a larger one after it is still out', () => {
    const steps = [
      '  - { id: x, remove: { subsystem: web, count: 1 } }',
      '  - wait: 30m',
      '  - { id: y, remove: { subsystem: web, count: 25 } }',
      '  - wait: 1h',
      '  - restore: x\n',
    ];
    const one = fleet('removal: { limit: 50%, window: 30m, zonesAtOnce: 3 }\n', ', minimumPerZone: 1');
    assert.equal(verdicts(steps.join('\n'), one).at(-1), 'safe');
  });
});
