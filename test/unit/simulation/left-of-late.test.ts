import assert from 'node:assert/strict';
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
