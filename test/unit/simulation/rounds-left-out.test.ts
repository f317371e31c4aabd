import assert from 'node:assert/strict';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const fleet = `fleet: demo
subsystems:
  web: { minimum: 0 }
  api: { minimum: 0 }
groups:
  g: { count: 1, serves: [web, api], warmup: 1s }
  i: { count: 1, serves: [web, api], zone: b }
removal: { limit: 0%, window: 1s, zonesAtOnce: 1 }
`;

const runbook = `runbook: Take it out once, and ask for more
steps:
  - remove: { subsystem: web, count: 1 }
    id: out
  - restore: out
  - repeat:
      times: 4
      steps:
        - remove: { zone: b, count: 1 }
          takes: 1s
`;

describe('a repeat of which some rounds are like the last', () => {
  it('finds the choice that keeps several bounds at once', () => {
    const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
    const [action] = analysis.runs[0]?.outcomes[2]?.steps[0]?.actions ?? [];
    // One zone alone has servers out where it was the server of `i` that was out and came back.
    assert.deepEqual([action?.zones.certain, action?.zones.breaches.length], [false, 2]);
  });
});
