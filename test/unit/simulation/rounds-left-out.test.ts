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

  it('does not take the rounds of one repeat for those of another', () => {
    const fleet = `fleet: demo
subsystems:
  web: { minimum: 0 }
groups:
  h: { hosts: [h-1], serves: [web], zone: b }
  i: { count: 1, serves: [web] }
  j: { hosts: [j-1, j-2, j-3], serves: [web] }
`;
    const runbook = `runbook: Ask for more than there is in the second of two
steps:
  - scale: { group: j, to: 2 }
  - remove: { hosts: [j-1] }
  - repeat:
      times: 2
      steps:
        - repeat:
            times: 3
            steps:
              - remove: { subsystem: web, count: 1 }
          when: It is needed
        - repeat:
            times: 4
            steps:
              - remove: { zone: b, count: 0.001% }
`;
    const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
    const first = analysis.findings.find(({ rule, step }) => rule === 'exceeds-target' && step === '2.0.0');
    // There may be a server of `web` left where the first of the two was not needed in the first round.
    assert.equal(first?.severity, 'warning');
  });

  it('follows which choices are ruled out by rounds that ask for more than there is', () => {
    const fleet = `fleet: demo
subsystems:
  web: { minimum: 0 }
groups:
  h: { hosts: [h-1], serves: [web], zone: b }
  i: { count: 2, serves: [web], zone: b, warmup: 1s }
  j: { hosts: [j-1, j-2, j-3, j-4], serves: [web], zone: b }
commands:
  - tool: fleetctl
    usages:
      - usage: 'remove --zone <zone> -n <count>'
        effect: remove
`;
    const runbook = `runbook: Ask for more than there is in most rounds
steps:
  - remove: { zone: b, count: 1 }
  - restore: { zone: b }
  - repeat:
      times: 2
      steps:
        - remove: { hosts: [j-4, j-1] }
          when: It is needed
        - repeat:
            times: 6
            steps:
              - run: |
                  for i in 1 2; do
                  fleetctl remove --zone b -n 1
                  done
              - remove: { group: j, count: 1 }
                when: It is needed
                takes: 1s
`;
    const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
    const [named] = analysis.runs[0]?.outcomes[2]?.steps ?? [];
    // Had they gone in the first round, too few would have been left for the next removals; so they go in the second, from nothing.
    assert.deepEqual(named?.figures[0]?.lowest, { worst: 0, best: 0 });
  });
});
