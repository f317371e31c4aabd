import assert from 'node:assert/strict';
import fc from 'fast-check';
import { surroundingsOf } from '../../../server/src/simulation/plan/surroundings.ts';
import { unlimitedWork } from '../../../server/src/simulation/work.ts';
import { echoRange, extremesOf } from '../../../server/src/simulation/worlds/echoes.ts';
import type { Past } from '../../../server/src/simulation/worlds/open.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const fleet = `fleet: demo
subsystems:
  web: { minimum: 0, removal: { limit: 1, window: 5m } }
  api: { minimum: 0, removal: { limit: 1, window: 10m } }
groups:
  both: { count: 9, serves: [web, api] }
`;

describe('what may have left not long ago', () => {
  const { analysis } = checkText('runbook: x\nsteps: []\n', fleetIn({ 'x.fleet.yaml': fleet }));
  const capacity = analysis.runs[0]?.capacity ?? assert.fail('The runbook has no fleet.');
  const { world } = surroundingsOf([], capacity, { outside: [] }, undefined);
  const now = 600;
  const leaving = fc.record({
    at: fc.constantFrom(0, 60, 120, 300, 540),
    parts: fc.constantFrom<readonly (readonly [number, number])[]>(
      [[0, 1]],
      [[0, 2]],
      [[1, 3]],
      [
        [0, 1],
        [1, 1],
      ],
    ),
  });
  const pasts = fc.array(
    fc.array(leaving, { maxLength: 4 }).map((leavings): Past => ({ leavings, opens: [] })),
    { minLength: 1, maxLength: 12 },
  );

  it('holds as little and as much in any window when only the extremes of it are kept', () => {
    fc.assert(
      fc.property(pasts, (all) => {
        const kept = extremesOf(world, all, now, unlimitedWork());
        assert.ok(kept.length > 0 && kept.every(({ isExtreme }) => isExtreme));
        for (const { index } of world.capacity.subsystems)
          for (const since of [1, 60, 61, 120, 300, 540, 541]) {
            const range = (some: readonly Past[]) => echoRange(world, [some], index, (at) => at >= since);
            assert.deepEqual(range(kept), range(all));
          }
      }),
    );
  });
});
