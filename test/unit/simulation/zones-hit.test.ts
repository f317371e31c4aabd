import assert from 'node:assert/strict';
import { simulate } from '../../../server/src/simulation/simulate.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const fleet = `fleet: demo
subsystems:
  s: { minimum: 0 }
  t: { minimum: 0, removal: { zonesAtOnce: 1 } }
groups:
  both: { count: 1, serves: [s, t] }
  out: { count: 1, serves: [s, t], unavailable: 1 }
  other: { count: 2, serves: [s] }
  last: { count: 1, serves: [t] }
`;

/** The zones of `t` that the second of two steps may have out, where the choice of the first is left open. */
function zonesOf(first: string, second: string): readonly (readonly number[])[] | undefined {
  const text = `runbook: x\nsteps:\n  - ${first}\n  - ${second}\n`;
  const { analysis } = checkText(text, fleetIn({ 'x.fleet.yaml': fleet }));
  const [run] = analysis.runs;
  if (run === undefined) return undefined;
  const readings = analysis.steps.map(({ reading }) => reading);
  const { outcomes } = simulate(readings, run.capacity, { outside: [], fewWays: 1 });
  return outcomes[1]?.actions[0]?.zones.breaches.map(({ least, most }) => [least, most]);
}

describe('zones that have servers out, where it is open which servers these are', () => {
  it('are those of servers that each removal can have taken, one for each without a zone', () => {
    // The first takes `both`, or none that serves t; the second the other one of the two.
    assert.deepEqual(zonesOf('remove: { subsystem: s, count: 2 }', 'remove: { subsystem: t, count: 1 }'), [[1, 2]]);
  });

  it('are none of servers that are out from the start', () => {
    assert.deepEqual(zonesOf('remove: { group: other, count: 2 }', 'remove: { group: last, count: 1 }'), []);
    assert.deepEqual(zonesOf('remove: { group: out, count: all }', 'remove: { subsystem: t, count: 1 }'), []);
  });
});
