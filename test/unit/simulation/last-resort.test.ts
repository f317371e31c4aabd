import assert from 'node:assert/strict';
import { outcomesBy } from '../../support/by-few-ways.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const zones = ['a', 'b', 'c'];

/** Groups in three zones of which some serve both subsystems, in too many ways to be followed. */
const fleet = (minimum: number, keys = '') => `fleet: demo
subsystems:
  web: { minimum: ${minimum}${keys} }
  api: { minimum: 0 }
groups:
${zones.map((zone) => `  web-${zone}: { count: 20, serves: [web], zone: ${zone} }\n`).join('')}${zones
  .map(
    (zone, i) => `  core-${zone}: { count: 20, serves: { web: ${i + 1}, api: 1 }, zone: ${zone}, warmup: ${i + 1}m }\n`,
  )
  .join('')}  api: { count: 10, serves: { api: 2 }, zone: a }
`;

const analysed = (steps: string, of: string) =>
  checkText(`runbook: x\nsteps:\n${steps}`, fleetIn({ 'x.fleet.yaml': of })).analysis;

const byLast = (steps: string, of: string) =>
  outcomesBy({ fewWays: 0, isLast: true }, `runbook: x\nsteps:\n${steps}`, of);

const told = (steps: string, of: string) =>
  analysed(steps, of).findings.flatMap(({ rule, step, severity }) =>
    rule === 'below-minimum' || rule === 'redundancy-lost' ? [`${step} ${severity}`] : [],
  );

describe('two subsystems that share groups and are restarted beside one another', () => {
  const beside = `  - parallel:
      - restart: { subsystem: web, batch: 2, takes: 5m, pause: 5m }
      - restart: { subsystem: api, batch: 1, takes: 2m }
      - remove: { subsystem: web, count: 1% }
`;

  it('are at their lowest with a batch of each out, and what leaves beside them', () => {
    const [step] = analysed(beside, fleet(0)).runs[0]?.outcomes ?? [];
    assert.equal(step?.verdict, 'safe');
    // Of 180 units, five servers of three units each go at worst, two of which are removed; at best two of one unit.
    const [web] = step.figures;
    assert.deepEqual([web?.before.worst, web?.lowest.worst, web?.after.worst], [180, 180 - 5 * 3, 180 - 2 * 3]);
    assert.deepEqual([web?.before.best, web?.after.best], [180, 178]);
    const [inner] = step.steps;
    assert.deepEqual([inner?.figures[0]?.before.worst, inner?.figures[0]?.lowest.worst], [180 - 3 * 3, 180 - 5 * 3]);
  });

  it('may break a minimum, or break it whatever goes', () => {
    assert.deepEqual(told(beside, fleet(165)), []);
    assert.deepEqual(told(beside, fleet(166)), ['0.0 warning', '0.1 warning', '0.2 warning']);
    assert.deepEqual(told(beside, fleet(179)), ['0.0 error', '0.1 error', '0.2 error']);
  });
});

describe('a zone that is restarted after removals from what it holds', () => {
  const after = `  - remove: { subsystem: web, count: 5 }
  - remove: { subsystem: api, count: 5 }
  - restart: { zone: c, batch: 2 }
`;

  it('is told with all that may be out already, and with what is lost in addition', () => {
    // At worst twelve servers of three units each are out, of the twenty there are; a host more is lost.
    const survives = ', survives: { hosts: 1 }';
    assert.deepEqual(told(after, fleet(180 - 12 * 3 - 3, survives)), []);
    assert.deepEqual(told(after, fleet(180 - 12 * 3 - 2, survives)), ['2 warning']);
  });
});

describe('restarts beside one another under a rate', () => {
  const paced = `${fleet(0)}removal: { limit: 24%, window: 15m }\n`;
  const rates = (steps: string) =>
    analysed(steps, paced).findings.flatMap(({ rule, step, severity }) =>
      rule === 'removal-rate' || rule === 'cannot-tell' ? [`${step} ${rule} ${severity}`] : [],
    );
  const restart = (batch: number) => `      - restart: { subsystem: web, batch: ${batch}, takes: 10m }\n`;
  const both = (batch: number) =>
    `  - parallel:\n${restart(batch)}      - restart: { subsystem: api, batch: 1, takes: 10m }\n`;

  it('may each have as much left within the first window as within any other', () => {
    // Of 180 units 43 may leave: twice six servers of three units each, and twice one.
    assert.deepEqual(rates(both(6)), []);
    assert.deepEqual(rates(both(7)), ['0.0 removal-rate warning', '0.1 removal-rate warning']);
  });

  it('are told beside a removal of half of their servers', () => {
    const half =
      '  - parallel:\n      - restart: { zone: a, batch: 1, takes: 10m }\n      - remove: { zone: a, count: 25 }\n';
    const { findings } = analysed(half, paced.replace('24%', '60%'));
    // Of 80 units of api 48 may leave: at most 35 with those that are removed, and twice two.
    assert.deepEqual(
      findings.filter(({ rule }) => rule === 'removal-rate' || rule === 'cannot-tell'),
      [],
    );
  });

  it('are remembered for as long as the window is', () => {
    const then = (steps: string) => `${both(6)}${steps}  - remove: { subsystem: web, count: 14 }\n`;
    // Fourteen servers of three units each may leave, but for the last one that was restarted.
    assert.deepEqual(rates(then('')), ['1 removal-rate warning']);
    assert.deepEqual(rates(then('  - wait: 10m\n')), []);
  });
});

describe('a restart beside others that is told as one flow with them', () => {
  const few = `fleet: demo
subsystems:
  web: { minimum: 1 }
  db: { minimum: 2 }
groups:
  web-a: { count: 2, serves: [web] }
  web-b: { count: 2, serves: [web], warmup: 5m }
  web-c: { count: 2, serves: [web] }
  db: { count: 2, serves: [db, web], warmup: 5m }
`;

  it('has each server out at one time or another, if it restarts all', () => {
    const steps = `  - remove: { group: web-c, count: 25% }
    takes: 5m
  - parallel:
      - restart: { subsystem: web, count: 1, batch: 1, takes: 5m }
      - restart: { subsystem: web, batch: 1, pause: 1m }
`;
    const [, step] = analysed(steps, few).runs[0]?.outcomes ?? [];
    assert.deepEqual(step?.figures[1]?.lowest, { worst: 0, best: 1 });
    assert.deepEqual(told(steps, few), ['1.0 warning', '1.1 error']);
  });

  it('is no cause to call certain what a removal beside it may break', () => {
    const steps = `  - parallel:
      - remove: { subsystem: web, count: 1 }
      - replace: { zone: a, batch: 50%, takes: 5m }
`;
    const of = `fleet: demo
subsystems:
  web: { minimum: 1 }
  api: { minimum: 5 }
groups:
  web: { count: 4, serves: [web, api], zone: a, unavailable: 1, warmup: 1m }
  api: { count: 4, serves: [api] }
`;
    const [step] = byLast(steps, of);
    const [removal] = step?.steps ?? [];
    assert.deepEqual(
      removal?.actions.map(({ breaches, certain }) => [breaches.map(({ subsystem }) => subsystem), certain]),
      [[['web', 'api'], false]],
    );
  });

  it('need not have left, in its last batch, what a removal beside it took before', () => {
    const steps = `  - parallel:
      - restart: { group: web, batch: 1, pause: 1m }
      - remove: { group: web, count: 1 }
  - remove: { group: web, count: 1 }
`;
    const of = `fleet: demo
subsystems:
  web: { minimum: 0, removal: { limit: 1, window: 1m } }
groups:
  web: { count: 2, serves: [web] }
`;
    const [removal] = byLast(steps, of)[1]?.actions ?? [];
    assert.deepEqual(
      removal?.rates.breaches.map(({ least, most }) => [least, most]),
      [[1, 3]],
    );
    assert.equal(removal.rates.certain, false);
  });

  it('is certain to be too fast where one window holds all of it, whatever else goes', () => {
    const steps = `  - parallel:
      - restart: { group: web, batch: 1, takes: 1m }
      - remove: { subsystem: api, count: 1 }
`;
    const of = `fleet: demo
subsystems:
  web: { minimum: 0, removal: { limit: 2, window: 1h } }
  api: { minimum: 0 }
groups:
  web: { count: 5, serves: [web, api] }
  api: { count: 5, serves: [api] }
`;
    const rates = byLast(steps, of)[0]?.steps[0]?.actions[0]?.rates;
    assert.deepEqual(rates?.certain, true);
  });

  it('takes no time where a removal beside it has taken all of its servers first', () => {
    const steps = `  - parallel:
      - restart: { group: web, takes: 10m }
      - remove: { subsystem: api, count: 2 }
  - remove: { group: api, count: 1 }
`;
    const of = `fleet: demo
subsystems:
  api: { minimum: 0, removal: { limit: 2, window: 5m } }
groups:
  web: { count: 1, serves: [api] }
  other: { count: 1, serves: [api] }
  api: { count: 3, serves: [api] }
`;
    const [removal] = byLast(steps, of)[1]?.actions ?? [];
    // Then what the parallel has removed is within the window still.
    assert.deepEqual(
      removal?.rates.breaches.map(({ least, most }) => [least, most]),
      [[1, 3]],
    );
  });
});
