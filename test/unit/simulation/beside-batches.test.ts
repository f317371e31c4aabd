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
