import assert from 'node:assert/strict';
import { manners, outcomesBy } from '../../support/by-few-ways.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

/** Three groups in a zone, told apart by what they serve. */
const fleet = (count: number) => `fleet: demo
subsystems:
  web: { minimum: 50% }
  api: { minimum: 50%, survives: { zones: 1 } }
groups:
  web-a: { count: ${count}, serves: [web], zone: a }
  core-a: { count: ${count}, serves: [api], zone: a }
  web-b: { count: ${count}, serves: [web], zone: b }
  core-b: { count: ${count}, serves: [web, api], zone: b }
  api-b: { count: ${count}, serves: [api], zone: b, warmup: 5m }
removal: { limit: 20%, window: 10m }
`;

const after = (step: string, count = 6, wait = '0s') => {
  const runbook = `runbook: Roll, and go on
steps:
  - restart: { zone: b, batch: 5%, takes: 1m }
  - wait: ${wait}
  - ${step}
`;
  const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet(count) }));
  return { outcome: analysis.runs[0]?.outcomes[2], findings: analysis.findings.filter((one) => one.step === '2') };
};

describe('a step after a rolling restart under a rate', () => {
  for (const count of [6, 60]) {
    for (const step of [
      'remove: { subsystem: web, count: 1 }',
      'remove: { group: core-a, count: 1 }',
      'restart: { group: core-a, batch: 1 }',
      'restore: { subsystem: web }',
    ])
      it(`is told: ${step}, with groups of ${count}`, () => {
        assert.notEqual(after(step, count).outcome?.verdict, 'unknown');
      });
  }

  it('shares the window with the last of its batches', () => {
    // 20 % of 18 are three, and the batches of the last ten minutes, of one server each, may all have been of web.
    const rates = (wait: string) =>
      after('remove: { group: web-a, count: 1 }', 6, wait).findings.flatMap(({ rule, severity }) =>
        rule === 'removal-rate' ? [severity] : [],
      );
    assert.deepEqual(rates('0s'), ['warning']);
    assert.deepEqual(rates('10m'), []);
  });
});

describe('what has left before a parallel step that takes longer than the window', () => {
  it('counts in a branch, which begins with the step, also beside branches that wait', () => {
    const paced = `fleet: demo
subsystems:
  web: { minimum: 0, removal: { limit: 1, window: 5m } }
groups:
  web: { count: 4, serves: [web] }
`;
    const runbook = `runbook: Two of them
steps:
  - remove: { subsystem: web, count: 1 }
  - parallel:
      - wait: 5m
      - remove: { subsystem: web, count: 1 }
    id: second
    takes: 10m
  - restore: second
`;
    const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': paced }));
    assert.deepEqual(
      analysis.findings.flatMap(({ rule, severity, step }) => (rule === 'removal-rate' ? [`${step} ${severity}`] : [])),
      ['1.1 error'],
    );
  });
});

describe('what a restart has taken out beside a longer wait', () => {
  const unequal = `fleet: demo
subsystems:
  web: { minimum: 0, removal: { limit: 2, window: 60s } }
groups:
  slow: { count: 1, serves: [web], zone: a, warmup: 120s }
  fast: { count: 2, serves: [web], zone: a }
  else: { count: 1, serves: [web], zone: b }
`;
  const rates = (wait: string, manner: (typeof manners)[number]) => {
    const runbook = `runbook: Restart, and wait
steps:
  - parallel:
      - restart: { zone: a, batch: 1 }
      - wait: ${wait}
  - remove: { group: else, count: 1 }
`;
    const [, outcome] = outcomesBy(manner, runbook, unequal);
    return outcome?.actions.flatMap((action) => action.rates.breaches.map(({ most }) => most));
  };

  for (const manner of manners)
    it(`is forgotten when the wait is over, and not as if each batch had been slow, told in the manner ${JSON.stringify(manner)}`, () => {
      // The fast ones leave after two minutes at the latest, and one more is one too many.
      assert.deepEqual(rates('170s', manner), [3]);
      assert.deepEqual(rates('180s', manner), []);
    });
});

describe('what is removed beside a restart that it shares no servers with', () => {
  const apart = `fleet: demo
subsystems:
  web: { minimum: 0, removal: { limit: 5, window: 10m } }
  db: { minimum: 0, removal: { limit: 2, window: 10m } }
groups:
  web-a: { count: 2, serves: [web] }
  web-b: { count: 2, serves: [web] }
  db-a: { count: 2, serves: [db] }
  db-b: { count: 2, serves: [db] }
`;
  for (const manner of manners)
    it(`counts with what left before, and the restart with its own, told in the manner ${JSON.stringify(manner)}`, () => {
      const runbook = `runbook: Two at once
steps:
  - remove: { group: web-a, count: 1 }
    id: one
  - remove: { group: db-a, count: 1 }
  - restore: one
  - wait: 1m
  - parallel:
      - restart: { subsystem: web, batch: 1, takes: 1m }
      - remove: { subsystem: db, count: 2 }
`;
      const inner = outcomesBy(manner, runbook, apart)[4]?.steps;
      const most = inner?.map(({ actions }) => actions.flatMap(({ rates }) => rates.breaches.map((one) => one.most)));
      assert.deepEqual(most, [[], [3]]);
    });
});

describe('a restart after another one, of servers that warm up unequally', () => {
  const unequal = `fleet: demo
subsystems:
  web: { minimum: 0, removal: { limit: 30, window: 30m } }
  api: { minimum: 0, removal: { limit: 30, window: 30m } }
groups:
  a: { count: 8, serves: { web: 1 }, warmup: 1m }
  b: { count: 8, serves: { web: 2, api: 1 }, warmup: 2m }
  c: { count: 8, serves: { web: 3 }, warmup: 3m }
  d: { count: 8, serves: { web: 4, api: 2 }, warmup: 4m }
`;
  const runbook = `runbook: One after the other
steps:
  - restart: { subsystem: web, batch: 2, takes: 30s }
  - restart: { subsystem: api, batch: 2, takes: 30s }
  - restart: { subsystem: web, batch: 2, takes: 30s }
`;
  for (const manner of manners)
    it(`is certain to be too fast, told in the manner ${JSON.stringify(manner)}`, () => {
      const rates = outcomesBy(manner, runbook, unequal)[2]?.actions[0]?.rates;
      assert.equal(rates?.certain, true);
      assert.deepEqual(
        rates?.breaches.map(({ least, most }) => [least, most]),
        [[38, 60]],
      );
    });
});
