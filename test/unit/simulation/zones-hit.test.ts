import assert from 'node:assert/strict';
import { outcomesBy } from '../../support/by-few-ways.ts';

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

/** Steps where every choice is left open that can be. */
const openly = (steps: string, on: string) => outcomesBy({ fewWays: 1 }, `runbook: x\nsteps:\n${steps}`, on);

/** The zones of `t` that the second of two steps may have out, where the choice of the first is left open. */
function zonesOf(first: string, second: string): readonly (readonly number[])[] | undefined {
  return openly(`  - ${first}\n  - ${second}\n`, fleet)[1]?.actions[0]?.zones.breaches.map(({ least, most }) => [
    least,
    most,
  ]);
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

  it('are no more than before, where what goes beside one another may all be of zones that have some out', () => {
    const zoned = `fleet: demo
removal: { zonesAtOnce: 1 }
subsystems:
  s: { minimum: 0 }
groups:
  g: { count: 3, serves: { s: 3 } }
  j: { count: 5, serves: { s: 1 }, zone: a }
  l: { count: 2, serves: { s: 5 }, zone: b }
`;
    const steps = `  - remove: { subsystem: s, count: 2 }
  - parallel:
      - remove: { subsystem: s, count: 2 }
      - remove: { subsystem: s, count: 2 }
`;
    const { steps: inner = [] } = openly(steps, zoned)[1] ?? {};
    assert.deepEqual(
      inner.map(({ actions }) => actions[0]?.zones.certain),
      [false, false],
    );
  });
});
