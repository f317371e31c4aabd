import assert from 'node:assert/strict';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const fleet = `fleet: demo
subsystems:
  web: { minimum: 0 }
groups:
  g: { count: 2, serves: { web: 1 } }
  h: { count: 2, serves: { web: 1 }, unavailable: 1, warmup: 120s }
  i: { count: 2, serves: { web: 2 }, warmup: 60s }
  j: { count: 1, serves: { web: 2 } }
removal: { limit: 5, window: 300s }
`;

const runbook = `runbook: Restart the rest twice
steps:
  - remove: { subsystem: web, count: 2 }
  - wait: 300s
  - replace: { subsystem: web, batch: 2, takes: 60s }
  - restart: { subsystem: web, batch: 3 }
`;

describe('a restart after another, under a rate', () => {
  it('may go well where what left before it is out of the window when its last batch goes', () => {
    const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
    const rates = analysis.runs[0]?.outcomes.map(({ actions: [action] }) => action?.rates);
    // Left are both of `g`, one of `h` and one of `i`. The first restart ends with h and g, three minutes long; the second takes g, g and h, and i two minutes later.
    assert.deepEqual(rates?.[3]?.certain, false);
    assert.deepEqual(rates[3]?.breaches[0]?.least, 5);
  });
});
