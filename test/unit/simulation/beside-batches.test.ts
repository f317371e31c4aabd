import assert from 'node:assert/strict';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const fleet = `fleet: demo
subsystems:
  web: { minimum: 0 }
groups:
  old: { count: 4, serves: [web], warmup: 1s }
  new: { count: 1, serves: [web], warmup: 1s }
commands:
  - tool: pool
    usages:
      - { usage: "drop <group> <count>", effect: remove }
      - { usage: "join <group>", effect: restore, absent: all }
`;

const runbook = `runbook: Replace the old ones while the new one flaps
steps:
  - parallel:
      - run: |
          pool drop new 1
          pool join new
          pool drop new 1
      - replace: { group: old, batch: 3 }
`;

describe('a restart in batches beside another branch', () => {
  it('lets what the other brings back warm up between two batches too', () => {
    const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
    const [step] = analysis.runs[0]?.outcomes ?? [];
    // With three of the old ones out the new one is in service (2 left), or it is not (1).
    assert.deepEqual(step?.figures[0]?.lowest, { worst: 1, best: 2 });
  });
});

const late = `fleet: demo
subsystems:
  web: { minimum: 0 }
groups:
  web: { count: COUNT, serves: [web], warmup: 1s }
  new: { count: 1, serves: [web], warmup: 57s }
`;

describe('what comes back beside a restart in batches', () => {
  for (const count of [2, 30, 100_000])
    it(`may come late, and not be warm with another batch out, of ${count} servers`, () => {
      const text = `runbook: Back meanwhile
steps:
  - remove: { group: new, count: 1 }
  - parallel:
      - restore: { group: new }
        takes: 57s
      - restart: { group: web, batch: 1 }
      - scale: { group: new, to: 2 }
        takes: 57s
`;
      const { analysis } = checkText(text, fleetIn({ 'x.fleet.yaml': late.replace('COUNT', `${count}`) }));
      const [, step] = analysis.runs[0]?.outcomes ?? [];
      // The one that was out is back when the first batch is, the new one too; when their time is over they are not warm, and the second batch is out.
      const after = step?.steps.map(({ figures }) => figures[0]?.after);
      const [worst, best] = [count - 1, count + 2];
      assert.deepEqual(after, [
        { worst, best },
        { worst: count, best },
        { worst, best },
      ]);
    });
});

const two = `fleet: demo
subsystems:
  web: { minimum: 0 }
groups:
  web: { count: 2, serves: [web], warmup: 60s }
removal: { limit: 1, window: 60s }
`;

const replacing = `runbook: Replace them while they are restarted
steps:
  - parallel:
      - replace: { group: web, surge: true }
      - restart: { group: web, batch: 1 }
`;

describe('a replacement that brings new servers first, beside another branch', () => {
  it('replaces none but those that were there when it began', () => {
    const { analysis } = checkText(replacing, fleetIn({ 'x.fleet.yaml': two }));
    const told = analysis.findings.map(({ rule, severity }) => `${rule} ${severity}`);
    // It may begin while one is restarted, and find the other restarted when its new one is there: then nothing goes too fast.
    assert.deepEqual(told, ['removal-rate warning', 'removal-rate warning']);
  });
});

describe('two restarts of one group beside one another', () => {
  for (const count of [30, 100_000])
    it(`may each have a batch out at once, of ${count} servers`, () => {
      const many = `fleet: demo\nsubsystems:\n  web: { minimum: 50% }\ngroups:\n  web: { count: ${count}, serves: [web], warmup: 2m }\n`;
      const steps = '[{ restart: { group: web, batch: 10%, takes: 5m } }, { restart: { group: web, batch: 5 } }]';
      const text = `runbook: Twice\nsteps:\n  - parallel: ${steps}\n`;
      const { analysis } = checkText(text, fleetIn({ 'x.fleet.yaml': many }));
      const [step] = analysis.runs[0]?.outcomes ?? [];
      const tenth = count / 10;
      // In turns each has none out but its own; at once they have both.
      const lows = [step, ...(step?.steps ?? [])].map((one) => one?.figures[0]?.lowest);
      assert.deepEqual(lows, [
        { worst: count - tenth - 5, best: count - Math.max(tenth, 5) },
        { worst: count - tenth - 5, best: count - tenth },
        { worst: count - tenth - 5, best: count - 5 },
      ]);
      assert.equal(step?.verdict, 'safe');
    });
});

const percent = `fleet: demo
subsystems:
  web: { minimum: 0 }
groups:
  small: { count: 5, serves: [web] }
  big: { count: 1, serves: { web: 3 } }
`;

const smaller = `runbook: Restart a third at a time
steps:
  - parallel:
      - remove: { subsystem: web, count: 1 }
      - restart: { subsystem: web, batch: 34% }
`;

describe('a restart of a percent at a time beside a removal', () => {
  it('goes on with the batch that it began with', () => {
    const { analysis } = checkText(smaller, fleetIn({ 'x.fleet.yaml': percent }));
    const [step] = analysis.runs[0]?.outcomes ?? [];
    // Of five that are left when it begins it takes two, two, and the big one by itself (7 - 3); of all six it takes three at once.
    assert.deepEqual(step?.figures[0]?.lowest, { worst: 2, best: 4 });
  });
});

describe('a part of a subsystem in batches, of one group of which it is not known how many are there', () => {
  it('is told beside a removal from the other group', () => {
    const zoned = `fleet: demo
subsystems:
  web: { minimum: 0 }
  api: { minimum: 0 }
groups:
  a: { count: 4, serves: [web], zone: y, warmup: 5m }
  b: { count: 4, serves: [web], zone: z, warmup: 5m }
  c: { count: 4, serves: [api], zone: z }
`;
    const text = `runbook: A roll beside a removal
steps:
  - remove: { zone: z, count: 1 }
  - parallel:
      - restart: { subsystem: web, batch: 25%, takes: 1m }
      - remove: { group: a, count: 1 }
`;
    const { analysis } = checkText(text, fleetIn({ 'x.fleet.yaml': zoned }));
    const [web] = analysis.runs[0]?.outcomes[1]?.figures ?? [];
    assert.deepEqual(
      [web?.lowest, web?.after],
      [
        { worst: 4, best: 6 },
        { worst: 6, best: 7 },
      ],
    );
  });
});

describe('a replacement that brings the new servers first', () => {
  it('finds no old one of the group where another branch has taken it, though others like it are there', () => {
    const two = `fleet: demo
subsystems:
  web: { minimum: 0, removal: { limit: 0, window: 1m } }
groups:
  old: { count: 1, serves: [web] }
  new: { count: 1, serves: [web] }
`;
    const text = `runbook: Replace one while one goes
steps:
  - parallel:
      - replace: { subsystem: web, count: 1, surge: true }
      - remove: { subsystem: web, count: 1 }
`;
    const { analysis } = checkText(text, fleetIn({ 'x.fleet.yaml': two }));
    const [replacement] = analysis.runs[0]?.outcomes[0]?.steps ?? [];
    const [action] = replacement?.actions ?? [];
    assert.deepEqual([action?.rates.certain, action?.rates.breaches[0]?.least], [false, 0]);
  });
});
