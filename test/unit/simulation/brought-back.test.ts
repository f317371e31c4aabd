import assert from 'node:assert/strict';
import { manners, outcomesBy } from '../../support/by-few-ways.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const fleet = `fleet: demo
subsystems:
  web: { minimum: 0 }
groups:
  web: { count: 3, serves: [web] }
`;

const runbook = `runbook: Which of them came back
steps:
  - remove: { group: web, count: 1 }
  - remove: { group: web, count: 1 }
    id: second
  - scale: { group: web, to: 2 }
  - remove: { group: web, count: 1 }
  - restore: second
`;

describe('a restore of a step of which a scale-up may have brought the server back', () => {
  it('brings it back or does not, also after one more of the group went', () => {
    const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
    const after = analysis.runs[0]?.outcomes.map((outcome) => outcome.figures[0]?.after);
    assert.deepEqual(after?.at(-2), { worst: 1, best: 1 });
    assert.deepEqual(after.at(-1), { worst: 1, best: 2 });
  });
});

describe('servers that come back one after the other, unknown which', () => {
  it('leave no server in a group that is empty by then', () => {
    const unequal = `fleet: demo
subsystems:
  web: { minimum: 0 }
groups:
  a: { count: 1, serves: [web] }
  b: { count: 1, serves: [web], warmup: 2s }
  c: { count: 1, serves: [web], warmup: 1s }
`;
    const text = `runbook: The last of the group
steps:
  - remove: { subsystem: web, count: 1 }
    id: first
  - restore: first
  - remove: { group: a, count: 1 }
    takes: 1s
  - remove: { group: a, count: 1 }
`;
    const { analysis } = checkText(text, fleetIn({ 'x.fleet.yaml': unequal }));
    const exceeds = analysis.findings.filter(({ rule }) => rule === 'exceeds-target');
    assert.deepEqual(
      exceeds.map(({ severity, step }) => [severity, step]),
      [['error', '3']],
    );
  });
});

describe('a scale-down of a group of which a server may be warming up', () => {
  it('may take that one, so that no capacity is lost', () => {
    const warming = `fleet: demo
subsystems:
  web: { minimum: 0 }
groups:
  a: { count: 2, serves: [web], zone: b, warmup: 1m }
  j: { count: 1, serves: [web] }
`;
    const text = `runbook: One less
steps:
  - remove: { subsystem: web, count: 1 }
  - restore: { zone: b }
  - scale: { group: a, to: 1 }
`;
    for (const manner of manners)
      assert.deepEqual(outcomesBy(manner, text, warming).at(-1)?.figures[0]?.after, { worst: 1, best: 2 });
  });
});
