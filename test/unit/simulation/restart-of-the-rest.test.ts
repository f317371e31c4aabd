import assert from 'node:assert/strict';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const groups = [1, 2, 3].map((i) => `  g${i}: { count: 100, serves: { web: 1 }, warmup: ${i}m }\n`).join('');
const fleet = (minimum: number) =>
  `fleet: demo\nsubsystems:\n  web: { minimum: ${minimum} }\ngroups:\n${groups}  big: { count: 10, serves: { web: 2 } }\n`;

const runbook = `runbook: Restart what is left
steps:
  - remove: { subsystem: web, count: 30, batch: 3, pause: 10m }
  - wait: 10m
  - restart: { subsystem: web, batch: 10, takes: 5m }
`;

const analysed = (minimum: number) => checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet(minimum) })).analysis;

describe('a restart after a removal of servers unknown which, in more ways than are told apart', () => {
  it('finds the choice of both that leaves least', () => {
    const [, , step] = analysed(0).runs[0]?.outcomes ?? [];
    assert.equal(step?.verdict, 'safe');
    // The ten big ones are out already, or they are in the batch: 320 units without forty servers, ten of them big.
    const gone = { worst: 280, best: 290 };
    assert.deepEqual(step.figures[0]?.before, gone);
    assert.deepEqual(step.figures[0]?.lowest.worst, 270);
    assert.ok((step.figures[0]?.lowest.best ?? 0) < 290);
    assert.deepEqual(step.figures[0]?.after, gone);
  });

  it('says that it may go below a minimum, or will', () => {
    const told = (minimum: number) =>
      analysed(minimum).findings.flatMap(({ rule, step, severity }) =>
        rule === 'below-minimum' && step === '2' ? [severity] : [],
      );
    assert.deepEqual(told(270), []);
    assert.deepEqual(told(271), ['warning']);
    assert.deepEqual(told(290), ['error']);
  });
});

describe('a restart of what is left in two batches of unequal size', () => {
  it('goes as well as its batches can be put together, and no better', () => {
    const text = `runbook: Restart the last twenty
steps:
  - remove: { subsystem: web, count: 290 }
  - restart: { subsystem: web, batch: 19 }
`;
    const { analysis } = checkText(text, fleetIn({ 'x.fleet.yaml': fleet(0) }));
    const [web] = analysis.runs[0]?.outcomes[1]?.figures ?? [];
    // Ten big ones and ten others are left at best, and all but one of them go at once.
    assert.deepEqual([web?.before.best, web?.lowest.best], [30, 2]);
  });
});

describe('a restart of more than can be followed, while servers warm up', () => {
  it('has its first batch out before they count', () => {
    const text = `runbook: More first
steps:
  - scale: { group: g1, to: 150 }
  - restart: { subsystem: web, batch: 40, takes: 5m }
`;
    const { analysis } = checkText(text, fleetIn({ 'x.fleet.yaml': fleet(0) }));
    const [, step] = analysis.runs[0]?.outcomes ?? [];
    assert.equal(step?.verdict, 'safe');
    const [web] = step.figures;
    assert.deepEqual(web?.before, { worst: 320, best: 320 });
    // Forty servers go at once, ten of them the big ones or none.
    assert.deepEqual(web.lowest, { worst: 270, best: 280 });
    assert.deepEqual(web.after, { worst: 370, best: 370 });
  });
});

describe('a restart of more than can be followed, while servers warm up and zones count', () => {
  const zoned = `fleet: demo
subsystems:
  web: { minimum: 0, survives: { hosts: 1 } }
groups:
${['a', 'b', 'c'].map((zone, i) => `  g${i + 1}: { count: 100, serves: [web], zone: ${zone}, warmup: ${i + 1}m }\n`).join('')}removal: { zonesAtOnce: 2 }
`;
  const told = (first: string, batch: number) => {
    const text = `runbook: Go on at once
steps:
  - { id: first, ${first} }
  - restore: first
  - restart: { subsystem: web, batch: ${batch}, takes: 5m }
`;
    const { analysis } = checkText(text, fleetIn({ 'x.fleet.yaml': zoned }));
    assert.notEqual(analysis.runs[0]?.outcomes[2]?.verdict, 'unknown');
    return analysis.findings.flatMap(({ rule, step, severity }) => (step === '2' ? [`${rule} ${severity}`] : []));
  };

  it('has servers out in the zones of the first batch, and in those where some warm up', () => {
    assert.deepEqual(told('remove: { group: g1, count: 5 }', 1), []);
    assert.deepEqual(told('remove: { group: g1, count: 5 }', 2), ['zones-at-once warning']);
  });
});
