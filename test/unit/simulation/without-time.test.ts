import assert from 'node:assert/strict';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const fleet = `fleet: demo
subsystems:
  web: { minimum: 0 }
groups:
  old: { count: 1, serves: [web] }
  new: { count: 1, serves: [web], warmup: 1s }
`;

const runbook = `runbook: Restart what is left
steps:
  - scale: { group: new, to: 2 }
  - remove: { subsystem: web, count: 1 }
  - restart: { subsystem: web }
`;

describe('a restart while something else warms up', () => {
  it('takes the time that its own servers take, where the choice before it is left open', () => {
    const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
    const figures = analysis.runs[0]?.outcomes.map((outcome) => outcome.figures[0]?.after);
    // One of the new ones is restarted, and the other is warm when it is back; or the old one is, at once.
    assert.deepEqual(figures?.at(-1), { worst: 1, best: 2 });
  });
});
