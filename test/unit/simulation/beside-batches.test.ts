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
